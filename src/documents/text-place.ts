/** Where in its text a place of a document is. */

import type { LineCounter, Node, Pair } from 'yaml'
import { evaluate } from '../evaluation-limit'
import { loadYaml } from '../json/yaml-text'

/**
 * Where a member or an item stands in JSON or YAML that is valid, as `:12:5`; empty where that cannot be found out in time. What
 * is not there stands where what has it begins.
 * @param names of the members and indices that lead to it
 */
export function placeInText(text: string, names: readonly string[]): string {
  const yaml = loadYaml()
  try {
    return evaluate(() => findPlace(text, names, yaml), { tooLong: String, isReading: true })
  } catch {
    // What is to be told is another error.
    return ''
  }
}

function findPlace(text: string, names: readonly string[], yaml: typeof import('yaml')): string {
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'silent' })
  let node = document.contents as Node | null
  let place = placeOf(node, lines)
  for (const name of names) {
    let at: Node | null | undefined
    if (yaml.isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === name) as Pair<Node, Node | null> | undefined
      at = pair?.key
      node = pair?.value ?? null
    } else {
      at = yaml.isSeq(node) ? (node.items[Number(name)] as Node | undefined) : undefined
      node = at ?? null
    }
    if (!at) return place
    place = placeOf(at, lines)
  }
  return place
}

function placeOf(node: Node | null, lines: LineCounter): string {
  const { line, col } = lines.linePos(node?.range?.[0] ?? 0)
  return `:${line}:${col}`
}

/** Where a character stands in a text. */
export function placeOfCharacter(text: string, at: number): string {
  const before = text.slice(0, at).split('\n')
  return `:${before.length}:${(before.at(-1) as string).length + 1}`
}
