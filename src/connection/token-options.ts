/** Where the token of a client stands when it connects. */

import { UsageError } from '../errors'
import type { ConnectOptions } from './connection-target'

/**
 * What a client connects with that has a token.
 * @param template the setting: `${token}` in it is where the token stands
 * @throws UsageError without that setting
 */
export function tokenOptions(
  template: Omit<ConnectOptions, 'to'> | undefined,
  token: string,
): Omit<ConnectOptions, 'to'> {
  if (template === undefined) {
    throw new UsageError(
      "Where a token stands is not known. Write to worldParameters.websocket: token: { headers: { Authorization: 'Bearer ${token}' } }, " +
        'or the same with parameters, cookies or subprotocols.',
    )
  }
  return fill(template, token)
}

function fill<T>(value: T, token: string): T {
  if (typeof value === 'string') return value.replaceAll('${token}', () => token) as T
  if (Array.isArray(value)) return value.map((item) => fill(item, token)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, token)])) as T
}
