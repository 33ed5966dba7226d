/** What stands before the end of an interpreter's script: no value, and nothing that leaves open where it ends. */

import type { CommandWord, RuleOptions } from './command-word'
import type { Interpreter } from './known-programs'

interface ScriptOptions extends RuleOptions {
  readonly interpreter: Interpreter
}

/** Another name for what is read, or for a device. */
const STANDARD_INPUT = /(?:^|=)-$|\/(?:dev|proc)\/|stdin$/

/** A long option with its word. */
const WITH_TEXT = /^--[\w-]+=/

/** No value may stand before the end of the script, and there has to be one if what is read may be values. */
export function requireSafeScript(program: string, args: readonly CommandWord[], options: ScriptOptions): void {
  new ScriptWords(program, args, options).check()
}

/** The words of an interpreter, read one after the other. */
class ScriptWords {
  private at = 0
  private hasScript = false
  private isInline = false
  private readonly firstValue: string | undefined

  constructor(
    private readonly program: string,
    private readonly args: readonly CommandWord[],
    private readonly options: ScriptOptions,
  ) {
    this.firstValue = args.find(({ value }) => value)?.value
  }

  check(): void {
    const { skipped, evaluates, isPermuted } = this.options.interpreter
    const isSkipped = skipped?.test(this.text) === true
    if (isSkipped) this.at++
    this.readOptions()
    if (!this.hasScript) {
      if (!isSkipped && evaluates?.test(this.text)) this.refuseAll()
      this.readFile()
    }
    if (isPermuted) this.readLaterOptions()
  }

  private get text(): string {
    return this.args[this.at]?.text ?? ''
  }

  private readOptions(): void {
    const { script, isScriptLast, withWord, flags, inline, evaluates } = this.options.interpreter
    while (/^[-+]./.test(this.text)) {
      const { text } = this
      this.read({ isCode: false })
      if (text === '--') return
      if (evaluates?.test(`${text} ${this.text}`)) this.refuseAll()
      this.isInline ||= inline?.test(text) === true
      if (script?.test(text)) {
        this.hasScript = true
        this.read({ isCode: true })
        if (isScriptLast) return
      } else if (withWord?.test(text)) this.read({ isCode: false })
      else if (!flags?.test(text) && !WITH_TEXT.test(text)) this.refuseOption(text)
    }
  }

  private readFile(): void {
    const { refuse, mayReadValues, checkLine } = this.options
    const { text, isInline } = this
    const word = this.args[this.at]
    this.read({ isCode: true })
    if (isInline && word?.isExpanded) refuse(text, 'is not plain')
    if (isInline) checkLine(text)
    else if (mayReadValues && !word) refuse(this.program, 'runs what it reads')
  }

  /** An option that stands behind the first file may make a file of the script before it, and a script of the word after it. */
  private readLaterOptions(): void {
    const { flags } = this.options.interpreter
    for (const { text, isPlain } of this.args.slice(this.at)) {
      if (text === '--') return
      const isFlag = !text.startsWith('-') || flags?.test(text)
      if (!isFlag || !isPlain) this.refuseOption(text)
    }
  }

  /** The next word: an option, what belongs to one, or code. */
  private read({ isCode }: { readonly isCode: boolean }): void {
    const { refuse, mayReadValues, interpreter } = this.options
    const word = this.args[this.at++]
    if (!word) return
    const { text, value, isPlain } = word
    if (value && (isCode || !interpreter.sets?.test(text))) refuse(value, 'is run as code')
    if (!value && !isPlain) refuse(text, 'is not plain')
    if (mayReadValues && STANDARD_INPUT.test(text)) refuse(this.program, 'runs what it reads')
  }

  /** Behind an option that may have a word of its own nobody knows which word is the script. */
  private refuseOption(option: string): void {
    const { refuse, mayReadValues, interpreter } = this.options
    if (mayReadValues && !this.firstValue) refuse(this.program, 'runs what it reads')
    if (this.firstValue || interpreter.inline) refuse(option, 'may take a word')
  }

  /** What is run evaluates all its words, and what it reads. */
  private refuseAll(): void {
    const { refuse, mayReadValues } = this.options
    if (this.firstValue) refuse(this.firstValue, 'is run as code')
    if (mayReadValues) refuse(this.program, 'runs what it reads')
  }
}
