/** Where a value may stand among the words of a tool some of whose options are run. */

import type { CommandWord, RuleOptions } from './command-word'
import type { Tool } from './known-programs'

interface ToolOptions extends RuleOptions {
  readonly tool: Tool
}

/** A value may be a word of its own, or belong to an option that is known to run nothing. */
export function requireSafeTool(program: string, words: readonly CommandWord[], options: ToolOptions): void {
  const { refuse, mayReadValues, tool } = options
  const [before, folder] = words
  const hasFolder = tool.folder?.test(before?.text ?? '') && folder?.isPlain && !folder.value
  const args = hasFolder ? words.slice(2) : words
  if (mayReadValues && tool.reads) refuse(program, 'runs what it reads')
  const [first] = args
  const isKnown = !tool.subcommands || (first?.isPlain === true && tool.subcommands.test(first.text))
  // Each of the letters may take one of the words after them.
  const isBundle = tool.bundle !== undefined && first !== undefined && !/^-/.test(first.text)
  const isUnknown = isBundle && !(first.isPlain && tool.bundle?.test(first.text))
  const isScript = /^run/.test(first?.text ?? '')
  let [isOption, hasName] = [!isKnown, !isScript]
  for (const [index, { text, value, isPlain }] of args.entries()) {
    if (isKnown && !isUnknown && text === '--') return
    const [name = ''] = /^-[^=]*/.exec(text) ?? []
    const isRun = name !== '' && !tool.options.test(name)
    if (value && (isUnknown || isOption || isRun || !hasName)) refuse(value, 'is run as code')
    hasName ||= index > 0 && name === ''
    isOption = !isKnown || (isRun && !text.includes('=')) || !isPlain
  }
}
