/** Errors of the network that no other test meets. */

import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { connect, createServer } from 'node:tls'
import { expect } from 'chai'
import { createAuthority, createCertificate } from '../../features/support/certificates'
import { failureOf } from '../../test/support/failures'
import { freePort, portOf } from '../../test/support/ports'
import { describeNetworkError } from './network-error'

describe('Network error', () => {
  it('is described once if a host has several addresses', async () => {
    const port = await freePort()
    const lookup = (_host: string, _options: object, found: (error: null, all: object[]) => void) =>
      found(
        null,
        ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 })),
      )
    const socket = connectTcp({ host: 'chat.test', port, autoSelectFamily: true, lookup: lookup as never })
    const error = await failureOf(() => once(socket, 'connect'))
    expect(error).to.be.an.instanceOf(AggregateError)
    expect(describeNetworkError(error, 'ws://chat.test/')).to.equal('nothing listens there (ECONNREFUSED)')
  })

  it('is described by the reason of OpenSSL if no text of ours is for it', async () => {
    const { cert, key } = await createCertificate(await createAuthority(), { name: 'A server' })
    const server = createServer({ cert, key, minVersion: 'TLSv1.3' }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const port = portOf(server)
    const socket = connect({ port, host: '127.0.0.1', maxVersion: 'TLSv1.2', rejectUnauthorized: false })
    const error = await failureOf(() => once(socket, 'secureConnect'))
    await new Promise((closed) => server.close(closed))
    expect(describeNetworkError(error, 'wss://127.0.0.1/')).to.match(
      /^no secure connection came about: .*protocol version.* \(ERR_SSL_\w+\)$/,
    )
  })
})
