/** Sentences that start a server which speaks TLS, and lay its certificates beside the features that run. */

import type { TLSSocket } from 'node:tls'
import { Given } from '@cucumber/cucumber'
import { createAuthority, createCertificate } from './certificates'
import type { InnerWorld } from './inner-run-steps'
import { startServer } from './scripted-server'

Given('a server whose certificate is signed by {string}', function (this: InnerWorld, authority: string) {
  return serve(this, { authority })
})

Given('a server whose certificate is made out to {string}', function (this: InnerWorld, host: string) {
  return serve(this, { host })
})

Given('a server whose certificate has expired', function (this: InnerWorld) {
  return serve(this, { hasExpired: true })
})

Given(
  'a server that lets in whoever has a certificate signed by {string}',
  function (this: InnerWorld, authority: string) {
    return serve(this, { authority, asksForCertificates: true })
  },
)

interface Security {
  readonly authority?: string
  readonly host?: string
  readonly hasExpired?: boolean
  readonly asksForCertificates?: boolean
}

async function serve(world: InnerWorld, security: Security): Promise<void> {
  const { authority = 'authority.pem', host, hasExpired, asksForCertificates = false } = security
  const signer = await createAuthority()
  const server = await createCertificate(signer, { name: 'A server', host, hasExpired })
  const rob = await createCertificate(signer, { name: 'Rob' })
  world.files = {
    [authority]: signer.cert,
    'authority.key': signer.key,
    'rob.pem': rob.cert,
    'rob.key': rob.key,
  }
  const greeting = (socket: TLSSocket) =>
    JSON.stringify({ message: `Welcome, ${socket.getPeerCertificate().subject?.CN ?? 'stranger'}` })
  // By TLS 1.3 a client may be turned down after its handshake, and miss the reason.
  world.server = await startServer({
    tls: { ...server, ca: signer.cert, requestCert: asksForCertificates, maxVersion: 'TLSv1.2' },
    opened: (socket, raw) => socket.send(greeting(raw as TLSSocket)),
    requested: ({ socket }) => greeting(socket as TLSSocket),
  })
}
