/** Certificates as the settings name them, and what is reported of those that are not valid. */

import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, TLSSocket } from 'node:tls'
import { expect } from 'chai'
import { type Certificate, createAuthority, createCertificate } from '../../features/support/certificates'
import { startServer } from '../../features/support/scripted-server'
import { failureOf } from '../../test/support/failures'
import { resolvedSettings, transportsOf } from '../../test/support/fake-server'
import { acceptHandshake, CLOSE_FRAME, textFrame } from '../../test/support/handshake'
import { Conversation } from '../conversation/conversation'
import { UsageError } from '../errors'
import { loadCertificates } from './certificates'
import { webSockets } from './ws'

describe('Certificates', () => {
  let folder: string
  let authority: Certificate
  let rob: Certificate
  const inFolder = (name: string) => join(folder, name)

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'certificates-'))
    authority = await createAuthority()
    rob = await createCertificate(authority, { name: 'Rob' })
    const encrypted = createPrivateKey(rob.key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    })
    writeFileSync(inFolder('authority.pem'), authority.cert)
    writeFileSync(inFolder('rob.pem'), rob.cert + authority.cert)
    writeFileSync(inFolder('rob.key'), rob.key)
    writeFileSync(inFolder('encrypted.key'), encrypted)
    writeFileSync(inFolder('notes.txt'), 'Ask Ann for the certificate.')
    writeFileSync(inFolder('torn.pem'), rob.cert.replace(/\n.{20}/, '\n'))
  })

  after(() => rmSync(folder, { recursive: true }))

  it('are those of Node unless the settings name some', () => {
    expect(loadCertificates({})).to.deep.equal({})
    expect(loadCertificates({ rejectUnauthorized: false })).to.deep.equal({ rejectUnauthorized: false })
  })

  it('are read from files, or are the PEM itself', () => {
    for (const tls of [
      { ca: inFolder('authority.pem') },
      { ca: [inFolder('authority.pem'), rob.cert] },
      { cert: inFolder('rob.pem'), key: inFolder('rob.key') },
      { ca: authority.cert, cert: rob.cert, key: rob.key },
    ]) {
      expect(loadCertificates(tls)).to.have.keys('secureContext')
    }
  })

  for (const [problem, tls] of [
    ['ca" in worldParameters.websocket is wrong: there is no file FOLDER/none.pem.', { ca: 'none.pem' }],
    [
      'ca" in worldParameters.websocket is wrong: FOLDER/notes.txt does not contain a PEM certificate.',
      { ca: 'notes.txt' },
    ],
    [
      'ca" in worldParameters.websocket is wrong: FOLDER/rob.key does not contain a PEM certificate.',
      { ca: 'rob.key' },
    ],
    ['ca" in worldParameters.websocket is wrong: FOLDER/. cannot be read: EISDIR', { ca: '.' }],
    ['cert" in worldParameters.websocket is wrong: FOLDER/torn.pem is not a valid certificate: ', { cert: 'torn.pem' }],
    ['cert" in worldParameters.websocket is wrong: it needs its private key beside it: "key".', { cert: 'rob.pem' }],
    ['key" in worldParameters.websocket is wrong: it needs its certificate beside it: "cert".', { key: 'rob.key' }],
    [
      'key" in worldParameters.websocket is wrong: FOLDER/notes.txt is not a valid PEM private key: ',
      { key: 'notes.txt' },
    ],
    [
      'key" in worldParameters.websocket is wrong: FOLDER/encrypted.key is encrypted: write it without a passphrase.',
      { key: 'encrypted.key' },
    ],
    [
      'key" in worldParameters.websocket is wrong: it is not the key of the certificate in "cert".',
      { cert: 'authority.pem', key: 'rob.key' },
    ],
  ] as const) {
    it(`are reported: "tls.${problem}`, () => {
      const settings = Object.fromEntries(Object.entries(tls).map(([name, file]) => [name, `${folder}/${file}`]))
      expect(() => loadCertificates(settings)).to.throw(UsageError, `"tls.${problem.replace('FOLDER', folder)}`)
    })
  }

  it('are not shown if they are not valid, as they may be secret', () => {
    const torn = rob.key.replace(/\n.{20}/, '\n')
    expect(() => loadCertificates({ cert: rob.cert, key: torn })).to.throw(
      UsageError,
      'the PEM is not a valid PEM private key',
    )
    expect(() => loadCertificates({ cert: rob.cert, key: torn })).not.to.throw(torn.slice(40, 60))
    expect(() => loadCertificates({ ca: 'https://rob:secret@host/ca.pem' })).to.throw(
      UsageError,
      /^"tls.ca" .* is wrong: it is neither a file nor a PEM\.$/,
    )
    expect(() => loadCertificates({ key: 'MIISECRET/+==' })).to.throw(
      UsageError,
      /^"tls.key" .* is wrong: it is neither a file nor a PEM\.$/,
    )
  })

  it('of a client are suggested when the server resets the connection', async () => {
    const server = await createCertificate(authority, { name: 'A server' })
    const stranger = await createCertificate(await createAuthority(), { name: 'A stranger' })
    const { url, close } = await startServer({ tls: { ...server, ca: authority.cert, requestCert: true } })
    const connect = webSockets(loadCertificates({ ca: authority.cert, ...stranger }))
    const conversation = new Conversation(resolvedSettings(url), transportsOf(connect))
    try {
      const failure = await failureOf(() => conversation.client('Rob').connect())
      expect(failure.message).to.equal(
        `Rob could not connect to ${url}/: the connection was reset (ECONNRESET); ` +
          'if the server wants certificates of its clients, "tls.cert" and "tls.key" in the settings are theirs.',
      )
    } finally {
      await conversation.end()
      await close()
    }
  })

  it('hide no reset right behind a message, while the client leaves', async () => {
    const certificate = await createCertificate(authority, { name: 'A server' })
    const secureContext = createSecureContext(certificate)
    const server = createServer((raw) => {
      const socket = new TLSSocket(raw, { isServer: true, secureContext }).on('error', () => {})
      socket.once('data', (request) => {
        socket.write(acceptHandshake(String(request)))
        socket.on('data', ([first]: Buffer) => {
          if (first !== CLOSE_FRAME[0]) return
          socket.write(textFrame('Bye'))
          raw.resetAndDestroy()
        })
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const connect = webSockets(loadCertificates({ ca: authority.cert }))
    const conversation = new Conversation(resolvedSettings(`wss://127.0.0.1:${port}`), transportsOf(connect))
    const client = conversation.client('Rob')
    try {
      await client.connect()
      await client.disconnect()
      const failure = await failureOf(() => conversation.settle())
      expect(failure.message).to.contain('Rob was disconnected by the server without a closing handshake (1006).')
    } finally {
      await conversation.end()
      server.close()
    }
  })
})
