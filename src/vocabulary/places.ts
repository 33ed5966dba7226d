/** Where a sentence stands in its feature. */

import type { ITestStepHookParameter } from '@cucumber/cucumber'
import type { Feature } from '@cucumber/messages'
import type { Sentence } from '../conversation/conversation'

type GherkinDocument = ITestStepHookParameter['gherkinDocument']
type PickleStep = ITestStepHookParameter['pickleStep']

/** A step as a sentence; where it stands is looked up when it is asked for, as few are. */
export class StepSentence implements Sentence {
  readonly text: string
  readonly mediaType: string | undefined
  // Hidden, so that who logs a sentence does not log the whole feature.
  readonly #step: PickleStep
  readonly #document: GherkinDocument

  constructor(step: PickleStep, document: GherkinDocument) {
    this.text = step.text
    this.mediaType = step.argument?.docString?.mediaType
    this.#step = step
    this.#document = document
  }

  get place(): string {
    return placeOf(this.#step, this.#document)
  }
}

const linesOfDocuments = new WeakMap<GherkinDocument, Map<string, number>>()

/** The place of a sentence: `features/chat.feature:12`. */
export function placeOf(step: PickleStep, document: GherkinDocument): string {
  const lines = linesOfDocuments.get(document) ?? linesOf(document)
  return `${document.uri}:${lines.get(step.astNodeIds[0] as string)}`
}

function linesOf(document: GherkinDocument): Map<string, number> {
  const { feature } = document
  const children = (feature as Feature).children.flatMap((child) => [child, ...(child.rule?.children ?? [])])
  const steps = children.flatMap(({ background, scenario }) => [
    ...(background?.steps ?? []),
    ...(scenario?.steps ?? []),
  ])
  const lines = new Map(steps.map(({ id, location }) => [id, location.line]))
  linesOfDocuments.set(document, lines)
  return lines
}
