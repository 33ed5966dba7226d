/** All sentences of the library, none of which does anything, and ws: without these two nothing can start. */

require('./vocabulary.cjs')
require('ws')
