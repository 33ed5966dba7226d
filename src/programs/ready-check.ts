/** Fills variables into what says that a program is ready. */

import { fillAddress } from '../connection/fill-address'
import { invalidReadyPort } from '../processes/program-failure'
import type { ReadyCheck, VariableValues } from '../processes/programs'
import { learnSecrets } from '../redaction'
import { parseUrl } from '../text/url'

/** What says that a program is ready: something listens on a port, a URL answers, or a line contains a text. */
export type FilledReadyCheck = { readonly port: number } | { readonly url: string } | { readonly output: string }

/** @throws UsageError if a value is not a port, or would change the address */
export function fillReadyCheck(
  name: string,
  ready: ReadyCheck | undefined,
  variables: VariableValues,
): FilledReadyCheck | undefined {
  if (!ready) return undefined
  if ('output' in ready && ready.output !== undefined) {
    const output = variables.fill(ready.output)
    learnSecrets((redaction) => redaction.learnFromCommand(output))
    return { output }
  }
  if ('url' in ready && ready.url !== undefined) {
    const url = fillAddress(ready.url, variables)
    learnSecrets((redaction) => redaction.learnFromAddress(url))
    return { url }
  }
  const { port } = ready as { readonly port: number | string }
  return { port: typeof port === 'number' ? port : fillPort(name, port, variables) }
}

/** The port of a program that has one: where it is ready. */
export function portOf(ready: FilledReadyCheck | undefined): number | undefined {
  if (!ready || 'output' in ready) return undefined
  return 'port' in ready ? ready.port : portOfAddress(ready.url)
}

/** Whether what is ready there has this address; undefined if that does not tell, as it is not one of a port of this machine. */
export function isReadyAt(ready: FilledReadyCheck | undefined, address: string): boolean | undefined {
  const url = parseUrl(address)
  const [port, own] = [portOfAddress(address), portOf(ready)]
  if (!ready || !url || port === undefined || own === undefined) return undefined
  if (port !== own) return false
  const isLocal = LOCAL_HOST.test(url.hostname) || ('url' in ready && parseUrl(ready.url)?.hostname === url.hostname)
  return isLocal || undefined
}

const LOCAL_HOST = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 }

/** The port of an address of HTTP or of WebSockets, which may leave its usual one out. */
export function portOfAddress(address: string): number | undefined {
  const url = parseUrl(address)
  if (!url) return undefined
  return url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port)
}

function fillPort(name: string, source: string, variables: VariableValues): number {
  const filled = variables.fill(source)
  const port = /^\d{1,5}$/.test(filled) ? Number(filled) : 0
  if (port >= 1 && port <= 65_535) return port
  learnSecrets((redaction) => {
    redaction.learnFromAddress(filled)
    for (const text of [source, filled]) redaction.learnFromCommand(text)
  })
  throw invalidReadyPort(name, source, filled)
}
