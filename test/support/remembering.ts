/** Variables whose values a server has sent. */

import { Variables } from '../../src/variables/variables'

export function remembering(values: Record<string, unknown>): Variables {
  const variables = new Variables()
  for (const [name, value] of Object.entries(values)) variables.remember(name, value)
  return variables
}
