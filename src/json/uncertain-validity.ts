/** What is thrown where the numbers of JavaScript do not tell whether a message is valid. */

import { UsageError } from '../errors'

/** A message may be valid or not: it depends on a number that JavaScript cannot hold. */
export class UncertainValidity extends UsageError {}
