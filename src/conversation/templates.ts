/** How phrases travel: through templates, which may have variables beside the phrase. */

import { checkTemplate, inJson, PHRASE, type Template } from '../matching/phrase'
import { hasVariables, looksLikeJson, parseJson, withQuotedVariables } from './json-text'
import type { Variables } from './variables'

/** How phrases travel; without a template a phrase is the whole text. */
export interface Phrases {
  sent?: Template
  received?: Template
}

/**
 * A template as it is written: JSON where it is JSON, else a text.
 * @throws Mistake if it has no place for the phrase, or is no JSON though it looks like it
 */
export function templateOf(written: unknown, isExpected: boolean): Template {
  const template =
    typeof written === 'string' && looksLikeJson(written) ? parseJson(withQuotedVariables(written)) : written
  checkTemplate(template, isExpected)
  return template
}

/** The template through which a phrase is read back, with its other variables filled in. */
export function expectedTemplate({ received: template }: Phrases, variables: Variables): Template | undefined {
  if (template === undefined || !hasOtherVariables(template)) return template
  const filled = fillTemplate(template, variables.with({ phrase: PHRASE }))
  return typeof template === 'string' ? filled : JSON.parse(filled)
}

/** A phrase as it travels to the server. */
export function outgoingPhrase(said: string, { sent: template }: Phrases, variables: Variables): string {
  if (template === undefined) return said
  if (hasOtherVariables(template)) return fillTemplate(template, variables.with({ phrase: said }))
  return writtenOf(template).replace(PHRASE, () => (typeof template === 'string' ? said : inJson(said)))
}

function hasOtherVariables(template: Template): boolean {
  return hasVariables(writtenOf(template).replace(PHRASE, ''))
}

function fillTemplate(template: Template, variables: Variables): string {
  return typeof template === 'string' ? variables.fill(template) : variables.fillJson(writtenOf(template))
}

const writtenTemplates = new WeakMap<object, string>()

/** A template as text; one of JSON is written once, as it stands for each phrase of a scenario. */
function writtenOf(template: Template): string {
  if (typeof template !== 'object' || template === null) return String(template)
  const written = writtenTemplates.get(template) ?? JSON.stringify(template)
  writtenTemplates.set(template, written)
  return written
}
