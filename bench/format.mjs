/** Figures, as they are shown on the console and on the page. */

/** A figure with its unit. */
export function formatFigure(figure, unit) {
  return `${figure >= 100 ? Math.round(figure).toLocaleString('en') : Number(figure.toPrecision(2))} ${unit}`
}

/** A row in a line. */
export function formatRow({
  name,
  baseline,
  contestant,
  unit,
  baselineFigure,
  figure,
  ratio,
  low,
  high,
  exponent,
  target,
  medians,
  sizeUnit,
}) {
  if (medians) {
    const each = Object.entries(medians).map(([size, figure]) => `${formatFigure(figure, unit)} for ${size}`)
    return `${name}: ${each.join(', ')} ${sizeUnit}`
  }
  const limit = target ? `; at most ${target.toFixed(2)}` : ''
  if (exponent !== undefined) return `Time by ${name}: grows with the power ${exponent.toFixed(2)}${limit}`
  const spread = `${ratio.toFixed(2)} times (${low.toFixed(2)} to ${high.toFixed(2)})`
  return `${name}: ${baseline} ${formatFigure(baselineFigure, unit)}, ${contestant} ${formatFigure(figure, unit)}, ${spread}${limit}`
}
