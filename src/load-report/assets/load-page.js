/** What the page does when it is read: draws the charts, sorts and finds sentences. */

const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const byId = (id) => document.getElementById(id)

/** A colour of the page, as it is now: light or dark. */
const colour = (name) => () => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

const CHARTS = {
  timing: {
    unit: ' ms',
    series: [
      ['p50', '--good'],
      ['p95', '--link', { dash: [8, 4] }],
      ['p99', '--bad'],
      ['longest', '--faint', { show: false, dash: [2, 4] }],
    ],
  },
  users: { series: [['users', '--link', { fill: colour('--band') }]] },
  rates: {
    series: [
      ['started', '--link', { dash: [6, 4] }],
      ['passed', '--good'],
      ['failed', '--bad'],
    ],
  },
  messages: {
    series: [
      ['sent', '--second'],
      ['received', '--third'],
    ],
  },
}

/** How far marks of time are apart, in s. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000]

const charts = []
sortAndFind()
void unpacked(byId('_data').textContent).then(draw)

async function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return await new Response(stream).json()
}

function draw({ at, timings, ...columns }) {
  const byName = new Map(timings)
  const select = byId('_timing')
  if (!select) return
  const ofTiming = () => [at, ...byName.get(select.value)]
  for (const place of all('.plot')) {
    const name = place.dataset.chart
    const data = name === 'timing' ? ofTiming() : [at, ...columns[name]]
    const chart = new uPlot(optionsOf(name, place), data, place)
    charts.push({ name, place, chart })
  }
  const show = () => charts.find(({ name }) => name === 'timing').chart.setData(ofTiming())
  select.addEventListener('change', show)
  document.addEventListener('click', ({ target }) => {
    if (!target.matches('.name')) return
    select.value = target.dataset.timing
    show()
    select.scrollIntoView({ block: 'center' })
    select.focus({ preventScroll: true })
  })
  addEventListener('resize', () => {
    for (const { name, place, chart } of charts) chart.setSize(sizeOf(name, place))
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    for (const { chart } of charts) chart.redraw(false)
  })
}

function sizeOf(name, place) {
  const width = place.clientWidth
  return { width, height: name === 'timing' ? Math.max(220, Math.min(320, width * 0.5)) : 190 }
}

function optionsOf(name, place) {
  const { series, unit = '' } = CHARTS[name]
  const axis = {
    stroke: colour('--faint'),
    grid: { stroke: colour('--grid'), width: 1 },
    ticks: { stroke: colour('--grid') },
  }
  const font = '12px system-ui, sans-serif'
  return {
    ...sizeOf(name, place),
    cursor: { sync: { key: 'time' }, points: { size: 7 }, drag: { x: true, y: false } },
    scales: {
      x: { time: false },
      y: { range: (_, __, max) => [0, uPlot.rangeNum(0, max > 0 ? max : 1, 0.1, true)[1]] },
    },
    axes: [
      { ...axis, font, space: 60, incrs: STEPS, values: (_, splits) => splits.map(moment) },
      { ...axis, font, size: 60, values: (_, splits) => splits.map((value) => value.toLocaleString('en')) },
    ],
    series: [
      { label: 'at', value: (_, value) => (value == null ? '–' : moment(value)) },
      ...series.map(([label, stroke, more = {}]) => ({
        label,
        stroke: colour(stroke),
        width: 2,
        points: { show: (chart) => chart.data[0].length < 60, size: 5, fill: colour('--paper') },
        value: (_, value) => (value == null ? '–' : `${value.toLocaleString('en')}${unit}`),
        ...more,
      })),
    ],
  }
}

/** Seconds as minutes and seconds. */
function moment(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`
}

function sortAndFind() {
  const table = byId('_table')
  if (!table) return
  const [body] = table.tBodies
  const heads = all('thead th', table)
  const more = byId('_more')
  let isWhole = !more
  if (more) more.hidden = false

  const show = () => {
    const words = byId('_find').value.toLowerCase().split(/\s+/).filter(Boolean)
    let shown = 0
    for (const row of body.rows) {
      const text = row.cells[0].textContent.toLowerCase()
      const isMeant = words.every((word) => text.includes(word))
      row.hidden = !isMeant || (!isWhole && words.length === 0 && shown >= Number(table.dataset.shown))
      if (!row.hidden) shown++
    }
    if (more) more.hidden = isWhole || words.length > 0
  }

  for (const [index, head] of heads.entries()) {
    head.querySelector('button')?.addEventListener('click', () => {
      const isDescending = head.getAttribute('aria-sort') !== 'descending'
      for (const other of heads) other.removeAttribute('aria-sort')
      head.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending')
      const value = (row) => Number(row.cells[index].dataset.value) * (isDescending ? -1 : 1)
      body.append(...[...body.rows].sort((one, other) => value(one) - value(other)))
      show()
    })
  }
  byId('_find').addEventListener('input', show)
  more?.addEventListener('click', () => {
    isWhole = true
    show()
  })
  show()
}
