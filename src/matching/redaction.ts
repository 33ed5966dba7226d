/** Secrets: whatever this library shows passes through here, so that none of them is shown. */

/** What keeps secrets: it learns them where they pass, and takes them out of texts. */
export interface Redaction {
  /** Looks for secrets in JSON. */
  learn(json: unknown): void
  /** Looks for secrets in a text, which may be JSON, or meant to be. */
  learnFromText(text: string): void
  /** Looks for secrets among the parameters of what is an address, or meant to be. */
  learnFromAddress(address: string): void
  /** The text without them. */
  hide(text: string): string
}

const redactions = new Set<Redaction>()

/** Has all that is shown pass through a redaction, until the function that is given back is called. */
export function redactBy(redaction: Redaction): () => void {
  redactions.add(redaction)
  return () => redactions.delete(redaction)
}

/** Has secrets be learned from what somebody wrote, before it is told in a failure. */
export function learnSecrets(from: (redaction: Redaction) => void): void {
  redactions.forEach(from)
}

/** A text as it may be shown. */
export function redacted(text: string): string {
  let shown = text
  for (const redaction of redactions) shown = redaction.hide(shown)
  return shown
}

/** A value as it may be shown beside another one. */
export function redactedValue(value: unknown): unknown {
  if (typeof value === 'string') return redacted(value)
  if (typeof value === 'number') return redacted(String(value)) === String(value) ? value : redacted(String(value))
  if (Array.isArray(value)) return value.map(redactedValue)
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redactedValue(inner)]))
}
