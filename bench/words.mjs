/** Figures, as they are told on the console and on the page. */

/** A figure with its unit. */
export function figureOf(figure, unit) {
  return `${figure >= 100 ? Math.round(figure).toLocaleString('en') : Number(figure.toPrecision(2))} ${unit}`
}

/** A row in a line. */
export function inWords({ what, first, who, unit, base, figure, sizes, middle, low, high, target, figures, ofWhat }) {
  if (figures) {
    const each = Object.entries(figures).map(([size, one]) => `${figureOf(one, unit)} for ${size}`)
    return `${what}: ${each.join(', ')} ${ofWhat}`
  }
  const spread = `(${low.toFixed(2)} to ${high.toFixed(2)})${target ? `; at most ${target.toFixed(2)}` : ''}`
  if (sizes) return `Time by ${what}: grows with the power ${middle.toFixed(2)} ${spread}`
  const beside = `${first} ${figureOf(base, unit)}, ${who} ${figureOf(figure, unit)}`
  return `${what}: ${beside}, ${middle.toFixed(2)} times ${spread}`
}
