/** A step of Cucumber's as a sentence, with its location in the feature. */

import type { ITestStepHookParameter } from '@cucumber/cucumber'
import type { Feature } from '@cucumber/messages'
import type { Sentence } from '../conversation/conversation'

type GherkinDocument = ITestStepHookParameter['gherkinDocument']
type PickleStep = ITestStepHookParameter['pickleStep']

/** A step as a sentence; its location is looked up when it is needed, as few are. */
export class StepSentence implements Sentence {
  readonly text: string
  readonly mediaType: string | undefined
  // Private to the language, so that a sentence that is logged does not log the whole feature.
  readonly #step: PickleStep
  readonly #document: GherkinDocument

  constructor(step: PickleStep, document: GherkinDocument) {
    this.text = step.text
    this.mediaType = step.argument?.docString?.mediaType
    this.#step = step
    this.#document = document
  }

  get location(): string {
    return locationOf(this.#step, this.#document)
  }
}

/** What of a step, and of the table below it, names a schema. */
export function textsWithSchemas({ text, argument }: PickleStep): string[] {
  const cells = argument?.dataTable?.rows.flatMap((row) => row.cells.map(({ value }) => value)) ?? []
  return [text, ...cells].filter(mayNameSchema)
}

/** Whether a text may name a schema. */
export function mayNameSchema(text: string): boolean {
  return text.includes('valid against ')
}

const linesByDocument = new WeakMap<GherkinDocument, Map<string, number>>()

/** The location of a step: `features/chat.feature:12`. */
export function locationOf(step: PickleStep, document: GherkinDocument): string {
  const lines = linesByDocument.get(document) ?? stepLines(document)
  return `${document.uri}:${lines.get(step.astNodeIds[0] as string)}`
}

function stepLines(document: GherkinDocument): Map<string, number> {
  const { feature } = document
  const children = (feature as Feature).children.flatMap((child) => [child, ...(child.rule?.children ?? [])])
  const steps = children.flatMap(({ background, scenario }) => [
    ...(background?.steps ?? []),
    ...(scenario?.steps ?? []),
  ])
  const lines = new Map(steps.map(({ id, location }) => [id, location.line]))
  linesByDocument.set(document, lines)
  return lines
}
