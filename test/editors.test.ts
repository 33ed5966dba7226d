/** What an editor finds when `cucumber.glue` names the package's sources, held against what Cucumber registers. */

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  buildSuggestions,
  CucumberExpressions,
  ExpressionBuilder,
  type ExpressionBuilderResult,
  getGherkinCompletionItems,
  getStepDefinitionLocationLinks,
  jsSearchIndex,
  parseGherkinDocument,
  type Suggestion,
} from '@cucumber/language-service'
import { WasmParserAdapter } from '@cucumber/language-service/wasm'
import { expect } from 'chai'
import { registerVocabulary } from './support/vocabulary'

type Feature = NonNullable<NonNullable<ReturnType<typeof parseGherkinDocument>['gherkinDocument']>['feature']>
type Step = NonNullable<Feature['children'][number]['scenario']>['steps'][number]
type ParameterTypes = Iterable<{ name?: string | undefined; regexpStrings: readonly string[] }>

const root = dirname(__dirname)

describe('Editor', function () {
  this.timeout(30_000)

  const { stepDefinitions, parameterTypeRegistry } = registerVocabulary(root)
  const sentences = stepDefinitions.map(({ pattern }) => String(pattern))
  const builtInTypes = new CucumberExpressions.ParameterTypeRegistry()
  const ownTypes = [...parameterTypeRegistry.parameterTypes]
    .map(({ name }) => name)
    .filter((name) => name !== undefined && !builtInTypes.lookupByTypeName(name))
  const manual = stepsOfManual().map(({ step, source }) => {
    const definitions = stepDefinitions.filter(({ expression }) => expression.match(step.text))
    return { step, source, places: definitions.map(({ uri, line }) => `${uri}:${line}`) }
  })

  let found: ExpressionBuilderResult

  before('reads the sources as the extension for VS Code does', async () => {
    const parser = new WasmParserAdapter(join(root, 'node_modules/@cucumber/language-service/dist'))
    await parser.init()
    found = new ExpressionBuilder(parser).build(packedSources(), [])
  })

  it('reads the sources without an error', () => {
    expect(found.errors).to.deep.equal([])
  })

  it(`finds all ${sentences.length} sentences, each once, and nothing else`, () => {
    expect(found.expressionLinks.map(({ expression }) => expression.source)).to.have.members(sentences)
  })

  it(`finds all ${ownTypes.length} parameter types, each once, with the patterns that Cucumber uses`, () => {
    expect(found.parameterTypeLinks.map(({ parameterType }) => parameterType.name)).to.have.members(ownTypes)
    const patterns = (types: ParameterTypes) =>
      Object.fromEntries(
        [...types].flatMap(({ name, regexpStrings }) => (ownTypes.includes(name) ? [[name, regexpStrings]] : [])),
      )
    expect(patterns(found.registry.parameterTypes)).to.deep.equal(patterns(parameterTypeRegistry.parameterTypes))
  })

  describe('going to a definition', () => {
    const answered = manual.filter(({ places }) => places.length > 0)
    let reached: string[][]

    before('starts from every step of the manual', () => {
      reached = manual.map(({ step, source }) => definitionsOf(step, source))
    })

    it(`leads ${answered.length} steps of the manual to the line of their sentence, and to one alone`, () => {
      expect(reached).to.deep.equal(manual.map(({ places }) => places))
      expect(reached.filter((places) => places.length > 1)).to.be.empty
    })

    it(`leads to each of the ${sentences.length} sentences`, () => {
      expect([...new Set(reached.flat())]).to.have.members(stepDefinitions.map(({ uri, line }) => `${uri}:${line}`))
    })
  })

  describe('completing', () => {
    let inNewProject: readonly Suggestion[]
    let besideManual: readonly Suggestion[]

    before('learns what stands in the places of sentences from the features of the project', () => {
      const expressions = found.expressionLinks.map(({ expression }) => expression)
      const texts = manual.map(({ step }) => step.text)
      inNewProject = buildSuggestions(found.registry, [], expressions)
      besideManual = buildSuggestions(found.registry, texts, expressions)
    })

    it(`offers each of the ${sentences.length} sentences for its first words, in a project without features yet`, () => {
      const complete = completion(inNewProject)
      expect(sentences.filter((sentence) => !complete(firstWords(sentence)).includes(sentence))).to.deep.equal([])
    })

    it('offers a sentence for the beginnings of its words', () => {
      const complete = completion(inNewProject)
      expect(complete('rece')).to.include('{clients} receive(s)/get(s)/see(s) {message}')
      expect(complete('serv is at')).to.include('the server is at {string}')
      expect(complete('nobody el')).to.deep.equal(['nobody else receives/gets/sees {message}'])
      expect(complete('quack')).to.be.empty
    })

    it('offers a sentence for a name that stands in a feature and the beginning of a word', () => {
      const complete = completion(besideManual)
      expect(complete('Rob rec')).to.include('{clients} receive(s)/get(s)/see(s) {message}')
      expect(complete('Rob rec')).not.to.include('{clients} send(s)/say(s) {message}( to the server)')
      expect(complete('Ann sen')).to.include('{clients} send(s)/say(s) {message}( to the server)')
    })

    it(`inserts a step that the sentence answers, and no other, for each of the ${sentences.length}`, () => {
      const insertions = besideManual.filter(({ matched }) => matched)
      expect(insertions.map(({ label }) => label)).to.have.members(sentences)
      for (const { label, segments } of insertions) {
        const text = segments.map((segment) => (typeof segment === 'string' ? segment : segment[0])).join('')
        const answering = stepDefinitions.filter(({ expression }) => expression.match(text))
        expect(
          answering.map(({ pattern }) => pattern),
          text,
        ).to.deep.equal([label])
      }
    })
  })

  /** The places that an editor goes to from this step, as `file:line`. */
  function definitionsOf({ location }: Step, source: string): string[] {
    const position = { line: location.line - 1, character: location.column ?? 0 }
    return getStepDefinitionLocationLinks(source, position, found.expressionLinks).map(
      ({ targetUri, targetRange }) => `${relative(root, fileURLToPath(targetUri))}:${targetRange.start.line + 1}`,
    )
  }
})

/** What `node_modules/cucumber-websocket/src/**\/*.ts` finds in a user's project: all but the tests, which are not packed. */
function packedSources() {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(root, 'src', file))
    .map((path) => ({
      languageName: 'tsx' as const,
      uri: pathToFileURL(path).href,
      content: readFileSync(path, 'utf8'),
    }))
}

function stepsOfManual(): { step: Step; source: string }[] {
  const folders = ['features/vocabulary', 'features/asyncapi'].map((folder) => join(root, folder))
  const files = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
  return files.flatMap((file) => {
    const source = readFileSync(file, 'utf8')
    const feature = parseGherkinDocument(source).gherkinDocument?.feature
    return feature ? stepsOf(feature).map((step) => ({ step, source })) : []
  })
}

function stepsOf({ children }: Pick<Feature, 'children'>): Step[] {
  return children.flatMap(({ rule, background, scenario }) =>
    rule ? stepsOf(rule) : ((background ?? scenario)?.steps ?? []),
  )
}

/** Gives what an editor offers when this is typed as a step. */
function completion(suggestions: readonly Suggestion[]): (typed: string) => string[] {
  const index = jsSearchIndex(suggestions)
  return (typed) => {
    const source = `Feature: Any\n  Scenario: Any\n    When ${typed}`
    const position = { line: 2, character: `    When ${typed}`.length }
    return getGherkinCompletionItems(source, position, index).map(({ label }) => label)
  }
}

/** The first two words that a sentence has of its own: `is connected`, `receive a`. */
function firstWords(sentence: string): string {
  const own = sentence.replace(/\{\w*\}|\([^)]*\)/g, ' ').replace(/\/\w+/g, '')
  return own.trim().split(/\s+/).slice(0, 2).join(' ')
}
