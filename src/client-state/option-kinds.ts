/** What the options of a client's methods should be, for `requireOptions`. */

import { BODY, DURATION, FLAG, NAMED_TEXTS, NUMBER, type OptionKinds, TEXT, TEXTS } from '../arguments'

export const WAIT_OPTIONS: OptionKinds = { within: DURATION }
export const DISCONNECTION_OPTIONS: OptionKinds = { ...WAIT_OPTIONS, code: NUMBER, reason: TEXT }
export const ANSWER_OPTIONS: OptionKinds = { ...WAIT_OPTIONS, isError: FLAG }
export const REPLY_OPTIONS: OptionKinds = { isError: FLAG }
export const SEND_OPTIONS: OptionKinds = { after: DURATION, times: NUMBER }
export const SOURCE_LOCATION: OptionKinds = { location: TEXT, pronoun: TEXT }
export const CONNECT_OPTIONS: OptionKinds = {
  ...{ to: TEXT, parameters: NAMED_TEXTS, headers: NAMED_TEXTS },
  ...{ cookies: NAMED_TEXTS, subprotocols: TEXTS },
}
export const REQUEST_OPTIONS: OptionKinds = {
  ...{ headers: NAMED_TEXTS, parameters: NAMED_TEXTS, cookies: NAMED_TEXTS },
  ...{ body: BODY, after: DURATION, within: DURATION },
}
