/** Texts by their Unicode scalar values, an emoji being one, and not by the units of UTF-16. */

/** How many a text has. */
export function countScalars(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += sizeAt(text, at)) count++
  return count
}

/** Which of two texts comes first: negative if it is the first one. */
export function compareScalars(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return (one.codePointAt(at) ?? -1) - (other.codePointAt(at) ?? -1)
}

function sizeAt(text: string, at: number): number {
  return (text.codePointAt(at) as number) > 0xffff ? 2 : 1
}
