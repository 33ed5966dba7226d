/** Certificates for the features: an authority of our own, and what it signs. */

import { generate } from 'selfsigned'

/** A certificate and its private key, both PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** What a certificate says. */
interface Particulars {
  readonly name: string
  /** The host that it is made out to; 127.0.0.1 without one. */
  readonly host?: string | undefined
  readonly hasExpired?: boolean | undefined
}

const DAY = 24 * 60 * 60 * 1000

/** Makes an authority, which signs itself. */
export function createAuthority(): Promise<Certificate> {
  return create('An authority', {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  })
}

/** Makes a certificate that an authority has signed. */
export function createCertificate(
  authority: Certificate,
  { name, host, hasExpired }: Particulars,
): Promise<Certificate> {
  return create(name, {
    ca: authority,
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'subjectAltName', altNames: [host ? { type: 2, value: host } : { type: 7, ip: '127.0.0.1' }] },
    ],
    ...(hasExpired && { notAfterDate: new Date(Date.now() - DAY) }),
  })
}

async function create(name: string, options: Parameters<typeof generate>[1]): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 2 * DAY),
    ...options,
  })
  return { cert, key }
}
