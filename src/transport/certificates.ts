/** Certificates: whom secure connections trust, and who the clients are to the server. */

import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { Tls } from '../conversation/connection'
import { Mistake } from '../matching/errors'

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
export function certificatesOf({ ca, cert, key, rejectUnauthorized }: Tls): Certificates {
  const authorities = ca === undefined ? undefined : [ca].flat().map((one) => certificate('ca', one))
  const own = cert === undefined ? undefined : certificate('cert', cert)
  const ownKey = key === undefined ? undefined : privateKey(key)
  if (own && !ownKey) throw wrong('cert', 'it needs its private key beside it: "key"')
  if (ownKey && !own) throw wrong('key', 'it needs its certificate beside it: "cert"')
  if (own && ownKey && !new X509Certificate(own).checkPrivateKey(ownKey)) {
    throw wrong('key', `it is not the key of the certificate in "cert"`)
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

function certificate(name: keyof Tls, written: string): string {
  const pem = pemOf(name, written)
  const certificates = pem.match(CERTIFICATE) ?? []
  if (certificates.length === 0) throw wrong(name, `${shown(written)} has no PEM certificate in it`)
  for (const one of certificates) {
    try {
      new X509Certificate(one)
    } catch (error) {
      throw wrong(name, `${shown(written)} is no certificate: ${(error as Error).message}`)
    }
  }
  return certificates.join('\n')
}

function privateKey(written: string): KeyObject {
  const pem = pemOf('key', written)
  if (pem.includes('ENCRYPTED')) throw wrong('key', `${shown(written)} is encrypted: write it without a passphrase`)
  try {
    return createPrivateKey(pem)
  } catch (error) {
    throw wrong('key', `${shown(written)} is no PEM private key: ${(error as Error).message}`)
  }
}

function pemOf(name: keyof Tls, written: string): string {
  if (isPem(written)) return written
  try {
    return readFileSync(written, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw wrong(
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
function shown(written: string): string {
  return isPath(written) ? written : 'the PEM'
}

function isPath(written: string): boolean {
  return !isPem(written) && written.length <= 200 && /^[^\n]*\.[^\n]*$/.test(written)
}

function wrong(name: keyof Tls, problem: string): Mistake {
  return new Mistake(`"tls.${name}" in worldParameters.websocket is wrong: ${problem}.`)
}
