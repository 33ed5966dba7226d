/** JSON as a person reads it: many servers escape every letter that is not ASCII. */

/**
 * The same JSON with its letters and symbols instead of their escapes: `"\u0425\u0438"` is `"Хи"`. What cannot be seen stays
 * escaped, and so does what JSON needs escaped; a text that is not JSON stays as it is.
 */
export function readableJson(text: string): string {
  if (text.length <= LONG) return isJson(text) ? text.replace(ESCAPES, decodeEscapes) : text
  return WITH_TEXTS.test(text) ? text.slice(0, LONG).replace(ESCAPES, decodeEscapes) + text.slice(LONG) : text
}

/** Of a longer one, in characters, the beginning alone is shown: it is not parsed, and the rest stays as it is. */
const LONG = 2 ** 15

/** What begins otherwise has no escapes. */
const WITH_TEXTS = /^\s*["[{]/

function isJson(text: string): boolean {
  if (!WITH_TEXTS.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Code units that are escaped one after the other, as two of them may be one character; or another escape, such as `\\\\`. */
const ESCAPES = /(?:\\u[\da-fA-F]{4})+|\\./g

/** Whatever is escaped is a text of JSON by itself; what has two characters alone is another escape, or not a valid one. */
function decodeEscapes(escapes: string): string {
  if (escapes.length === 2) return escapes
  return (JSON.parse(`"${escapes}"`) as string).replace(UNREADABLE, escapeUnits)
}

/**
 * Quotes and backslashes, which JSON needs escaped; controls, blanks that look like a usual one, halves of characters, and what no
 * font has. The others that cannot be seen are left to `escapeInvisible`, which knows where emoji and scripts need them.
 */
const UNREADABLE = /["\\\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

function escapeUnits(found: string): string {
  return Array.from(found.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
}
