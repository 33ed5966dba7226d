/** URLs, read without an error. */

/**
 * A URL; undefined for a text that is not one.
 * @param base what it may be relative to
 */
export function parseUrl(text: string, base?: string | URL): URL | undefined {
  // Not by `URL.canParse`: once V8 has optimised its call, Node 20 refuses hosts with other letters than ASCII.
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
