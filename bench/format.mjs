/** Figures, as they are shown on the console and on the page. */

/** A figure with its unit. */
export function formatFigure(figure, unit) {
  return `${figure >= 100 ? Math.round(figure).toLocaleString('en') : Number(figure.toPrecision(2))} ${unit}`
}

/** A row in a line. */
export function formatRow({
  what,
  first,
  who,
  unit,
  base,
  figure,
  ratio,
  low,
  high,
  exponent,
  target,
  figures,
  ofWhat,
}) {
  if (figures) {
    const each = Object.entries(figures).map(([size, one]) => `${formatFigure(one, unit)} for ${size}`)
    return `${what}: ${each.join(', ')} ${ofWhat}`
  }
  const limit = target ? `; at most ${target.toFixed(2)}` : ''
  if (exponent !== undefined) return `Time by ${what}: grows with the power ${exponent.toFixed(2)}${limit}`
  const spread = `${ratio.toFixed(2)} times (${low.toFixed(2)} to ${high.toFixed(2)})`
  return `${what}: ${first} ${formatFigure(base, unit)}, ${who} ${formatFigure(figure, unit)}, ${spread}${limit}`
}
