/** What is said of what the network did, where no other test meets it. */

import { once } from 'node:events'
import { type AddressInfo, connect as connectPlainly, createServer } from 'node:net'
import { connect, createServer as createSecureServer } from 'node:tls'
import { expect } from 'chai'
import { createAuthority, createCertificate } from '../../features/support/certificates'
import { failureOf } from '../../test/support/failures'
import { describeNetworkError } from './network-error'

describe('a problem of the network', () => {
  it('is told once if a host has several addresses', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await new Promise((closed) => server.close(closed))
    const lookup = (_host: string, _options: object, found: (error: null, all: object[]) => void) =>
      found(
        null,
        ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 })),
      )
    const socket = connectPlainly({ host: 'chat.test', port, autoSelectFamily: true, lookup: lookup as never })
    const error = await failureOf(() => once(socket, 'connect'))
    expect(error).to.be.an.instanceOf(AggregateError)
    expect(describeNetworkError(error, 'ws://chat.test/')).to.equal('nothing listens there (ECONNREFUSED)')
  })

  it('is told in the words of OpenSSL if there are no others', async () => {
    const { cert, key } = await createCertificate(await createAuthority(), { name: 'A server' })
    const server = createSecureServer({ cert, key, minVersion: 'TLSv1.3' }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const socket = connect({ port, host: '127.0.0.1', maxVersion: 'TLSv1.2', rejectUnauthorized: false })
    const error = await failureOf(() => once(socket, 'secureConnect'))
    await new Promise((closed) => server.close(closed))
    expect(describeNetworkError(error, 'wss://127.0.0.1/')).to.match(
      /^no secure connection came about: .*protocol version.* \(ERR_SSL_\w+\)$/,
    )
  })
})
