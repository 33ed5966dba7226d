/** docs/performance.md and its chart, written from what was measured. */

import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parse, View } from 'vega'
import { compile } from 'vega-lite'
import { formatFigure } from './format.mjs'

const docs = join(import.meta.dirname, '../docs')
const { version } = createRequire(import.meta.url)('cucumber-websocket/package.json')
const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'))

/** Writes them. */
export async function writePage(rows) {
  const compared = rows.filter(({ contestant }) => contestant)
  writeFileSync(join(docs, 'performance.svg'), await chartOf(compared.filter(({ target }) => target)))
  const page = readFileSync(join(docs, 'performance.md'), 'utf8')
  const sections = {
    machine: [machine()],
    ratios: tableOf(
      ['what', 'beside', 'takes', 'ratio', 'quartiles', 'at most'],
      compared.map(({ name, baseline, contestant, unit, baselineFigure, figure, ratio, low, high, target }) => [
        `${name}: ${contestant}`,
        `${baseline}: ${formatFigure(baselineFigure, unit)}`,
        formatFigure(figure, unit),
        ratio.toFixed(2),
        `${low.toFixed(2)} – ${high.toFixed(2)}`,
        target?.toFixed(2) ?? '',
      ]),
    ),
    growth: tableOf(
      ['time by', 'sizes', 'exponent', 'at most'],
      rows
        .filter(({ exponent }) => exponent !== undefined)
        .map(({ name, sizes, exponent, target }) => [name, sizes.join(', '), exponent.toFixed(2), target.toFixed(2)]),
    ),
    alone: rows
      .filter(({ medians }) => medians)
      .flatMap(({ name, medians, unit, sizeUnit }) => [
        ...tableOf(
          [name, ...Object.keys(medians).map((size) => `${Number(size).toLocaleString('en')} ${sizeUnit}`)],
          [['takes', ...Object.values(medians).map((figure) => formatFigure(figure, unit))]],
        ),
        '',
      ]),
  }
  const updated = Object.entries(sections).reduce((text, [section, lines]) => {
    const pattern = new RegExp(`(?<=<!-- ${section} -->\n)[^]*?(?=<!-- end -->)`)
    return text.replace(pattern, () => `${lines.join('\n').trim()}\n`)
  }, page)
  writeFileSync(join(docs, 'performance.md'), updated)
}

function machine() {
  const [{ model }] = cpus()
  const versions = ['ws', '@cucumber/cucumber', 'superwstest'].map((name) => `${name} ${dependencies[name]}`)
  return (
    `Node ${process.versions.node} on ${process.platform}, ${cpus().length} × ${model.trim()}, ` +
    `${Math.round(totalmem() / 2 ** 30)} GB; cucumber-websocket ${version}, ${versions.join(', ')}.`
  )
}

function tableOf(heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)]
}

/** Ratios with their quartiles, and what they are to be at most. */
async function chartOf(rows) {
  const values = rows.map(({ name, contestant, ratio, low, high, target }) => ({
    what: `${name}${contestant === 'core' ? '' : `: ${contestant}`}`,
    ratio,
    low,
    high,
    target,
  }))
  const y = { field: 'what', type: 'nominal', sort: null, title: null, axis: { labelLimit: 700, ticks: false } }
  const x = (field) => ({
    field,
    type: 'quantitative',
    scale: { type: 'log', domainMin: 0.7 },
    title: null,
    axis: { values: [0.7, 0.8, 0.9, 1, 1.2, 1.4, 1.6, 1.8, 2] },
  })
  const chart = compile({
    title: {
      text: 'What cucumber-websocket takes, as a multiple of what it is compared with',
      subtitle: 'Point: median. Line: from the first to the third quartile. Bar: what it is to be at most.',
      anchor: 'start',
      subtitleColor: '#555',
    },
    data: { values },
    width: 460,
    height: { step: 24 },
    background: 'white',
    layer: [
      { mark: { type: 'tick', color: '#b45309', thickness: 3, size: 16 }, encoding: { y, x: x('target') } },
      { mark: { type: 'rule', color: '#1d4ed8', size: 2 }, encoding: { y, x: x('low'), x2: { field: 'high' } } },
      { mark: { type: 'point', color: '#1d4ed8', filled: true, size: 60 }, encoding: { y, x: x('ratio') } },
    ],
    config: { font: 'sans-serif', axis: { labelFontSize: 12 }, view: { stroke: null } },
  })
  return new View(parse(chart.spec), { renderer: 'none' }).toSVG()
}
