/** Which proxy is used, how connections and requests go through it, and what is said if they do not. */

import type { Duplex } from 'node:stream'
import { expect } from 'chai'
import { createAuthority, createCertificate } from '../../features/support/certificates'
import { type ProxyScript, type ProxyServer, startProxy } from '../../features/support/proxy-server'
import { type ScriptedServer, startServer } from '../../features/support/scripted-server'
import { failureMessage, failureOf } from '../../test/support/failures'
import { freePort } from '../../test/support/ports'
import { ConnectionError, UsageError } from '../errors'
import { Conversation } from '../websocket-conversation'
import { lazyProxies } from './lazy-transports'
import { chooseProxies } from './proxies'
import { Route } from './route'

const NAMES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()])

describe('Proxies', () => {
  const before = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]))
  const conversations: Conversation[] = []
  let conversation: Conversation | undefined
  let server: ScriptedServer | undefined
  let proxy: ProxyServer | undefined

  beforeEach(() => {
    for (const name of NAMES) delete process.env[name]
  })

  afterEach(async () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    await Promise.all(conversations.splice(0).map((one) => one.end()))
    await server?.close()
    await proxy?.close()
    conversation = server = proxy = undefined
  })

  const begin = (settings: object) => {
    conversation = new Conversation({ url: server?.url, timeout: 2000, ...settings } as object)
    conversations.push(conversation)
    return conversation.client('Rob')
  }

  const start = async (script: ProxyScript = {}) => {
    server = await startServer({ opened: (socket) => socket.send('Welcome'), requested: () => 'An order' })
    proxy = await startProxy(script)
    return proxy
  }

  describe('of the environment', () => {
    const choice = (address: string) => chooseProxies(undefined)(new URL(address))?.href

    it('are none without a variable', () => {
      expect(lazyProxies(undefined)).to.equal(undefined)
      process.env.NO_PROXY = 'example.org'
      expect(lazyProxies(undefined)).to.equal(undefined)
    })

    it('are those of http for ws, and those of https for wss', () => {
      process.env.HTTP_PROXY = 'http://one:1'
      process.env.https_proxy = 'http://two:2'
      expect(['ws://a/', 'http://a/'].map(choice)).to.deep.equal(['http://one:1/', 'http://one:1/'])
      expect(['wss://a/', 'https://a/'].map(choice)).to.deep.equal(['http://two:2/', 'http://two:2/'])
    })

    it('are not used for the hosts of NO_PROXY, nor for Unix domain sockets', () => {
      process.env.HTTP_PROXY = 'http://one:1'
      process.env.no_proxy = 'localhost,.example.org,[::1],b:8080'
      for (const host of ['localhost:3000', 'chat.example.org', '[::1]:3000', 'b:8080']) {
        expect(choice(`ws://${host}/`), host).to.equal(undefined)
      }
      expect(choice('ws+unix:///run/app.sock:/')).to.equal(undefined)
      expect(['ws://127.0.0.1/', 'ws://b/'].map(choice)).to.deep.equal(['http://one:1/', 'http://one:1/'])
    })

    it('may lack their scheme', () => {
      process.env.ALL_PROXY = 'proxy:3128'
      expect(choice('ws://a/')).to.equal('http://proxy:3128/')
      expect(choice('wss://a/')).to.equal('http://proxy:3128/')
    })

    it('may be none that is spoken to by HTTP', async () => {
      process.env.all_proxy = 'socks5://rob:hunter2@proxy:1080'
      server = await startServer({})
      const failure = await failureOf(() => begin({}).connect())
      expect(failure).to.be.an.instanceOf(UsageError)
      expect(failure.message).to.equal(
        'HTTP_PROXY, HTTPS_PROXY or ALL_PROXY of the environment is not the address of an HTTP proxy. Write it like ' +
          'http://proxy:8080, or let "proxy" in the settings be such an address, or false for none.',
      )
      expect((await failureOf(() => begin({}).request('/'))).message).to.equal(failure.message)
    })

    it('are used for connections and requests, and not with the setting false', async () => {
      const { url, asked } = await start()
      process.env.HTTP_PROXY = url
      const rob = begin({ proxy: false })
      await rob.connect()
      await rob.request('/orders')
      expect(asked).to.deep.equal([])
      await conversation?.end()
      const ann = begin({})
      await ann.connect()
      await ann.receives('Welcome')
      await ann.request('/orders')
      const { host } = new URL(server?.url ?? '')
      expect(asked).to.deep.equal([host, host])
      conversation?.requests.last.expectStatus(200)
    })
  })

  describe('of the settings', () => {
    it('is used whatever NO_PROXY says', async () => {
      const { url, asked } = await start()
      process.env.NO_PROXY = '*'
      await begin({ proxy: url }).connect()
      expect(asked).to.have.lengthOf(1)
    })

    it('is straight for the hosts of NO_PROXY', async () => {
      const { asked } = await start()
      process.env.HTTP_PROXY = proxy?.url
      process.env.NO_PROXY = '127.0.0.1'
      const rob = begin({})
      await rob.connect()
      await rob.receives('Welcome')
      await rob.request('/orders')
      expect(asked).to.deep.equal([])
    })

    it('gets its credentials, which are shown nowhere', async () => {
      const { url } = await start({ credentials: 'rob:hunter2:%' })
      const proxyUrl = url.replace('//', '//rob:hunter2:%25@')
      const rob = begin({ proxy: proxyUrl })
      await rob.connect()
      await rob.receives('Welcome')
      await rob.request('/')
      const message = await failureMessage(() => rob.receives('hunter2:%', { within: 1 }))
      expect(message).to.contain('[redacted]').and.not.to.contain('hunter2')
    })

    it('refuses with a status that is told from that of the server', async () => {
      const { url } = await start({ credentials: 'rob:hunter2' })
      const rob = begin({ proxy: url.replace('//', '//rob:hunter3@') })
      const failure = await failureOf(() => rob.connect())
      expect(failure).to.be.an.instanceOf(ConnectionError)
      expect(failure.message).to.equal(
        `Rob could not connect to ${server?.url}/: the proxy ${url} refused with status 407 Proxy Authentication Required.`,
      )
      expect(await failureMessage(() => rob.request('/'))).to.equal(
        `GET ${server?.url.replace('ws', 'http')}/ was not answered: the proxy ${url} refused with status 407 Proxy Authentication Required.`,
      )
    })

    it('cannot reach the server', async () => {
      const { url } = await start()
      const port = await freePort()
      expect(await failureMessage(() => begin({ proxy: url }).connect({ to: `ws://127.0.0.1:${port}` }))).to.equal(
        `Rob could not connect to ws://127.0.0.1:${port}/: the proxy ${url} refused with status 502 Bad Gateway.`,
      )
    })

    it('is not reachable', async () => {
      server = await startServer({})
      const port = await freePort()
      const rob = begin({ proxy: `http://rob:hunter2@127.0.0.1:${port}` })
      const failure = await failureOf(() => rob.connect())
      expect(failure.message).to.equal(
        `Rob could not connect to ${server.url}/: the proxy http://127.0.0.1:${port} was not reachable: nothing listens there (ECONNREFUSED).`,
      )
      expect(failure.code).to.equal('ECONNREFUSED')
      expect((await failureOf(() => rob.request('/'))).code).to.equal('ECONNREFUSED')
    })

    it('does not answer', async () => {
      const { url } = await start({ isSilent: true })
      const rob = begin({ proxy: url, timeout: 50 })
      expect(await failureMessage(() => rob.connect())).to.equal(
        `Rob could not connect to ${server?.url}/: the proxy ${url} did not answer within 50 ms.`,
      )
      await failureMessage(() => begin({ proxy: url, timeout: 50, protocol: 'json-rpc' }).connect()).then((message) => {
        expect(message).to.contain(`the proxy ${url} did not answer within 50 ms.`)
      })
      expect(await failureMessage(() => rob.request('/'))).to.equal(
        `GET ${server?.url.replace('ws', 'http')}/ was not answered by the proxy ${url} within 50 ms.`,
      )
    })

    it('is not awaited any more once it has answered', async () => {
      const { url } = await start()
      const route = new Route(new URL(server?.url ?? ''), () => new URL(url), {})
      const connected = new Promise<Duplex>((resolve) => {
        route.createConnection({}, (_, socket) => resolve(socket))
      })
      expect(route.awaited).to.equal(`the proxy ${url}`)
      const socket = await connected
      expect(route.awaited).to.equal(undefined)
      socket.destroy()
    })

    it('leads to servers that speak TLS, and may speak it itself', async () => {
      const authority = await createAuthority()
      const certificate = await createCertificate(authority, { name: 'A server' })
      server = await startServer({ tls: certificate, requested: () => 'An order' })
      for (const tls of [undefined, certificate]) {
        proxy = await startProxy(tls ? { tls } : {})
        const rob = begin({ proxy: proxy.url, tls: { ca: authority.cert } })
        await rob.connect()
        await rob.request('/')
        conversation?.requests.last.expectStatus(200)
        expect(proxy.asked).to.have.lengthOf(2)
        await conversation?.end()
        await proxy.close()
      }
    })

    it('leads to servers whose certificate is not trusted', async () => {
      const certificate = await createCertificate(await createAuthority(), { name: 'A server' })
      server = await startServer({ tls: certificate })
      proxy = await startProxy()
      expect(await failureMessage(() => begin({ proxy: proxy?.url }).connect())).to.match(
        /^Rob could not connect to wss:\S+: its certificate is not signed by an authority that is trusted here /,
      )
    })

    it('leads to hosts by their names and to the default ports', async () => {
      const port = Number(new URL((await start()).url).port)
      const target = Number(new URL(server?.url ?? '').port)
      await proxy?.close()
      proxy = await startProxy({ leadsTo: target })
      expect(port).not.to.equal(target)
      const rob = begin({ proxy: proxy.url })
      await rob.connect({ to: 'ws://chat.example.org/' })
      await rob.request('http://[::1]:8080/')
      expect(proxy.asked).to.deep.equal(['chat.example.org:80', '[::1]:8080'])
      expect(await failureMessage(() => rob.request('https://chat.example.org/'))).to.match(/TLS/)
      expect(proxy.asked.at(-1)).to.equal('chat.example.org:443')
    })
  })
})
