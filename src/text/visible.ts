/** What cannot be seen, or changes how others are seen, made visible: what anybody sent may reach a console. */

/**
 * A text whose invisible characters are written as JSON would escape them: controls, also those of the direction of writing,
 * blanks without width, and tags. Those that emoji and scripts need stay where they need them.
 * @param kept characters that stay anyway, such as the line breaks of a text of several lines
 */
export function escapeInvisible(text: string, kept = ''): string {
  return text.replace(FLAG_OR_INVISIBLE, (found, offset: number) => {
    if (kept.includes(found) || isPartOfOther(found, text.slice(0, offset), text.slice(offset + found.length)))
      return found
    return escapeUnits(found)
  })
}

/** A text in printable ASCII alone, where everything else is escaped: two that look alike can be told apart. */
export function escapeAllButAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]|\\/g, escapeUnits)
}

/** Whether a reader would take two different texts for the same one. */
export function lookAlike(one: string, other: string): boolean {
  if (one === other) return false
  return escapeInvisible(one) === escapeInvisible(other) || bare(one) === bare(other)
}

/** A flag of a region, which is written in tags (Unicode Technical Standard 51, ED-14a); or what cannot be seen. */
const FLAG_OR_INVISIBLE =
  /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}|[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufff9-\ufffb\u2800\u{13430}-\u{1343f}\u{16fe4}\u{1d159}]/gu

/** Emoji that are joined, or shown in colour. */
const EMOJI = /(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)$/u
/** The scripts whose letters take other forms, or stay apart, by a joiner. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Bengali}\p{Script=Devanagari}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Khmer}\p{Script=Malayalam}\p{Script=Mongolian}\p{Script=Myanmar}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Syriac}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Tibetan}]$/u
const HAN = /\p{Script=Han}$/u
const MONGOLIAN = /(?!\p{Mn}|\p{Cf})\p{Script=Mongolian}$/u

/** Whether a character belongs to the ones beside it, and is seen by what it does to them. */
function isPartOfOther(found: string, before: string, after: string): boolean {
  const previous = before.slice(-2)
  if (found.startsWith('\u{1f3f4}')) return true
  if (found === '\u200d' && EMOJI.test(previous)) return /^\p{Extended_Pictographic}/u.test(after)
  if (found === '\u200c' || found === '\u200d') return JOINING.test(previous)
  if (found === '\ufe0e' || found === '\ufe0f') return /\p{Emoji}$/u.test(previous)
  if (/[\u180b-\u180f]/.test(found)) return MONGOLIAN.test(previous)
  return /[\ufe00-\ufe0d\u{e0100}-\u{e01ef}]/u.test(found) && HAN.test(previous)
}

/** `\n` where JSON has a short form, else `\u009b`: JSON itself leaves most of them as they are. */
function escapeUnits(found: string): string {
  const short = JSON.stringify(found).slice(1, -1)
  if (/^\\[^u]$/.test(short)) return short
  return Array.from(found.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
}

/** Without what is not seen, blanks as blanks, and accents composed. */
function bare(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\p{Zs}/gu, ' ')
}
