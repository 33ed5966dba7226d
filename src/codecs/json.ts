/** Content as it is, which is mostly JSON. */

import { requireOptions } from '../arguments'
import type { Codec } from '../protocol/codec'

export const codec: Codec = {
  name: 'json',
  isVerbatim: true,
  open(_connection, options) {
    requireOptions('the codec json', options, {})
    return { decode: (payload) => [payload], encode: (content) => content }
  },
}
