/** Many texts that are looked for in others, at a cost that hardly grows with their number. */

import { isLead, type SpelledText } from './spelled-text'

/** Of a text that is longer than this, in characters, so much is enough to be taken for it. */
export const ENOUGH = 500

/** A run of escapes that can be read in more ways up to one place is taken for what is looked for. */
const MAX_WAYS = 16

/** Texts that begin alike share a node for their beginning. */
interface Node {
  label: string
  /** How many characters stand in the nodes above. */
  start: number
  children: Map<number, Node> | undefined
  isEnd: boolean
  /** Whether what ends here may be followed by zeros: `12.5` may have been written as `12.50`. */
  isDecimal: boolean
}

/** How much of a text has been found, and where the rest of it would stand. */
interface Position {
  readonly node: Node
  readonly offset: number
  readonly place: number
}

/** Texts in a tree by their beginnings (a radix tree), to which one can be added at any time. */
export class TextTree {
  private readonly root = createNode('', 0)
  /** By code unit: 1 where one begins with it. */
  private readonly beginnings = new Uint8Array(0x10000)

  /** @param options `ignoreCase` finds them in upper and lower case, too */
  constructor(private readonly options: { readonly ignoreCase: boolean }) {}

  /** Adds a text. */
  add(text: string): void {
    const folded = this.options.ignoreCase ? foldText(text) : text
    let node = this.root
    let at = 0
    this.beginnings[folded.charCodeAt(0)] = 1
    while (at < folded.length) {
      node.children ??= new Map()
      const code = folded.charCodeAt(at)
      const child = node.children.get(code) ?? createNode(folded.slice(at), at)
      const shared = sharedLength(child.label, folded, at)
      const next = shared < child.label.length ? splitNode(child, shared) : child
      node.children.set(code, next)
      node = next
      at += shared
    }
    node.isEnd = true
    node.isDecimal = /^-?\d+\.\d+$/.test(text)
  }

  /** Whether one may begin at a place; `false` saves it from being looked for. */
  mayBegin(text: SpelledText, place: number): boolean {
    const code = text.source.charCodeAt(place)
    if (!isLead(code)) return this.begins(code)
    const characters = text.charactersAt(place)
    if (characters === undefined) return true
    for (let at = 0; at < characters.length; at++) if (this.begins(characters.charCodeAt(at))) return true
    return false
  }

  private begins(code: number): boolean {
    return this.beginnings[this.fold(code)] === 1
  }

  /** Where the longest text ends that begins at a place, in whatever spelling; undefined if none does. */
  endFrom(text: SpelledText, start: number): number | undefined {
    const { source } = text
    const found = { complete: -1, incomplete: -1 }
    let node = this.root
    let offset = 0
    // Most texts have no escapes, and are read in one way.
    let place = start
    for (;;) {
      const code = source.charCodeAt(place)
      if (isLead(code)) {
        this.followAll(text, { node, offset, place }, found)
        break
      }
      if (offset === node.label.length) {
        const child = node.children?.get(this.fold(code))
        if (!child) break
        node = child
        offset = 1
      } else if (node.label.charCodeAt(offset++) !== this.fold(code)) break
      reach(node, offset, ++place, source, found)
    }
    // To read very long ones from each place takes long, too.
    text.effort.left -= (place - start) >> 6
    // Of one that breaks off nobody knows how its last character would go on: what follows belongs to it.
    if (found.incomplete > found.complete) return source.length
    return found.complete < 0 ? undefined : found.complete
  }

  /** Follows every spelling. */
  private followAll(text: SpelledText, from: Position, found: Found): void {
    const positions = [from]
    const seen = new Map<number, Position[]>()
    for (let position = positions.pop(); position; position = positions.pop()) {
      if (text.isOverloaded) {
        found.incomplete = text.source.length
        return
      }
      for (const { character, end } of text.readingsAt(position.place)) {
        const next = this.follow(position, character, end)
        if (!next) continue
        const others = seen.get(end)
        if (others?.some(({ node, offset }) => node === next.node && offset === next.offset)) continue
        if (others) others.push(next)
        else seen.set(end, [next])
        if (others && others.length > MAX_WAYS) {
          found.incomplete = text.source.length
          return
        }
        text.effort.left--
        positions.push(next)
        reach(next.node, next.offset, end, text.source, found)
      }
    }
  }

  private follow({ node, offset }: Position, character: string, place: number): Position | undefined {
    let [at, reached]: [number, Node | undefined] = [offset, node]
    for (let unit = 0; unit < character.length; unit++) {
      const code = this.fold(character.charCodeAt(unit))
      if (at < reached.label.length) {
        if (reached.label.charCodeAt(at++) !== code) return undefined
      } else {
        reached = reached.children?.get(code)
        if (!reached) return undefined
        at = 1
      }
    }
    return { node: reached, offset: at, place }
  }

  private fold(code: number): number {
    return this.options.ignoreCase ? foldUnit(code) : code
  }
}

/** Where the longest text ends that was found so far, and where the longest beginning that is enough; else -1. */
interface Found {
  complete: number
  incomplete: number
}

function reach({ label, start, isEnd, isDecimal }: Node, offset: number, place: number, source: string, found: Found) {
  if (isEnd && offset === label.length) {
    let end = place
    while (isDecimal && source[end] === '0') end++
    found.complete = Math.max(found.complete, end)
  } else if (start + offset >= ENOUGH) found.incomplete = Math.max(found.incomplete, place)
}

function createNode(label: string, start: number): Node {
  return { label, start, children: undefined, isEnd: false, isDecimal: false }
}

function splitNode(node: Node, length: number): Node {
  const upper = createNode(node.label.slice(0, length), node.start)
  upper.children = new Map([[node.label.charCodeAt(length), node]])
  node.label = node.label.slice(length)
  node.start += length
  return upper
}

function sharedLength(label: string, text: string, from: number): number {
  let length = 0
  while (length < label.length && label.charCodeAt(length) === text.charCodeAt(from + length)) length++
  return length
}

function foldText(text: string): string {
  // That is quicker, and the same.
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase()
  let folded = ''
  for (let at = 0; at < text.length; at++) folded += String.fromCharCode(foldUnit(text.charCodeAt(at)))
  return folded
}

/** By code unit; 0 is not known yet. */
const foldedUnits = new Uint16Array(0x10000)

/** A letter in lower case; one that would become several stays as it is. */
function foldUnit(code: number): number {
  foldedUnits[code] ||= foldLetter(code)
  return foldedUnits[code] as number
}

function foldLetter(code: number): number {
  const letter = String.fromCharCode(code)
  // By way of upper case, as `ς` and `σ` are the same one there.
  const upper = letter.toUpperCase()
  const lower = (upper.length === 1 ? upper : letter).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : code
}
