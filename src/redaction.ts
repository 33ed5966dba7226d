/** Secrets: whatever this library shows passes through here, so that none of them is shown. */

/** What knows secrets: it learns them where they pass, and removes them from texts. */
export interface Redaction {
  /** Looks for secrets in JSON. */
  learn(json: unknown): void
  /** Looks for secrets in a text, which may be JSON, or meant to be. */
  learnFromText(text: string): void
  /** Looks for secrets among the parameters of what is an address, or meant to be. */
  learnFromAddress(address: string): void
  /** Looks for secrets in the addresses within a command, or a part of one. */
  learnFromCommand(text: string): void
  /**
   * The text without them.
   * @param length of what is shown of it, in characters: what stands behind may still have some
   */
  hide(text: string, length?: number): string
}

/** Each with the number of those that have registered it. */
const redactions = new Map<Redaction, number>()

/** Applies a redaction to all that is shown, until each of those that have registered it has called what this returns. */
export function registerRedaction(redaction: Redaction): () => void {
  redactions.set(redaction, (redactions.get(redaction) ?? 0) + 1)
  let isRegistered = true
  return () => {
    if (!isRegistered) return
    isRegistered = false
    const others = (redactions.get(redaction) as number) - 1
    if (others > 0) redactions.set(redaction, others)
    else redactions.delete(redaction)
  }
}

/** Has secrets be learned from what somebody wrote, before a failure shows it. */
export function learnSecrets(learn: (redaction: Redaction) => void): void {
  for (const redaction of redactions.keys()) learn(redaction)
}

/**
 * A text as it may be shown.
 * @param length of what is shown of it, in characters: what stands behind is not to be shown
 */
export function redact(text: string, length?: number): string {
  let shown = text
  for (const redaction of redactions.keys()) shown = redaction.hide(shown, length)
  return shown
}

/** Also one that is an object, since JavaScript cannot hold it. */
function isNumber(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Number]'
}

/** Whether its kind says how it is written; a member of that name says nothing. */
function isShownItself(value: object): boolean {
  return 'toJSON' in value && !Object.hasOwn(value, 'toJSON')
}

/**
 * A value as it may be shown beside another one.
 * @param show what becomes of its texts and the names of its members
 */
export function redactValue(value: unknown, show = redact): unknown {
  if (typeof value === 'string') return show(value)
  if (isNumber(value)) return redact(String(value)) === String(value) ? value : redact(String(value))
  if (Array.isArray(value)) return value.map((item) => redactValue(item, show))
  if (typeof value !== 'object' || value === null || isShownItself(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [show(name), redactValue(inner, show)]))
}
