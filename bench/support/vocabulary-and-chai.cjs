/** All sentences of the library, none of which does anything, with chai, on which its failures are built. */

require('./vocabulary.cjs')
require('chai')
