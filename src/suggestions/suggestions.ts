/** What a step that no sentence answers may have meant: the nearest sentences, in the writer's own words. */

import { keepsAll, normalise } from '../rephrasings/normalise'
import { agree, rephrase } from '../rephrasings/rephrase'
import { adviceFor } from './advice'
import { align, type FitParameter, type Guess, MAX_COST } from './alignment'
import { isNobody, namesNobody } from './nobody'
import { formsOf } from './sentence-form'
import { splitStep } from './step-words'

/** A sentence that is defined; RegExp patterns among them are passed over. */
export interface Definition {
  readonly pattern: string | RegExp
  readonly expression: {
    readonly parameterTypes?: readonly {
      readonly name?: string | undefined
      readonly regexpStrings: readonly string[]
    }[]
    match(text: string): unknown
  }
}

/** How many are shown. */
const MAX_SUGGESTIONS = 3

/** How much more than the nearest one another one may cost. */
const COST_MARGIN = 0.3

/** A step of more words is not looked at. */
const MAX_WORDS = 60

const ARGUMENT_COST = 0.1

/** A step that no sentence matches. */
interface UndefinedStep {
  readonly text: string
  /** Whether a table or a doc string stands below it. */
  readonly hasArgument: boolean
}

/** What to write instead of a step: sentences, the nearest first, or else one line of advice; neither for one about something else. */
export interface Answer {
  readonly sentences: readonly string[]
  readonly advice?: string | undefined
}

/** What a step that no sentence matches may have meant. */
export function answerTo({ text, hasArgument }: UndefinedStep, definitions: readonly Definition[]): Answer {
  const step = normalise(text)
  const same = agree(step)
  if (same !== text && isDefined(same, definitions) && !namesNobody(same)) return { sentences: [same] }
  for (const { sentences, advice, isLoose } of rephrase(step)) {
    if (advice !== undefined) return { sentences: [], advice }
    const meant = sentences.filter(
      (sentence) => isDefined(sentence, definitions) && !namesNobody(sentence) && (isLoose || keepsAll(step, sentence)),
    )
    if (meant.length > 0) return { sentences: meant }
  }
  const certain = adviceFor(step, { isCertain: true })
  if (certain !== undefined) return { sentences: [], advice: certain }
  const sentences = aligned({ text: step, hasArgument }, definitions)
  return { sentences, advice: sentences.length > 0 ? undefined : adviceFor(step) }
}

/** The nearest sentences, the nearest first; none if nothing is near. */
export function suggestionsFor(step: UndefinedStep, definitions: readonly Definition[]): readonly string[] {
  return answerTo(step, definitions).sentences
}

/** Whether each sentence is defined; rows below them are passed over. */
function isDefined(sentences: string, definitions: readonly Definition[]): boolean {
  return sentences
    .replace(/"""[\s\S]*"""/, '')
    .split('\n')
    .every(
      (line) =>
        /^(?: *\||$)/.test(line) ||
        definitions.some(({ pattern, expression }) => typeof pattern === 'string' && expression.match(line) !== null),
    )
}

function aligned({ text, hasArgument }: UndefinedStep, definitions: readonly Definition[]): string[] {
  const words = splitStep(text, MAX_WORDS)
  if (words === undefined) return []
  const fitting = parameterFitter(definitions)
  const guesses = new Map<string, number>()
  for (const definition of definitions) {
    if (typeof definition.pattern !== 'string') continue
    for (const form of formsOf(definition.pattern)) {
      const guess = align(words, form, fitting)
      if (!guess || definition.expression.match(guess.text) === null) continue
      const cost = guess.cost + (guess.text.endsWith(':') === hasArgument ? 0 : ARGUMENT_COST)
      guesses.set(guess.text, Math.min(cost, guesses.get(guess.text) ?? cost))
    }
  }
  const ranked = [...guesses]
    .filter(([sentence]) => isDenied(sentence) === isDenied(text) && !namesNobody(sentence) && keepsAll(text, sentence))
    .sort(([, one], [, other]) => one - other)
  const limit = Math.min(MAX_COST, (ranked[0]?.[1] ?? 0) + COST_MARGIN)
  return ranked
    .filter(([, cost]) => cost <= limit)
    .slice(0, MAX_SUGGESTIONS)
    .map(([sentence]) => sentence)
}

/** Whether a step denies something: a suggestion that does not, or the other way round, says the contrary. */
function isDenied(text: string): boolean {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|\{.*\}/g, '')
  return /\b(?:not|never|nobody|no|none|nothing|neither|without|cannot|silence)\b|n['’]t\b/i.test(bare)
}

/** What a text is in a place; the places of one name are the same in all sentences. */
function parameterFitter(definitions: readonly Definition[]): FitParameter {
  const types = new Map<string, RegExp>()
  for (const { name = '', regexpStrings } of definitions.flatMap(({ expression }) => expression.parameterTypes ?? [])) {
    if (!types.has(name)) types.set(name, new RegExp(`^(?:${regexpStrings.join('|')})$`))
  }
  const known = new Map<string, Guess | undefined>()
  return (parameter, text) => {
    const key = `${parameter} ${text}`
    if (!known.has(key)) {
      const guesses = [{ text, cost: 0 }, ...corrections(parameter, text)].filter(
        (guess) => !/^clients?$/.test(parameter) || !isNobody(guess.text),
      )
      known.set(
        key,
        guesses.find((guess) => types.get(parameter)?.test(guess.text)),
      )
    }
    return known.get(key)
  }
}

/** What a text may become so that it fits a place. */
function* corrections(parameter: string, text: string): Iterable<Guess> {
  if (parameter === 'message' || parameter === 'string') {
    const curly = /^[“”„«»‘’‚‹›](.*)[“”„«»‘’‚‹›]$/s.exec(text)?.[1]
    const [, kind, part] = /^(?:a )?message (containing|matching) ([^"]+)$/.exec(text) ?? []
    if (curly !== undefined) yield { text: `"${curly}"`, cost: 0.1 }
    else if (part !== undefined) yield { text: `a message ${kind} "${part}"`, cost: 0.4 }
    else if ((parameter === 'string' ? IS_NAME : IS_PHRASE).test(text) && !NO_PHRASE.test(text)) {
      yield { text: `"${text}"`, cost: 0.45 }
    }
  }
  if (parameter === 'client' || parameter === 'clients') {
    const member = /^(?:each|all|every)(?: of)?(?: the)? (\w+?)s?$/.exec(text)?.[1]
    if (text === 'all') yield { text: 'everyone', cost: 0.3 }
    else if (member !== undefined && text !== `every ${member}`) yield { text: `every ${member}`, cost: 0.3 }
    else if (/^(?!nobody|none|noone|only|nothing|anything|when)[a-z]{2,}$/.test(text))
      yield { text: text.replace(/^./, (first) => first.toUpperCase()), cost: 0.5 }
  }
}

/** A phrase whose quotes were forgotten: it begins like a text, and says nothing of time or number. */
const IS_PHRASE =
  /^(?!.*\b(?:within|every|times|after|before|for|than|with|from|at|that|who|and)\b)\p{Lu}[^,;:"'{}[\]]{0,40}$/u

/** A name whose quotes were forgotten; `connected`, `thrown` and `offline` are none. */
const IS_NAME = /^(?!.*(?:ed|own|line|ly|ing)$|twice$|once$|again$|code$|reason$)[\w-]+$/

/** What begins like this is not a phrase whose quotes were forgotten. */
const NO_PHRASE =
  /^(?:nothing|no|none|not|never|at|exactly|only|these|those|the|a|an|any|all|every|file|bytes|messages?)\b/i
