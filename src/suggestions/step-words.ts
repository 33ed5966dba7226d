/** The words of a step, as its writer may have meant them. */

const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'(?!\w)|[“”„«‘‚‹][^“”„«»‘’‚‹›]*[“”»’›]/y

/** How people say a word, and what it is in our sentences. */
const SPELLED_OUT: readonly (readonly [RegExp, string])[] = [
  [/\bwon['’]t\b/y, 'will not'],
  [/\b(do|does|did|should|will|must|can|has|have|is|are)n['’]t\b/y, '$1 not'],
  [/\bcan['’]?t\b|\bcan not\b/y, 'cannot'],
  [/\bevery of\b/y, 'each of'],
  [/\bnever\b/y, 'does not'],
  [/\bno one\b/y, 'nobody'],
  [/\b(\d+) ?secs?\b/y, '$1 seconds'],
  [/’s\b/y, "'s"],
]

/** Whole steps whose words stand in another order than ours. */
const TURNED_ROUND: readonly (readonly [RegExp, string])[] = [
  [/^(?:\w+ )?waits?(?: for)? (\d+ \w+)$/, '$1 pass'],
  [/^(?:the )?(program|command) ("[^"]*") /, 'the $2 $1 '],
]

/**
 * The words of a step; what is quoted, and JSON, is one word. Marks that people add are left out.
 * @returns undefined if there are more than so many
 */
export function splitStep(text: string, most: number): string[] | undefined {
  const words: string[] = []
  const source = TURNED_ROUND.reduce(
    (turned, [pattern, meant]) => turned.replace(pattern, meant),
    text.trim().replace(/\.$/, ''),
  )
  let at = 0
  while (at < source.length && words.length <= most) {
    const said = quotedAt(source, at) ?? jsonAt(source, at)
    if (said !== undefined) words.push(said)
    const [written, meant] = said === undefined ? bareAt(source, at) : [said, '']
    words.push(...meant.split(/\s+/).filter((word) => word !== '' && word !== ','))
    at += Math.max(written.length, 1)
  }
  return words.length > most ? undefined : words
}

function quotedAt(source: string, at: number): string | undefined {
  QUOTED.lastIndex = at
  return QUOTED.exec(source)?.[0]
}

/** A word that is not quoted: as it is written, and spelled out. */
function bareAt(source: string, at: number): readonly [string, string] {
  for (const [pattern, meant] of SPELLED_OUT) {
    pattern.lastIndex = at
    const written = pattern.exec(source)?.[0]
    if (written !== undefined) return [written, written.replace(new RegExp(pattern.source), meant)]
  }
  const [word] = /^(?:\s+|['’]s\b|,|[^\s'’]+|.)/s.exec(source.slice(at, at + 500)) as RegExpExecArray
  return [word, word]
}

/** JSON from its opening to its closing bracket. */
function jsonAt(source: string, start: number): string | undefined {
  if (!'{['.includes(source[start] as string)) return undefined
  let depth = 0
  for (let at = start; at < source.length; at++) {
    const mark = source[at] as string
    if (mark === '"') at += (quotedAt(source, at)?.length ?? source.length) - 1
    else if ('{['.includes(mark)) depth++
    else if ('}]'.includes(mark) && --depth === 0) return source.slice(start, at + 1)
  }
  return source.slice(start)
}
