/** What tells that a program is ready: a port, a URL, or a line that it prints. */

import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { connect } from 'node:net'
import { unsupportedReadyUrl } from '../../conversation/program-failure'
import type { ReadyCheck } from '../../conversation/programs'
import { quoted } from '../../text/excerpt'
import { Deadline } from '../../time/deadline'
import type { Output } from './output'

/** How long to wait between two looks at a port or URL, in ms. */
const POLL_INTERVAL = 50

/** What tells that a program is ready. */
export interface ReadinessProbe {
  readonly ready: Promise<void>
  /** Why it has not been given so far. */
  readonly problem: string
  cancel(): void
}

/** The sign that the settings ask for; without one it is the program's beginning. */
export function readinessProbe(name: string, ready: ReadyCheck | undefined, run: ProbedProcess): ReadinessProbe {
  if (!ready) return { ready: run.begun, problem: 'the system has not started it', cancel() {} }
  if (!('output' in ready)) return new PollingProbe(readinessAttempt(name, ready))
  const problem = `it has not printed ${quoted(ready.output)}`
  return { ready: run.output.prints(ready.output), problem, cancel() {} }
}

interface ProbedProcess {
  readonly begun: Promise<void>
  readonly output: Output
}

/** Resolves to the problem, or to nothing if there is none any more. */
type Attempt = (over: AbortSignal) => Promise<string | undefined>

/** Tries again and again: no event tells that a port or URL is there. */
class PollingProbe implements ReadinessProbe {
  readonly ready: Promise<void>
  problem = 'nothing has answered'
  private readonly over = new AbortController()
  private pause: Deadline | undefined

  constructor(private readonly attempt: Attempt) {
    this.ready = new Promise((resolve) => void this.try(resolve))
  }

  cancel(): void {
    this.over.abort()
    this.pause?.cancel()
  }

  private async try(succeeded: () => void): Promise<void> {
    const problem = await this.attempt(this.over.signal)
    if (this.over.signal.aborted) return
    if (problem === undefined) return succeeded()
    this.problem = problem
    this.pause = new Deadline(POLL_INTERVAL, () => void this.try(succeeded))
  }
}

/** @throws Mistake if the URL is none of HTTP */
export function readinessAttempt(name: string, ready: { port: number } | { url: string }): Attempt {
  if ('url' in ready) return httpAttempt(name, ready.url)
  return (over) =>
    Promise.any(['127.0.0.1', '::1'].map((host) => connectTcp(host, ready.port, over))).then(
      () => undefined,
      () => `nothing listens on port ${ready.port}`,
    )
}

function connectTcp(host: string, port: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host)
    const cut = () => socket.destroy()
    over.addEventListener('abort', cut)
    socket.on('error', reject)
    socket.on('close', () => over.removeEventListener('abort', cut))
    socket.on('connect', () => {
      // A free port may be given to the one who asks for it, who is then connected to itself.
      /* c8 ignore next -- by chance alone */
      if (socket.localPort === port) reject(new Error('There is nobody else.'))
      else resolve()
      socket.destroy()
    })
  })
}

function httpAttempt(name: string, url: string): Attempt {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) throw unsupportedReadyUrl(name, url)
  const get = /^https:/i.test(url) ? getHttps : getHttp
  return (signal) =>
    new Promise((resolve) => {
      // Whether its certificate is trusted is for those to ask who use it.
      const request = get(url, { agent: false, signal, rejectUnauthorized: false }, (response) => {
        const { statusCode = 0 } = response
        resolve(statusCode < 500 ? undefined : `${url} answers with the status ${statusCode}`)
        response.destroy()
      })
      request.on('error', ({ code }: NodeJS.ErrnoException) => {
        resolve(`${url} does not answer (${code})`)
      })
    })
}
