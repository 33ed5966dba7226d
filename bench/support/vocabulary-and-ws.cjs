/** The same, and the library without which nobody connects. */

require('./vocabulary.cjs')
require('ws')
