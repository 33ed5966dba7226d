/** What the page does when it is read: draws the pictures that come into view, searches, filters, copies. */

const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const byId = (id) => document.getElementById(id)

const contents = document.querySelector('.contents')
if (matchMedia('(max-width: 59.99rem)').matches) contents.open = false

/** What conversations are drawn with: nothing of it leads anywhere. */
const DRAWN_ELEMENTS = ['svg', 'title', 'g', 'rect', 'path', 'circle', 'text', '#text']
const DRAWN_ATTRIBUTES = [
  ...['xmlns', 'width', 'height', 'viewBox', 'role', 'xml:space', 'x', 'y', 'rx', 'cx', 'cy', 'r', 'd'],
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin'],
  ...['font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor'],
]

// The value of any of them is CSS, which loads something by a function, whose name may be escaped.
DOMPurify.addHook('uponSanitizeAttribute', (_, attribute) => {
  if (/[(\\]/.test(attribute.attrValue)) attribute.keepAttr = false
})

let pictures = []
let isMarking = false
const scenarios = all('.scenario').map((element) => ({
  element,
  runs: JSON.parse(element.dataset.runs).map(([status, tags, anchor]) => ({ status, tags, anchor })),
  text: undefined,
}))
let shownRuns = scenarios.reduce((sum, { runs }) => sum + runs.length, 0)
const total = shownRuns

copyOnDemand()
unpacked(byId('_pictures').textContent)
  .then((all) => {
    pictures = all
    drawInView()
  }, openTexts)
  .finally(searchAndFilter)

async function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return await new Response(stream).json()
}

/** A browser that cannot unpack the pictures has their words. */
function openTexts() {
  for (const text of all('.text')) text.open = true
}

function drawInView() {
  const frames = all('[data-picture]')
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target)
    },
    { rootMargin: '1000px' },
  )
  for (const frame of frames) watcher.observe(frame)
  addEventListener('beforeprint', () => {
    for (const frame of frames) draw(frame)
  })

  function draw(frame) {
    if (frame.dataset.drawn) return
    frame.dataset.drawn = 'true'
    watcher.unobserve(frame)
    const svg = DOMPurify.sanitize(pictures[frame.dataset.picture], {
      ALLOWED_TAGS: DRAWN_ELEMENTS,
      ALLOWED_ATTR: DRAWN_ATTRIBUTES,
      ALLOW_DATA_ATTR: false,
      RETURN_DOM_FRAGMENT: true,
    })
    frame.replaceChildren(svg)
    highlight()
  }
}

function searchAndFilter() {
  const search = byId('_search')
  const filters = all('.filter')
  let waiting = 0

  search.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(update, 80)
  })
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('button')
    if (!button) return
    if (button.matches('.filter')) press(button, button.getAttribute('aria-pressed') !== 'true')
    else if (button.matches('.tag'))
      for (const filter of filters) press(filter, filter.dataset.tag === button.dataset.tag)
    else if (button.matches('.reset')) reset()
    else return
    update()
  })
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && document.activeElement !== search && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      search.focus()
    } else if (event.key === 'Escape' && document.activeElement === search) {
      reset()
      update()
    }
  })
  addEventListener('hashchange', reveal)
  reveal()

  function press(button, isPressed) {
    button.setAttribute('aria-pressed', String(isPressed))
  }

  function reset() {
    search.value = ''
    for (const filter of filters) press(filter, false)
  }

  /** What comes into view is laid out, and may move what is below it: so it takes a few frames. */
  function comeTo(target, frames) {
    target.scrollIntoView()
    if (frames > 0) requestAnimationFrame(() => comeTo(target, frames - 1))
  }

  /** What a link leads to is shown, whatever the filters say. */
  function reveal() {
    const target = byId(anchorIn(location.hash))
    if (!target) return
    if (target.closest('[hidden]')) {
      reset()
      update()
    }
    comeTo(target, 10)
  }

  function update() {
    const words = wordsOf(search.value)
    const pressed = filters.filter((filter) => filter.getAttribute('aria-pressed') === 'true')
    const statuses = pressed.flatMap(({ dataset }) => dataset.status ?? [])
    const tags = pressed.flatMap(({ dataset }) => dataset.tag ?? [])
    shownRuns = 0
    const isLike = (run) =>
      (statuses.length === 0 || statuses.includes(run.status)) && tags.every((tag) => run.tags.includes(tag))
    for (const scenario of scenarios) {
      const isFound = words.every((word) => textOf(scenario).includes(word))
      const alike = isFound ? scenario.runs.filter(isLike) : []
      scenario.element.hidden = alike.length === 0
      shownRuns += alike.length
      const anchors = new Set(alike.map(({ anchor }) => anchor))
      for (const row of all('[data-row]', scenario.element)) row.hidden = !anchors.has(row.dataset.row)
    }
    showWhatHoldsAny()
    byId('_found').textContent =
      `${shownRuns === total ? '' : `${shownRuns} of `}${total} scenario${total === 1 ? '' : 's'}`
    document.querySelector('.none').hidden = shownRuns > 0
    highlight()
  }

  function showWhatHoldsAny() {
    const isAll = shownRuns === total
    for (const part of all('.rule, .feature')) part.hidden = !isAll && !part.querySelector('.scenario:not([hidden])')
    for (const link of all('[data-feature]')) link.hidden = byId(link.dataset.feature).hidden
    for (const folder of all('.contents li:has(details)').reverse()) {
      folder.hidden = !folder.querySelector('[data-feature]:not([hidden])')
    }
  }
}

function anchorIn(hash) {
  try {
    return decodeURIComponent(hash.slice(1))
  } catch {
    return hash.slice(1)
  }
}

function wordsOf(search) {
  return fold(search)
    .split(/\s+/)
    .filter((word) => word !== '')
}

function fold(text) {
  return text.normalize('NFC').toLowerCase()
}

/** All that a scenario says, its pictures and its feature's name among it; made when it is first searched. */
function textOf(scenario) {
  if (scenario.text === undefined) {
    const { element, runs } = scenario
    const drawn = all('[data-picture]', element).map((frame) => lettersOf(pictures[frame.dataset.picture] ?? ''))
    // Also what is said of its feature and its rule, but not what their other scenarios say.
    const around = ['.feature', '.rule'].flatMap((part) => {
      const holder = element.closest(part)
      return holder ? all(':scope > :not(.scenario, .rule)', holder).map(({ textContent }) => textContent) : []
    })
    const tags = runs.flatMap((run) => run.tags)
    scenario.text = fold([...around, element.textContent, ...drawn, ...tags].join(' '))
  }
  return scenario.text
}

function lettersOf(svg) {
  const entities = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }
  return svg.replace(/<[^>]*>/g, ' ').replace(/&(lt|gt|amp|quot|#39);/g, (_, name) => entities[name])
}

/** Marks what was searched for, where the browser can; once in a frame, however many pictures are drawn. */
function highlight() {
  if (isMarking) return
  isMarking = true
  requestAnimationFrame(() => {
    isMarking = false
    mark()
  })
}

function mark() {
  if (!CSS.highlights) return
  const words = wordsOf(byId('_search').value)
  const ranges = []
  if (words.length > 0) {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node && ranges.length < 2000; node = walker.nextNode()) {
      if (node.parentElement.closest('[hidden]')) continue
      const text = node.data.toLowerCase()
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          if (at + word.length > node.length) break
          const range = new Range()
          range.setStart(node, at)
          range.setEnd(node, at + word.length)
          ranges.push(range)
        }
      }
    }
  }
  CSS.highlights.set('found', new Highlight(...ranges))
}

function copyOnDemand() {
  document.addEventListener('click', async ({ target }) => {
    if (!target.matches('.copy')) return
    const pre = target.parentElement.querySelector('pre')
    getSelection().selectAllChildren(pre)
    const isCopied = await navigator.clipboard?.writeText(pre.textContent).then(
      () => true,
      () => false,
    )
    target.textContent = isCopied ? 'Copied' : 'Press Ctrl+C'
  })
}
