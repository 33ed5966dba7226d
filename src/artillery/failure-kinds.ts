/** Which failures are of one kind: those with the same first line, whoever they befell. */

/** So many kinds are told apart by a worker: each is a counter of Artillery's. */
const MAX_KINDS = 100

const OTHERS = 'other failures'

/** A value that is shorter may well stand there by itself. */
const MIN_LENGTH = 3

const UUID = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi

/** The kinds of failures that a worker has met. */
export class FailureKinds {
  private readonly known = new Set<string>()

  /**
   * The kind of a failure: its first line, with `${name}` for the values of the user's variables.
   * @param variables of the user alone
   */
  kindOf(message: string, variables: Readonly<Record<string, unknown>>): string {
    const [first = ''] = message.split('\n', 1)
    const kind = withoutValues(first, variables).replace(UUID, '${uuid}')
    if (!this.known.has(kind) && this.known.size >= MAX_KINDS) return OTHERS
    this.known.add(kind)
    return kind
  }
}

function withoutValues(line: string, variables: Readonly<Record<string, unknown>>): string {
  const values = Object.entries(variables)
    .map(([name, value]) => [name, String(value)] as const)
    .filter(([, value]) => value.length >= MIN_LENGTH)
    .sort(([, one], [, other]) => other.length - one.length)
  let kind = line
  for (const [name, value] of values) {
    const whole = new RegExp(
      `(?<![\\p{L}\\p{N}])${value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
      'gu',
    )
    kind = kind.replace(whole, () => `\${${name}}`)
  }
  return kind
}
