/** Certificates: whom secure connections trust, and who the clients are to the server. */

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { TlsSettings } from '../connection/connection'
import { UsageError } from '../errors'

/** What Node's TLS is told of it. */
export interface Certificates {
  readonly secureContext?: SecureContext
  readonly rejectUnauthorized?: boolean
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs

/**
 * Reads the certificates that the settings name; without any, Node's own decide.
 * @throws Mistake for a file that is not there, is no PEM, or does not go with the others
 */
export function loadCertificates({ ca, cert, key, rejectUnauthorized }: TlsSettings): Certificates {
  const authorities = ca === undefined ? undefined : [ca].flat().map((one) => readCertificate('ca', one))
  const own = cert === undefined ? undefined : readCertificate('cert', cert)
  const ownKey = key === undefined ? undefined : readPrivateKey(key)
  if (own && !ownKey) throw invalidTls('cert', 'it needs its private key beside it: "key"')
  if (ownKey && !own) throw invalidTls('key', 'it needs its certificate beside it: "cert"')
  if (own && ownKey && !new X509Certificate(own).checkPrivateKey(ownKey)) {
    throw invalidTls('key', `it is not the key of the certificate in "cert"`)
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

function readCertificate(name: keyof TlsSettings, written: string): string {
  const pem = readPem(name, written)
  const certificates = pem.match(CERTIFICATE) ?? []
  if (certificates.length === 0) throw invalidTls(name, `${displayPath(written)} has no PEM certificate in it`)
  for (const one of certificates) {
    try {
      new X509Certificate(one)
    } catch (error) {
      throw invalidTls(name, `${displayPath(written)} is no certificate: ${(error as Error).message}`)
    }
  }
  return certificates.join('\n')
}

function readPrivateKey(written: string): KeyObject {
  const pem = readPem('key', written)
  if (pem.includes('ENCRYPTED'))
    throw invalidTls('key', `${displayPath(written)} is encrypted: write it without a passphrase`)
  try {
    return createPrivateKey(pem)
  } catch (error) {
    throw invalidTls('key', `${displayPath(written)} is no PEM private key: ${(error as Error).message}`)
  }
}

function readPem(name: keyof TlsSettings, written: string): string {
  if (isPem(written)) return written
  try {
    return readFileSync(written, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw invalidTls(
      name,
      isPath(written)
        ? code === 'ENOENT'
          ? `there is no file ${written}`
          : `${written} cannot be read: ${message}`
        : 'it is neither a file nor a PEM',
    )
  }
}

function isPem(written: string): boolean {
  return written.includes('-----BEGIN ')
}

/** What is no path is not shown: it may be a private key. */
function displayPath(written: string): string {
  return isPath(written) ? written : 'the PEM'
}

function isPath(written: string): boolean {
  return !isPem(written) && written.length <= 200 && /^[^\n]*\.[^\n]*$/.test(written)
}

function invalidTls(name: keyof TlsSettings, problem: string): UsageError {
  return new UsageError(`"tls.${name}" in worldParameters.websocket is wrong: ${problem}.`)
}
