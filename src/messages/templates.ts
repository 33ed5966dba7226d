/** How phrases travel: through templates, which may have variables beside the phrase. */

import { hasVariables, looksLikeJson, parseJson, quoteVariables } from '../json/json-text'
import { escapeForJson, PHRASE, type Template, validateTemplate } from '../matching/phrase-matcher'
import type { Variables } from './variables'

/**
 * How phrases travel; without a template a phrase is the whole text.
 * @example conversation.phrases.sent = { message: '${phrase}' }
 */
export interface PhraseTemplates {
  /** To the server. */
  sent?: unknown
  /** From the server. */
  received?: unknown
}

/**
 * Parses a template: JSON where it looks like JSON, else a text.
 * @throws UsageError if it has no place for the phrase, or looks like JSON and is not valid
 */
export function parseTemplate(source: unknown, options: { readonly isExpected: boolean }): Template {
  const template = typeof source === 'string' && looksLikeJson(source) ? parseJson(quoteVariables(source)) : source
  validateTemplate(template, options)
  return template
}

/** The template from which a phrase is read, with its other variables filled in. */
export function receivingTemplate({ received: template }: PhraseTemplates, variables: Variables): Template | undefined {
  if (template === undefined || !hasOtherVariables(template)) return template
  const filled = fillTemplate(template, variables.with({ phrase: PHRASE }))
  return typeof template === 'string' ? filled : JSON.parse(filled)
}

/** A phrase as it travels to the server. */
export function renderPhrase(phrase: string, { sent: template }: PhraseTemplates, variables: Variables): string {
  if (template === undefined) return phrase
  if (hasOtherVariables(template)) return fillTemplate(template, variables.with({ phrase }))
  return templateText(template).replace(PHRASE, () => (typeof template === 'string' ? phrase : escapeForJson(phrase)))
}

function hasOtherVariables(template: Template): boolean {
  return hasVariables(templateText(template).replace(PHRASE, ''))
}

function fillTemplate(template: Template, variables: Variables): string {
  return typeof template === 'string' ? variables.fill(template) : variables.fillJson(templateText(template))
}

function templateText(template: Template): string {
  return typeof template === 'object' ? JSON.stringify(template) : String(template)
}
