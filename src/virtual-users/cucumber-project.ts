/** Cucumber, its configuration and the support code of a project. */

import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as Cucumber from '@cucumber/cucumber'
import type * as CucumberApi from '@cucumber/cucumber/api'
import type { Envelope, GherkinDocument, Location, Pickle, PickleTable, TestStepResult } from '@cucumber/messages'
import { UsageError } from '../errors'

type Code = (...args: unknown[]) => unknown

/** What hooks and step definitions have in common. */
interface Definition {
  readonly code: Code
  readonly options: { readonly timeout?: number | undefined }
  readonly uri: string
  readonly line: number
}

/** An argument of a sentence: its text, until a World makes a value of it. */
export interface SentenceArgument {
  getValue(world: object): unknown
}

/** A step definition. */
export interface StepDefinition extends Definition {
  readonly expression: { match(text: string): readonly SentenceArgument[] | null; readonly source: string }
}

/** A hook of a scenario, or of its steps. */
export interface HookDefinition extends Definition {
  appliesToTestCase(pickle: Pickle): boolean
}

/** The support code that Cucumber has loaded. */
export interface SupportCode {
  readonly stepDefinitions: readonly StepDefinition[]
  readonly beforeTestCaseHookDefinitions: readonly HookDefinition[]
  readonly afterTestCaseHookDefinitions: readonly HookDefinition[]
  readonly beforeTestStepHookDefinitions: readonly HookDefinition[]
  readonly afterTestStepHookDefinitions: readonly HookDefinition[]
  readonly beforeTestRunHookDefinitions: readonly Definition[]
  readonly afterTestRunHookDefinitions: readonly Definition[]
  readonly defaultTimeout: number
  readonly World: new (options: object) => object
}

/** A scenario of a feature, and where it is. */
export interface PlannedPickle {
  readonly pickle: Pickle
  readonly document: GherkinDocument
  readonly location: string
}

/** Runs what belongs to a World, or to a run, so that Cucumber's `world` and `context` are known in it. */
interface Scopes {
  runInTestCaseScope<T>(store: { readonly world: object }, work: () => T): Promise<Awaited<T>>
  runInTestRunScope<T>(store: { readonly context: object }, work: () => T): Promise<Awaited<T>>
}

/** Reads what is attached, and refuses what cannot be. */
interface Attaching {
  default: new (
    onAttachment: () => void,
  ) => {
    readonly create: Cucumber.IWorld['attach']
    readonly log: Cucumber.IWorld['log']
    readonly link: Cucumber.IWorld['link']
  }
}

interface ErrorFormatting {
  formatError(error: unknown, filterStackTraces: boolean): Pick<TestStepResult, 'message' | 'exception'>
}

interface Gherkin {
  generateMessages(data: string, uri: string, mediaType: string, options: object): readonly Envelope[]
}

interface GherkinQuery {
  update(envelope: Envelope): unknown
  getPickles(): readonly Pickle[]
  getGherkinDocuments(): readonly GherkinDocument[]
  getLocation(id: string): Location
}

/** Which scenarios are meant. */
export interface PickleSelection {
  readonly paths: readonly string[]
  readonly tags: string
}

/** Which configuration of Cucumber's is meant. */
interface ConfigurationChoice {
  /** Its file. Default: the one that Cucumber finds. */
  readonly config?: string
  /** The profile of it, or several. Default `default`. */
  readonly profile?: string | readonly string[]
  /** Added to the worldParameters of the profile. */
  readonly worldParameters?: object
}

/** Cucumber as the project has installed it, with its configuration. */
export class CucumberProject {
  readonly createTable: (table: PickleTable) => Cucumber.DataTable
  readonly scopes: Scopes
  /** What Cucumber's own World is given: attachments are checked, and go nowhere. */
  readonly attachments: Pick<Cucumber.IWorld, 'attach' | 'log' | 'link'>
  /** The World of projects that have none of their own. */
  readonly defaultWorld: unknown
  /** What hooks are told of an error. */
  readonly formatError: (error: unknown) => Pick<TestStepResult, 'message' | 'exception'>
  /** Whether what is pending has failed. */
  readonly isStrict: boolean
  /** Finds what Cucumber itself depends on, from where Cucumber is. */
  private readonly requireInside: NodeJS.Require

  private constructor(
    readonly folder: string,
    private readonly api: typeof CucumberApi,
    private readonly configuration: CucumberApi.IRunConfiguration,
    require: NodeJS.Require,
  ) {
    this.requireInside = createRequire(require.resolve('@cucumber/cucumber'))
    const { DataTable, World } = require('@cucumber/cucumber') as typeof Cucumber
    this.defaultWorld = World
    this.createTable = (table) => new DataTable(table)
    this.scopes = require('@cucumber/cucumber/lib/runtime/scope/index') as Scopes
    const { default: AttachmentManager } =
      require('@cucumber/cucumber/lib/runtime/attachment_manager/index') as Attaching
    const manager = new AttachmentManager(() => {})
    this.attachments = {
      attach: manager.create.bind(manager),
      log: manager.log.bind(manager),
      link: manager.link.bind(manager),
    }
    const { strict, filterStacktraces } = configuration.runtime
    const { formatError } = require('@cucumber/cucumber/lib/runtime/format_error') as ErrorFormatting
    this.formatError = (error) => formatError(error, filterStacktraces)
    this.isStrict = strict
  }

  /** @throws UsageError if Cucumber is not installed there */
  static async open(
    folder: string,
    { config, profile, worldParameters }: ConfigurationChoice,
  ): Promise<CucumberProject> {
    const require = createRequire(join(folder, 'package.json'))
    const api = requireCucumber(require, folder)
    const { runConfiguration } = await api.loadConfiguration(
      {
        ...(config !== undefined && { file: config }),
        ...(profile !== undefined && { profiles: [profile].flat() }),
        provided: { worldParameters: (worldParameters ?? {}) as never },
      },
      { cwd: folder },
    )
    return new CucumberProject(folder, api, runConfiguration, require)
  }

  get worldParameters(): Readonly<Record<string, unknown>> {
    return this.configuration.runtime.worldParameters
  }

  /** Loads the support code, which is found as Cucumber finds it for these features. */
  async loadSupport(paths: readonly string[]): Promise<SupportCode> {
    const { sources, support } = this.configuration
    const loaded = await this.api.loadSupport(
      { sources: { ...sources, paths: [...paths] }, support },
      { cwd: this.folder },
    )
    return loaded as unknown as SupportCode
  }

  /** @throws UsageError for a feature that is not Gherkin */
  async findPickles({ paths, tags }: PickleSelection, readFile: (path: string) => string): Promise<PlannedPickle[]> {
    const { sources } = this.configuration
    const tagExpression = [sources.tagExpression, tags]
      .filter(Boolean)
      .map((each) => `(${each})`)
      .join(' and ')
    const { plan, errors } = await this.api.loadSources(
      { ...sources, paths: [...paths], tagExpression, order: 'defined' },
      { cwd: this.folder },
    )
    const problems = errors.map(({ uri, message }) => `${uri}: ${message}`)
    if (problems.length > 0) throw new UsageError(['Features are not Gherkin:', ...problems].join('\n'))
    const query = this.parse([...new Set(plan.map(({ uri }) => uri))], readFile)
    const found = new Map<string, PlannedPickle>()
    for (const pickle of query.getPickles()) {
      const { line } = query.getLocation(pickle.astNodeIds.at(-1) as string)
      const document = query.getGherkinDocuments().find(({ uri }) => uri === pickle.uri) as GherkinDocument
      const location = `${pickle.uri}:${line}`
      found.set(location, { pickle, document, location })
    }
    return plan.map(({ uri, location }) => found.get(`${uri}:${location.line}`) as PlannedPickle)
  }

  private parse(uris: readonly string[], readFile: (path: string) => string): GherkinQuery {
    const { generateMessages } = this.requireInside('@cucumber/gherkin') as Gherkin
    const { IdGenerator } = this.requireInside('@cucumber/messages') as { IdGenerator: { uuid(): () => string } }
    const { Query } = this.requireInside('@cucumber/gherkin-utils') as { Query: new () => GherkinQuery }
    const query = new Query()
    const options = {
      ...{ includeSource: false, includeGherkinDocument: true, includePickles: true },
      ...{ newId: IdGenerator.uuid(), defaultDialect: this.configuration.sources.defaultDialect },
    }
    for (const uri of uris) {
      const mediaType = `text/x.cucumber.gherkin+${uri.endsWith('.md') ? 'markdown' : 'plain'}`
      const source = readFile(join(this.folder, uri))
      for (const envelope of generateMessages(source, uri, mediaType, options)) query.update(envelope)
    }
    return query
  }
}

function requireCucumber(require: NodeJS.Require, folder: string): typeof CucumberApi {
  try {
    return require('@cucumber/cucumber/api')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    throw new UsageError(`Cucumber is not installed in ${folder}: npm install --save-dev @cucumber/cucumber`)
  }
}
