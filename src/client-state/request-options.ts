/** The options of a request, and what each should be. */

import { BODY, DURATION, NAMED_TEXTS, type OptionKinds } from '../arguments'

/** For `requireOptions`. */
export const REQUEST_OPTIONS: OptionKinds = {
  ...{ headers: NAMED_TEXTS, parameters: NAMED_TEXTS, cookies: NAMED_TEXTS },
  ...{ body: BODY, after: DURATION, within: DURATION },
}
