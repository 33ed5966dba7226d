/** What stands in quotes in a sentence. */

/** The text between quotes, where a quote of the same kind is written with a backslash before it. */
export function unquote(source: string): string {
  const quote = source[0] as string
  return source.slice(1, -1).replaceAll(`\\${quote}`, quote)
}
