/** Addresses within a page: readable, the same in each run, and each given once. */

/** Gives an address made of names; one that was given before gets a number. */
export function createAnchors(): (...names: string[]) => string {
  const given = new Set<string>()
  return (...names) => {
    const wanted = names.map(slug).join('--') || 'nameless'
    let anchor = wanted
    for (let number = 2; given.has(anchor); number++) anchor = `${wanted}-${number}`
    given.add(anchor)
    return anchor
  }
}

function slug(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
