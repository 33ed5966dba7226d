/** Reads the certificates of secure connections: those of trusted authorities, and those of the clients. */

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { TlsSettings } from '../connection/connection'
import { UsageError } from '../errors'

/** The options that Node's TLS takes. */
export interface Certificates {
  readonly secureContext?: SecureContext
  readonly rejectUnauthorized?: boolean
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs

/**
 * Reads the certificates that the settings name; without any, Node's own decide.
 * @throws UsageError for a file that is missing, is not PEM, or does not go with the others
 */
export function loadCertificates({ ca, cert, key, rejectUnauthorized }: TlsSettings): Certificates {
  const authorities = ca === undefined ? undefined : [ca].flat().map((source) => readCertificate('ca', source))
  const own = cert === undefined ? undefined : readCertificate('cert', cert)
  const ownKey = key === undefined ? undefined : readPrivateKey(key)
  if (own && !ownKey) throw invalidTls('cert', 'it needs its private key beside it: "key"')
  if (ownKey && !own) throw invalidTls('key', 'it needs its certificate beside it: "cert"')
  if (own && ownKey && !new X509Certificate(own).checkPrivateKey(ownKey)) {
    throw invalidTls('key', 'it is not the key of the certificate in "cert"')
  }
  return {
    ...((authorities || own) && {
      secureContext: createSecureContext({
        ...(authorities && { ca: authorities }),
        ...(own && ownKey && { cert: own, key: ownKey.export({ type: 'pkcs8', format: 'pem' }) }),
      }),
    }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
  }
}

function readCertificate(name: keyof TlsSettings, source: string): string {
  const pem = readPem(name, source)
  const certificates = pem.match(CERTIFICATE) ?? []
  if (certificates.length === 0) throw invalidTls(name, `${displayPath(source)} does not contain a PEM certificate`)
  for (const certificate of certificates) {
    try {
      new X509Certificate(certificate)
    } catch (error) {
      throw invalidTls(name, `${displayPath(source)} is not a valid certificate: ${(error as Error).message}`)
    }
  }
  return certificates.join('\n')
}

function readPrivateKey(source: string): KeyObject {
  const pem = readPem('key', source)
  if (pem.includes('ENCRYPTED')) {
    throw invalidTls('key', `${displayPath(source)} is encrypted: write it without a passphrase`)
  }
  try {
    return createPrivateKey(pem)
  } catch (error) {
    throw invalidTls('key', `${displayPath(source)} is not a valid PEM private key: ${(error as Error).message}`)
  }
}

function readPem(name: keyof TlsSettings, source: string): string {
  if (isPem(source)) return source
  try {
    return readFileSync(source, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!isPath(source)) throw invalidTls(name, 'it is neither a file nor a PEM')
    if (code === 'ENOENT') throw invalidTls(name, `there is no file ${source}`)
    throw invalidTls(name, `${source} cannot be read: ${message}`)
  }
}

function isPem(source: string): boolean {
  return source.includes('-----BEGIN ')
}

/** What is not a path is not shown: it may be a private key. */
function displayPath(source: string): string {
  return isPath(source) ? source : 'the PEM'
}

function isPath(source: string): boolean {
  // An address may have a password.
  return !/@|:\//.test(source) && !isPem(source) && source.length <= 200 && /^[^\n]*\.[^\n]*$/.test(source)
}

function invalidTls(name: keyof TlsSettings, problem: string): UsageError {
  return new UsageError(`"tls.${name}" in worldParameters.websocket is wrong: ${problem}.`)
}
