/** Which failures are of one kind: those with the same first line, whoever they befell. */

/** So many kinds are told apart by a worker: each is a counter of Artillery's. */
const MAX_KINDS = 100

const OTHERS = 'other failures'

/** A value that is shorter may well stand there by itself, unless it is within quotation marks or in JSON. */
const MIN_LENGTH = 3
const QUOTED = /"[^"]*"|[{[].*[}\]]/g

const UUID = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi

/** The kinds of failures that a worker has met. */
export class FailureKinds {
  private readonly known = new Set<string>()

  /**
   * The kind of a failure: its first line that has something in it, with `${name}` for the values of the user's variables.
   * @param variables of the user alone
   */
  kindOf(message: string, variables: Readonly<Record<string, unknown>>): string {
    const first = message.split(/\r?\n/).find((line) => line.trim() !== '') ?? ''
    const kind = withoutValues(first, variables).replace(UUID, '${uuid}')
    if (!this.known.has(kind) && this.known.size >= MAX_KINDS) return OTHERS
    this.known.add(kind)
    return kind
  }
}

type Names = ReadonlyMap<string, string>

function withoutValues(line: string, variables: Readonly<Record<string, unknown>>): string {
  const values = Object.entries(variables).filter(([, value]) => typeof value !== 'object')
  // Of variables with the same value, the first.
  const names = new Map(values.map(([name, value]) => [String(value), name] as const).reverse())
  const long = new Map([...names].filter(([value]) => value.length >= MIN_LENGTH))
  let kind = ''
  let end = 0
  for (const { 0: quoted, index } of line.matchAll(QUOTED)) {
    kind += replaceWords(line.slice(end, index), long) + replaceQuoted(quoted, names)
    end = index + quoted.length
  }
  return kind + replaceWords(line.slice(end), long)
}

function replaceQuoted(text: string, names: Names): string {
  const empty = names.get('')
  return empty !== undefined && text === '""' ? `"\${${empty}}"` : replaceWords(text, names)
}

/** Values are whole words: the longest of those that stand in one place. */
function replaceWords(text: string, names: Names): string {
  const values = [...names.keys()].filter((value) => value !== '' && text.includes(value))
  if (values.length === 0) return text
  const longestFirst = values.sort((one, other) => other.length - one.length).map(escapePattern)
  const words = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  return text.replace(words, (value) => `\${${names.get(value)}}`)
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
