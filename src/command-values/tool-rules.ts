/** Where a value may stand among the words of a tool some of whose options are run. */

import type { CommandWord, RuleOptions } from './command-word'
import type { Tool } from './known-programs'

interface ToolOptions extends RuleOptions {
  readonly tool: Tool
}

/** A value may be a word of its own, or belong to an option that is known to run nothing. */
export function requireSafeTool(program: string, args: readonly CommandWord[], options: ToolOptions): void {
  const { refuse, mayReadValues, tool } = options
  if (mayReadValues && tool.reads) refuse(program, 'runs what it reads')
  const [first] = args
  const isKnown = !tool.subcommands || (first?.isPlain === true && tool.subcommands.test(first.text))
  const isScript = /^run/.test(first?.text ?? '')
  let [isOption, hasName] = [!isKnown, !isScript]
  for (const [index, { text, value, isPlain }] of args.entries()) {
    if (isKnown && text === '--') return
    const [name = ''] = /^-[^=]*/.exec(asOption(program, text, index)) ?? []
    const isRun = name !== '' && !tool.options.test(name)
    if (value && (isOption || isRun || !hasName)) refuse(value, 'is run as code')
    hasName ||= index > 0 && name === ''
    isOption = !isKnown || (isRun && !text.includes('=')) || !isPlain
  }
}

/** The first word of tar is one of options, also without a hyphen. */
function asOption(program: string, text: string, index: number): string {
  return index === 0 && /tar$/.test(program) && /^\w/.test(text) ? `-${text}` : text
}
