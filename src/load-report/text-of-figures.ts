/** Figures, as people read them. */

/** A number with as many digits as say something: `181,734`, `21.4`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en', { maximumFractionDigits: count < 100 ? 1 : 0 })
}

/** How much of all it is: `2.9 %`. What is little is not nothing, and nearly all is not all. */
export function formatShare(part: number, whole: number): string {
  const share = Math.round((part / whole) * 1000) / 10
  if (share === 0 && part > 0) return 'below 0.1 %'
  if (share === 100 && part < whole) return 'above 99.9 %'
  return `${share} %`
}

/** An amount of data: `15.0 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  const power = Math.min(3, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(1)} ${['', 'kB', 'MB', 'GB'][power]}`
}

/** A time in ms: the shorter it is, the more digits it has. */
export function formatTime(ms: number): string {
  return ms.toLocaleString('en', { maximumFractionDigits: ms < 10 ? 2 : ms < 100 ? 1 : 0 })
}

/** When something was, since the beginning: `at 1:05`. */
export function formatMoment(at: Date, began: Date): string {
  const seconds = Math.max(0, Math.round((at.getTime() - began.getTime()) / 1000))
  return `at ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
