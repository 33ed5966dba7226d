/** Which variables of a shell may have the value of one of ours: a line assigns it to them, or reads into them. */

/** A word of a line, as far as it says which variable is set. */
interface NamingWord {
  readonly text: string
  readonly value: string | undefined
  /** The part of it in which a shell fills in variables. */
  readonly expanded?: string
}

/** What a shell has in a variable without an assignment in the line: its arguments, and what it reads. */
const SET_BY_SHELL = /^(?:\d+|[@*_]|REPLY|OPTARG|MAPFILE)$/

/** The variables that a line, and the lines around it, may set to a value. */
export class ShellVariables {
  private readonly names = new Set<string>()

  constructor(words: readonly NamingWord[], around?: ShellVariables) {
    const assignedFrom = new Map<string, string[]>()
    for (const name of around?.names ?? []) this.names.add(name)
    for (const { text, value, expanded = '' } of words) {
      const read = text.replace(/^-[a-z]+(?=.)/, '')
      if (/^\w+$/.test(read)) this.names.add(read)
      const [, assigned] = /^([a-z_]\w*)(?:\[|\+?=)/i.exec(text) ?? []
      if (assigned === undefined) continue
      if (value !== undefined) this.names.add(assigned)
      for (const name of namesIn(expanded)) {
        if (SET_BY_SHELL.test(name)) this.names.add(assigned)
        const others = assignedFrom.get(name)
        if (others) others.push(assigned)
        else assignedFrom.set(name, [assigned])
      }
    }
    // Those that are added are read in their turn.
    for (const name of this.names) for (const other of assignedFrom.get(name) ?? []) this.names.add(other)
  }

  /** The first variable in a text that may have a value. */
  findIn(expanded: string): string | undefined {
    return namesIn(expanded).find((name) => SET_BY_SHELL.test(name) || this.names.has(name))
  }
}

function namesIn(expanded: string): string[] {
  return [...expanded.matchAll(/\$(\w+|[@*])/g)].map(([, name = '']) => name)
}
