/** What says that a program is ready: a port, a URL, or a line that it prints. */

import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { unsupportedReadyUrl } from '../processes/program-failure'
import { quoted } from '../text/excerpt'
import { parseUrl, percentDecode, unixAddress } from '../text/url'
import { Deadline } from '../time/deadline'
import { settlesWithin } from '../time/settles-within'
import type { ProcessOutput } from './output'
import { type FilledReadyCheck, portOfAddress } from './ready-check'

/** How long to wait between two attempts, in ms. */
const POLL_INTERVAL = 50

const LOOPBACK = ['127.0.0.1', '::1']

/** Waits until a program is ready. */
export interface ReadinessProbe {
  readonly ready: Promise<void>
  /** Why it is not ready so far. */
  readonly problem: string
  cancel(): void
}

interface ProbedProcess {
  readonly started: Promise<void>
  readonly output: ProcessOutput
}

/** The probe that the settings ask for; without one, a program is ready when it has started. */
export function readinessProbe(
  name: string,
  ready: FilledReadyCheck | undefined,
  process: ProbedProcess,
): ReadinessProbe {
  if (!ready) return { ready: process.started, problem: 'the system has not started it', cancel() {} }
  if (hasAddress(ready)) return new PollingProbe(readinessAttempt(name, ready), ready)
  const problem = `it has not printed ${quoted(ready.output)}`
  return { ready: process.output.printed(ready.output), problem, cancel() {} }
}

/** Waits until a program that was ready answers at its address. */
export function answerProbe(name: string, ready: ProgramAddress): ReadinessProbe {
  return new PollingProbe(answerAttempt(name, ready), ready)
}

/** Where a program can be asked for an answer. */
export type ProgramAddress = Exclude<FilledReadyCheck, { readonly output: string }>

/** Whether a program has an address to answer at: one that is ready by a line of its output has none. */
export function hasAddress(ready: FilledReadyCheck | undefined): ready is ProgramAddress {
  return ready !== undefined && !('output' in ready)
}

/** Resolves to the problem, or to undefined if there is none any more. */
type Attempt = (signal: AbortSignal) => Promise<string | undefined>

/** Tries again and again: no event says that a port or URL is there. */
class PollingProbe implements ReadinessProbe {
  readonly ready: Promise<void>
  problem: string
  private readonly controller = new AbortController()
  private deadline: Deadline | undefined

  constructor(
    private readonly attempt: Attempt,
    private readonly address: ProgramAddress,
  ) {
    this.problem = this.unanswered
    this.ready = new Promise((resolve) => void this.try(resolve))
  }

  /** The problem as long as an attempt is not over. */
  private get unanswered(): string {
    return `${'url' in this.address ? this.address.url : `port ${this.address.port}`} gives no answer`
  }

  cancel(): void {
    this.controller.abort()
    this.deadline?.cancel()
  }

  private async try(onReady: () => void): Promise<void> {
    this.deadline = new Deadline(POLL_INTERVAL, () => {
      this.problem = this.unanswered
    })
    const problem = await this.attempt(this.controller.signal)
    this.deadline.cancel()
    if (this.controller.signal.aborted) return
    if (problem === undefined) return onReady()
    this.problem = problem
    this.deadline = new Deadline(POLL_INTERVAL, () => void this.try(onReady))
  }
}

/** @throws UsageError if the URL is not one of HTTP */
export function readinessAttempt(name: string, ready: ProgramAddress): Attempt {
  if ('url' in ready) return httpAttempt(name, ready.url)
  return (signal) =>
    Promise.any(LOOPBACK.map((host) => connectOnce({ host, port: ready.port }, signal))).then(
      () => undefined,
      () => nothingListens(ready.port),
    )
}

/**
 * Resolves when a program has answered at its address, and so has handled what came before; never if it has no address, or
 * does not answer any more.
 */
export async function signOfLife(
  name: string,
  ready: FilledReadyCheck | undefined,
  signal: AbortSignal,
): Promise<void> {
  const problem = hasAddress(ready) ? await answerAttempt(name, ready)(signal) : 'it has no address'
  if (problem !== undefined) await new Promise<void>(() => {})
}

/** An attempt to get an answer of a program itself: the system takes connections for one that has stopped, too. */
function answerAttempt(name: string, ready: ProgramAddress): Attempt {
  if ('url' in ready) return httpAttempt(name, ready.url)
  // Twice, since a process that is about to end may have let go the first one by that.
  return async (signal) => (await letGo(ready.port, signal)) ?? letGo(ready.port, signal)
}

/** Resolves when a connection, of which we have closed our side, has been closed by the other one. */
function letGo(port: number, signal: AbortSignal): Promise<string | undefined> {
  // A connection that nobody has taken is reset when its program ends.
  let isConnected = false
  const attempts = LOOPBACK.map(
    (host) =>
      new Promise<void>((resolve, reject) => {
        const socket = connectTo({ host, port }, signal, () => {
          isConnected = true
          socket.end()
        })
        socket
          .on('end', () => resolve())
          .on('error', reject)
          .resume()
      }),
  )
  return Promise.any(attempts).then(
    () => undefined,
    () => (isConnected ? `port ${port} resets connections` : nothingListens(port)),
  )
}

function nothingListens(port: number): string {
  return `nothing listens on port ${port}`
}

/**
 * Whether something takes connections where a program is to be ready, even if it does not answer them.
 * @param timeout in ms
 * @throws UsageError if the URL is not one of HTTP
 */
export async function isTaken(name: string, ready: ProgramAddress, timeout: number): Promise<boolean> {
  if (!('url' in ready))
    return connects(
      LOOPBACK.map((host) => ({ host, port: ready.port })),
      timeout,
    )
  requireHttp(name, ready.url)
  return takesConnections(ready.url, timeout)
}

/**
 * Whether something takes connections at an address.
 * @param timeout in ms
 */
export function takesConnections(address: string, timeout: number): Promise<boolean> {
  return connects([socketAt(address)], timeout)
}

async function connects(sockets: readonly NetConnectOpts[], timeout: number): Promise<boolean> {
  const controller = new AbortController()
  let isConnected = false
  const attempts = sockets.map((socket) => connectOnce(socket, controller.signal))
  const attempt = Promise.any(attempts).then(
    () => {
      isConnected = true
    },
    () => {},
  )
  await settlesWithin(timeout, attempt)
  controller.abort()
  return isConnected
}

function socketAt(address: string): NetConnectOpts {
  const url = new URL(address)
  const unix = unixAddress(url)
  if (unix) return { path: percentDecode(unix.socket) }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: portOfAddress(address) as number }
}

/** Resolves when a connection is taken. */
function connectOnce(to: NetConnectOpts, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connectTo(to, signal, () => {
      resolve()
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

/** A socket that is destroyed when the signal says so. */
function connectTo(to: NetConnectOpts, signal: AbortSignal, onConnected: () => void): Socket {
  const socket = connect(to)
  const destroy = () => socket.destroy()
  signal.addEventListener('abort', destroy)
  socket.on('close', () => signal.removeEventListener('abort', destroy))
  socket.on('connect', () => {
    // A socket may be given the free port that it connects to, and is then connected to itself.
    /* c8 ignore next -- by chance alone */
    if ('port' in to && socket.localPort === to.port) socket.destroy(new Error('The socket is connected to itself.'))
    else onConnected()
  })
  return socket
}

/** @throws UsageError if the URL is not one of HTTP */
function requireHttp(name: string, url: string): void {
  if (!/^https?:/i.test(url) || !parseUrl(url)) throw unsupportedReadyUrl(name, url)
}

function httpAttempt(name: string, url: string): Attempt {
  requireHttp(name, url)
  const get = /^https:/i.test(url) ? getHttps : getHttp
  return (signal) =>
    new Promise((resolve) => {
      let interimResponses = 0
      // Whether its certificate is trusted is for those to check who use it.
      const request = get(url, { agent: false, signal, rejectUnauthorized: false }, (response) => {
        const { statusCode = 0 } = response
        resolve(statusCode < 500 ? undefined : `${url} answers with the status ${statusCode}`)
        response.destroy()
      })
      // Interim responses without end would keep the process busy.
      request.on('information', () => ++interimResponses > 100 && request.destroy())
      request.on('error', ({ code }: NodeJS.ErrnoException) => {
        resolve(`${url} does not answer (${code})`)
      })
    })
}
