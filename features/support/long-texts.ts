/** A sentence for texts that are too long to be written down in a feature. */

import { Given, type IWorld } from '@cucumber/cucumber'
import { conversationOf } from '../../src'

const LINE = 'It was the best of times, it was the worst of times. '

Given('{string} stands for a text of {int} characters', function (this: IWorld, name: string, length: number) {
  conversationOf(this).variables.set(name, LINE.repeat(Math.ceil(length / LINE.length)).slice(0, length))
})
