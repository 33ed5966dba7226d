/** Programs of Node whose code stands in the test, for tests of real processes. */

import type { Program } from '../../src/processes/programs'
import { type Failure, failureOf } from './failures'

/** A timeout, in ms, that no test waits for. */
export const LONG = 120_000

/** Code that never ends by itself. */
export const IDLE = 'setInterval(() => {}, 1000)'

/** Code that ignores every signal that can be ignored. */
export const IGNORE_SIGNALS = "for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {})"

/** A program that runs this code. */
export function nodeProgram(...code: string[]): Program {
  const quoted = [process.execPath, code.join('\n;')].map((word) => `'${word.replaceAll("'", `'"'"'`)}'`)
  return { command: quoted.join(' -e ') }
}

/** Code that listens on a port. */
export function listenOn(port: number, host = '127.0.0.1'): string {
  return `require('node:net').createServer().listen(${port}, '${host}')`
}

/** Code that starts a child process of its own. */
export function child(...code: string[]): string {
  return `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(code.join('\n;'))}])`
}

/** The failure by a timeout that is long enough for the program to print something first. */
export async function failureAfterPrinting(
  printed: RegExp,
  act: (timeout: number) => Promise<unknown>,
): Promise<Failure> {
  for (let timeout = 300; ; timeout *= 2) {
    const failure = await failureOf(() => act(timeout))
    if (printed.test(failure.message)) return failure
    // A program that has ended prints nothing more, however long it is waited for.
    if (timeout > 60_000) throw failure
  }
}
