/** Cucumber's functions that define steps, for the sentences of the vocabulary: they can be translated then. */

import * as cucumber from '@cucumber/cucumber'
import { recorded } from '../translation'

export const Given = recorded(cucumber.Given)
export const When = recorded(cucumber.When)
export const Then = recorded(cucumber.Then)
