/** All sentences of the library; none of them does anything. What they take is Cucumber's own. */

require('./define-vocabulary.cjs')()
