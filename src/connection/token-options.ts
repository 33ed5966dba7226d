/** Where the token of a client stands when it connects. */

import { UsageError } from '../errors'
import { mapInner } from '../json/json-value'
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
  const fill = (value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll('${token}', () => token) : mapInner(value, fill)
  return fill(template) as Omit<ConnectOptions, 'to'>
}
