/** Texts within regular expressions. */

/** The source of a regular expression that finds just this text. */
export function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
