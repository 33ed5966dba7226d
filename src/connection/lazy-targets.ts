/** Where connections and requests go, loaded when it is first needed. */

import { lazyFunctions } from '../lazy-functions'
import type * as ConnectionTarget from './connection-target'

export const { connectionTarget, httpTarget } = lazyFunctions<typeof ConnectionTarget>(() =>
  require('./connection-target'),
)
