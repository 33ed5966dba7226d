/** All sentences of the library, none of which does anything, with ws and chai, on which it is built. */

require('./vocabulary.cjs')
require('ws')
require('chai')
