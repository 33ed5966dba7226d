/** No protocol at all: each frame is a message, whose content a codec may read. */

import { requireOptions } from '../arguments'
import type { Protocol } from '../protocol/protocol'

export const protocol: Protocol = {
  name: 'plain',
  isVerbatim: true,
  topics: false,
  events: false,
  open({ send }, options) {
    requireOptions('the protocol plain', options, {})
    return { received: (frame) => [frame], send }
  },
}
