/** All sentences of the library, none of which does anything, and ws. */

require('./vocabulary.cjs')
require('ws')
