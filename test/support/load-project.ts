/** A project whose features run as users, on an Artillery that is none: what an engine is told, and what it tells. */

import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { RunEvents, RunUser, ScenarioEvents, ScenarioSpec, Script } from '../../src/artillery'

const library = resolve(__dirname, '../..')

/** Loads the sentences and hooks anew: Cucumber has forgotten those of the last time. */
const VOCABULARY = `
delete require.cache[__filename]
for (const path of Object.keys(require.cache)) {
  if (/src.(?:register|define-sentences|(?:system-)?vocabulary.[\\w-]+)\\.ts$/.test(path)) delete require.cache[path]
}
require(${JSON.stringify(join(library, 'src/register.ts'))})
`

/** What Artillery has been told. */
export class ToldFigures implements ScenarioEvents {
  readonly histograms = new Map<string, number[]>()
  readonly counters: Record<string, number> = {}
  started = 0

  emit(event: string, name = '', value = 1): void {
    if (event === 'started') this.started++
    else if (event === 'histogram') this.histograms.set(name, [...(this.histograms.get(name) ?? []), value])
    else this.counters[event === 'error' ? `errors.${name}` : name] = this.counter(event, name) + value
  }

  private counter(event: string, name: string): number {
    return this.counters[event === 'error' ? `errors.${name}` : name] ?? 0
  }
}

/** What tells an engine that phases are over. */
export class Phases implements RunEvents {
  private readonly listeners: (() => void)[] = []

  on(_event: 'phaseCompleted', listener: () => void): void {
    this.listeners.push(listener)
  }

  completeOne(): void {
    for (const listener of this.listeners) listener()
  }
}

/** Runs one user; resolves to its failure, if it has failed. */
export function runOne(run: RunUser, vars: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  return new Promise((resolve) => run({ vars }, resolve))
}

/** A project in a folder of its own. */
export class LoadProject {
  private constructor(readonly folder: string) {}

  /**
   * @param features by the names of their files
   * @param support a file of support code, in which `cucumber` and the library's `api` are known
   */
  static async create(
    features: Readonly<Record<string, string>>,
    { support = '', profile = {} }: { readonly support?: string; readonly profile?: object } = {},
  ): Promise<LoadProject> {
    const project = new LoadProject(await mkdtemp(join(tmpdir(), 'load-')))
    await symlink(join(library, 'node_modules'), join(project.folder, 'node_modules'), 'junction')
    const known = `const cucumber = require('@cucumber/cucumber')\nconst api = require(${JSON.stringify(join(library, 'src/index.ts'))})\n`
    await project.write('support.js', `${known}${VOCABULARY}${support}`)
    await project.write('cucumber.json', JSON.stringify({ default: { require: ['support.js'], ...profile } }))
    for (const [name, text] of Object.entries(features)) await project.write(`features/${name}`, text)
    return project
  }

  async write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, file)), { recursive: true })
    await writeFile(join(this.folder, file), text)
  }

  read(file: string): Promise<string> {
    return readFile(join(this.folder, file), 'utf8')
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true })
  }
}

/** A script whose only entry runs these features. */
export function scriptOf(
  spec: ScenarioSpec,
  config: Partial<Script['config']> = {},
): Script & { readonly spec: ScenarioSpec } {
  const whole = { engine: 'cucumber-websocket', ...spec }
  return { spec: whole, scenarios: [whole], config: { target: 'ws://127.0.0.1:1', phases: [{}], ...config } }
}
