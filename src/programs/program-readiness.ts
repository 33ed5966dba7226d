/** Whether a program can become ready at its address, and when it is ready. */

import {
  addressInUse,
  type ProcessLabel,
  programExitedEarly,
  programNotAnswering,
  programNotReady,
} from '../processes/program-failure'
import { settlesWithin } from '../time/settles-within'
import type { ManagedProcess } from './managed-process'
import { answerProbe, hasAddress, isTaken, type ProgramAddress, readinessProbe } from './readiness-probe'
import type { FilledReadyCheck } from './ready-check'

/**
 * Checks, before a program is started, that nothing else is at its address and would be taken for it.
 * @param timeout in ms
 * @throws UsageError if something is
 */
export async function requireFreeAddress(
  name: string,
  ready: FilledReadyCheck | undefined,
  timeout: number,
): Promise<void> {
  if (hasAddress(ready) && (await isTaken(name, ready, timeout))) throw addressInUse(name, ready)
}

interface ReadinessWait {
  readonly ready: FilledReadyCheck | undefined
  readonly process: ManagedProcess
  /** In ms. */
  readonly timeout: number
}

/**
 * Waits until a program that was started is ready.
 * @throws ExpectationError if it ends before, or is not ready in time; UsageError if the system refused to start it
 */
export async function waitUntilReady(label: ProcessLabel, { ready, process, timeout }: ReadinessWait): Promise<void> {
  const { name } = label
  const probe = readinessProbe(name, ready, process)
  const isInTime = await settlesWithin(timeout, Promise.race([probe.ready, process.ended]))
  probe.cancel()
  if (process.end) {
    await process.gone()
    process.requireStarted(label)
    throw programExitedEarly(name, process.end, process.lastLines())
  }
  if (!isInTime) throw programNotReady(name, { timeout, problem: probe.problem, lines: process.lastLines() })
}

interface AnswerWait {
  readonly ready: ProgramAddress
  readonly process: ManagedProcess
  /** In ms. */
  readonly timeout: number
}

/**
 * Waits until a program that was ready answers at its address, or has ended.
 * @throws ExpectationError if it does neither in time
 */
export async function waitUntilAnswered(name: string, { ready, process, timeout }: AnswerWait): Promise<void> {
  const probe = answerProbe(name, ready)
  const isInTime = await settlesWithin(timeout, Promise.race([probe.ready, process.ended]))
  probe.cancel()
  if (isInTime) return
  throw programNotAnswering(name, { timeout, problem: probe.problem, lines: process.lastLines() })
}
