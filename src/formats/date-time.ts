/** Dates, times and durations as RFC 3339 has them. */

const DATE = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** RFC 3339, section 5.6: full-date. */
export function isDate(text: string): boolean {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number)
  return year !== undefined && Number(day) <= daysIn(year, Number(month))
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** How a standard writes times. */
interface TimeFormat {
  readonly isTime: (text: string) => boolean
  readonly isDateTime: (text: string) => boolean
}

const HOUR = '([01]\\d|2[0-3])'
const MINUTE = '([0-5]\\d)'

/** RFC 3339, section 5.6: full-time and date-time; T and Z may be small letters. */
export const rfc3339 = timeFormat(`(?:z|([+-])${HOUR}:${MINUTE})`)

/** The extended format of ISO 8601, in which the offset may be shorter, or left out. */
export const iso8601 = timeFormat(`(?:z|([+-])${HOUR}(?::${MINUTE})?)?`)

function timeFormat(offset: string): TimeFormat {
  const pattern = new RegExp(`^${HOUR}:${MINUTE}:([0-5]\\d|60)(?:\\.\\d+)?${offset}$`, 'i')
  /** Accepts a time by the day on which it is by UTC, from the one that is written, if it is a leap second. */
  const accepts = (text: string, isDayOfLeapSecond: (shift: number) => boolean): boolean => {
    const [whole, hour, minute, second, sign, offsetHour = 0, offsetMinute = 0] = pattern.exec(text) ?? []
    if (whole === undefined || second !== '60') return whole !== undefined
    const away = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? 1 : -1)
    const next = Number(hour) * 60 + Number(minute) + away + 1
    return next % MINUTES_OF_DAY === 0 && isDayOfLeapSecond(next / MINUTES_OF_DAY - 1)
  }
  return {
    isTime: (text) => accepts(text, () => true),
    isDateTime: (text) => {
      const date = text.slice(0, 10)
      const isLast = (shift: number) => isLastOfHalfYear(date, shift)
      return isDate(date) && /^t$/i.test(text.charAt(10)) && accepts(text.slice(11), isLast)
    },
  }
}

const MINUTES_OF_DAY = 24 * 60

/** Whether so many days later it is one of those at whose ends seconds are inserted (RFC 3339, section 5.7). */
function isLastOfHalfYear(date: string, shift: number): boolean {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + shift)
  return ['06-30', '12-31'].includes(day.toISOString().slice(-19, -14))
}

const DATE_PARTS = '(?:\\d+D|\\d+M(?:\\d+D)?|\\d+Y(?:\\d+M(?:\\d+D)?)?)'
const TIME_PARTS = 'T(?:\\d+S|\\d+M(?:\\d+S)?|\\d+H(?:\\d+M(?:\\d+S)?)?)'

/** RFC 3339, appendix A: no unit is left out between two. */
export const DURATION = new RegExp(`^P(?:${DATE_PARTS}(?:${TIME_PARTS})?|${TIME_PARTS}|\\d+W)$`)
