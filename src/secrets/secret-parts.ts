/** The parts of headers, addresses and JSON that are secret by themselves. */

/** The credentials after `Bearer`, the values of cookies, or each subprotocol. */
export function secretParts(header: string, value: string): string[] {
  if (header === 'cookie') return cookieValues(value.split(';'))
  if (header === 'set-cookie') return cookieValues(value.split('\n').map((line) => line.split(';')[0] as string))
  if (header === 'sec-websocket-protocol') return value.split(/,\s*/)
  return value.split(/^\w+ (?=\S+$)/)
}

function cookieValues(cookies: readonly string[]): string[] {
  const values = cookies.map((cookie) => cookie.slice(cookie.indexOf('=') + 1).trim())
  return values.flatMap((value) => [value, percentDecode(value)])
}

/** The texts and numbers in a value; the others have nothing to hide. A number is also known in its digits. */
export function* leafTexts(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'number') {
    yield String(value)
    if (Number.isInteger(value)) yield value.toLocaleString('en-US', { useGrouping: false })
  } else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) yield* leafTexts(inner)
  }
}

/** The password in an address, also in one that is not valid, but was meant to be. */
export function passwordOf(address: string): string {
  if (!address.includes('@')) return ''
  if (URL.canParse(address)) return new URL(address).password
  const [beforeQuery = ''] = address.split(/[?#]/)
  const user = beforeQuery.slice(0, Math.max(beforeQuery.lastIndexOf('@'), 0)).replace(/^\s*[a-z][a-z\d+.-]*:\/*/i, '')
  return user.slice(user.indexOf(':') + 1 || user.length)
}

/** Decodes a part of an address; one that is not validly encoded stays as it is. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
