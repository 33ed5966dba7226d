/** Sentences for values that are too long to be written down in a feature. */

import { Given, type IWorld } from '@cucumber/cucumber'
import { conversationOf } from '../../src'

const LINE = 'One more line of a letter that is much too long already. '

Given('{string} stands for a text of {int} characters', function (this: IWorld, name: string, length: number) {
  conversationOf(this).variables.set(name, LINE.repeat(Math.ceil(length / LINE.length)).slice(0, length))
})
