/** Writes what a run's page needs, and the first failure of each kind with its conversation, below the folder of the reports. */

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ShownConversation } from '../report/attach'
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

  /** Writes what is run, and takes away what earlier runs have left. */
  async begin(scenarios: LoadPlan['scenarios']): Promise<void> {
    await mkdir(join(this.folder, FAILURES), { recursive: true })
    for (const file of await readdir(join(this.folder, FAILURES))) {
      if (file.endsWith('.json') && !(await this.isOfThisRun(file))) await this.remove(file)
    }
    const plan: LoadPlan = { run: this.run, scenarios }
    await writeFile(join(this.folder, 'load.json'), `${JSON.stringify(plan, undefined, 2)}\n`)
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
    const id = createHash('sha256').update(kind).digest('hex').slice(0, 16)
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

  private async isOfThisRun(file: string): Promise<boolean> {
    const content = await readFile(this.path(file), 'utf8').catch(() => '')
    return content.includes(JSON.stringify(this.run))
  }

  private async remove(file: string): Promise<void> {
    const name = file.slice(0, -'.json'.length)
    for (const extension of ['json', 'svg', 'txt']) await rm(this.path(`${name}.${extension}`), { force: true })
  }

  private path(file: string): string {
    return join(this.folder, FAILURES, file)
  }
}
