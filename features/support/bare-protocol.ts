/** Messages without a protocol, as one that has a name: for scenarios that take the protocol from a table. */

import { defineProtocol } from '../../src'

defineProtocol({
  name: 'bare JSON',
  open: ({ send }) => ({ received: (frame) => [frame], send }),
})
