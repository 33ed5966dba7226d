/** Writes what a run's page needs, and the first failure of each kind with its conversation, below the folder of the reports. */

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { UsageError } from '../errors'
import type { ShownConversation } from '../report/attach'
import { quoted } from '../text/excerpt'
import type { LoadFailure, LoadPlan } from './load-failures'

/** A failure, before its conversation is written. */
export type NewFailure = Omit<LoadFailure, 'run' | 'at' | 'picture' | 'text'>

const FAILURES = 'failures'

/** The folder of one run; several workers write to it. */
export class FailureFolder {
  /** By kind: how many entries the conversation lacks that has been written; undefined if another worker has written it. */
  private readonly written = new Map<string, number | undefined>()

  constructor(
    private readonly folder: string,
    private readonly run: string,
  ) {}

  /**
   * Writes what is run, and takes away what earlier runs have left: only what the engine has written.
   * @throws UsageError if there is a file in its place that it has not written
   */
  async begin(scenarios: LoadPlan['scenarios']): Promise<void> {
    await mkdir(join(this.folder, FAILURES), { recursive: true }).catch(({ message }) => {
      throw new UsageError(`The reports cannot be written to ${quoted(this.folder)}: ${message}`)
    })
    const plan = join(this.folder, 'load.json')
    if (!(await this.isReplaceable(plan))) throw notOurs(plan)
    for (const entry of await readdir(join(this.folder, FAILURES), { withFileTypes: true })) {
      if (entry.isFile() && OUR_NAME.test(entry.name)) await this.removeEarlier(entry.name)
    }
    const content: LoadPlan = { run: this.run, scenarios }
    // At once, as other workers read it meanwhile.
    const part = `${plan}.${process.pid}-${threadId}`
    await writeFile(part, `${JSON.stringify(content, undefined, 2)}\n`)
    await rename(part, plan)
  }

  /** Whether a failure is the first of its kind, or one whose conversation has more than the one that was written. */
  wants({ kind, leftOut }: NewFailure): boolean {
    if (!this.written.has(kind)) return true
    const lacking = this.written.get(kind)
    return lacking !== undefined && leftOut < lacking
  }

  /** Writes a failure, unless another worker has written one of its kind. */
  async write(failure: NewFailure, shown: ShownConversation | undefined): Promise<void> {
    const { kind, leftOut } = failure
    const isFirst = !this.written.has(kind)
    this.written.set(kind, leftOut)
    const id = idOf(kind)
    const at = new Date().toISOString()
    const content: LoadFailure = {
      ...{ run: this.run, ...failure, at },
      ...(shown && { picture: `${id}.svg`, text: `${id}.txt` }),
    }
    // Rendered at once: the conversation goes on to its end.
    const [picture, text] = shown ? [shown.picture(), shown.text()] : []
    if (!(await this.claim(`${id}.json`, content, isFirst))) {
      this.written.set(kind, undefined)
      return
    }
    if (picture !== undefined) await writeFile(this.path(`${id}.svg`), picture)
    if (text !== undefined) await writeFile(this.path(`${id}.txt`), `${failure.message}\n\n${text}`)
  }

  private async claim(file: string, content: LoadFailure, isFirst: boolean): Promise<boolean> {
    try {
      const text = `${JSON.stringify(content, undefined, 2)}\n`
      await writeFile(this.path(file), text, { flag: isFirst ? 'wx' : 'w' })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      return false
    }
  }

  /** Whether there is no file, or a plan. */
  private async isReplaceable(file: string): Promise<boolean> {
    const content = parse<LoadPlan>(await readFile(file, 'utf8').catch(whatIsMissing))
    return content === undefined || (typeof content?.run === 'string' && Array.isArray(content.scenarios))
  }

  private async removeEarlier(file: string): Promise<void> {
    const failure = parse<LoadFailure>(await readFile(this.path(file), 'utf8').catch(() => 'null'))
    const { run, kind, picture, text } = failure ?? {}
    const [id = ''] = file.split('.')
    if (run === this.run || typeof kind !== 'string' || idOf(kind) !== id) return
    const written = [picture, text].filter((name) => name === `${id}.svg` || name === `${id}.txt`)
    for (const name of [...written, file]) await rm(this.path(String(name)), { force: true })
  }

  private path(file: string): string {
    return join(this.folder, FAILURES, file)
  }
}

/** Of failures' files: what comes before the dot is made of the kind. */
const OUR_NAME = /^[0-9a-f]{16}\.json$/

function idOf(kind: string): string {
  return createHash('sha256').update(kind).digest('hex').slice(0, 16)
}

/** Undefined for nothing, and null for what is not JSON. */
function parse<Content>(text: string | undefined): Partial<Content> | null | undefined {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function whatIsMissing(error: NodeJS.ErrnoException): string | undefined {
  return error.code === 'ENOENT' ? undefined : ''
}

function notOurs(file: string): UsageError {
  return new UsageError(
    `${quoted(file)} is there already, and does not tell what a load test has run: move it, or name another folder by config.engines.cucumber-websocket.reports.`,
  )
}
