/** How phrases travel: through templates, which may have variables beside the phrase. */

import { escapeForJson, hasVariables, looksLikeJson, parseJson, quoteVariables, stringifyJson } from '../json/json-text'
import { isContainer, mapInner } from '../json/json-value'
import { requireNoMarker } from '../matching/markers'
import { PHRASE, type Template, validateTemplate } from '../matching/phrase-matcher'
import { escapePattern } from '../variables/fill-in-place'
import { objectOfFilled } from '../variables/filled-members'
import type { Variables } from '../variables/variables'

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
  const template =
    typeof source === 'string' && looksLikeJson(source)
      ? parseJson(quoteVariables(source), { keepSpelling: true })
      : source
  validateTemplate(template, options)
  return template
}

/** The template from which a phrase is read, with its other variables filled in. */
export function receivingTemplate({ received: template }: PhraseTemplates, variables: Variables): Template | undefined {
  if (template === undefined || !analyse(template).hasOtherVariables) return template
  const all = variables.with({ phrase: PHRASE })
  const filled = typeof template === 'string' ? all.fill(template) : fillExpected(template, all)
  // A value may look like the place of the phrase.
  validateTemplate(filled)
  return filled
}

/** A template whose values are neither markers nor other places for the phrase. */
function fillExpected(template: unknown, variables: Variables): Template {
  if (Array.isArray(template)) return template.map((item) => fillExpected(item, variables))
  if (isContainer(template)) {
    const members = Object.entries(template)
    return objectOfFilled(members.map(([name, value]) => [variables.fill(name), fillExpected(value, variables)]))
  }
  if (typeof template !== 'string' || !hasVariables(template)) return template
  const filled = parseJson(variables.fillJson(JSON.stringify(template)))
  return template.includes(PHRASE) ? filled : withoutMarkers(filled)
}

/** A value whose texts are not markers. */
function withoutMarkers(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('#') ? `#regex ^${escapePattern(value)}$` : value
  return mapInner(value, withoutMarkers)
}

/**
 * A phrase as it travels to the server.
 * @throws UsageError if the template has a marker
 */
export function renderPhrase(phrase: string, { sent: template }: PhraseTemplates, variables: Variables): string {
  if (template === undefined) return phrase
  const { before, after, hasOtherVariables, mayHaveMarkers } = analyse(template)
  if (mayHaveMarkers) requireNoMarker(template)
  if (hasOtherVariables) return fillTemplate(template, variables.with({ phrase }))
  return before + (typeof template === 'string' ? phrase : escapeForJson(phrase)) + after
}

function fillTemplate(template: Template, variables: Variables): string {
  if (typeof template === 'string') return variables.fill(template)
  const filled = variables.fillJson(stringifyJson(template, 'template'))
  // Variables may make two names the same.
  parseJson(filled)
  return filled
}

/** The text of a template around its phrase. */
interface TemplateText {
  readonly before: string
  readonly after: string
  readonly hasOtherVariables: boolean
  readonly mayHaveMarkers: boolean
}

const analysed = new WeakMap<object, TemplateText>()

/** Analyses a template; the result of JSON is kept, as it is needed twice for each phrase of a scenario. */
function analyse(template: Template): TemplateText {
  const known = isContainer(template) ? analysed.get(template) : undefined
  if (known) return known
  const text = isContainer(template) ? stringifyJson(template, 'template') : String(template)
  const [before = '', after = ''] = text.split(PHRASE)
  const result = {
    ...{ before, after, hasOtherVariables: hasVariables(before) || hasVariables(after) },
    mayHaveMarkers: isContainer(template) && text.includes('"#'),
  }
  if (isContainer(template)) analysed.set(template, result)
  return result
}
