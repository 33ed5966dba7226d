/** The server after the Chanx tutorial, through plain sockets and real scripts: what the features in features/tutorial rely on. */

import { execFile } from 'node:child_process'
import { on, once } from 'node:events'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { WebSocket } from 'ws'
import { startTutorialServer, type TutorialServer } from './tutorial-server'

const nonsense = ['Hi', '', '{', '{}', 'null', '[]', '3', '"ping"', '{"action":3}', Buffer.from('{"action":"ping"}')]
const called = (text: string | Buffer) => (typeof text === 'string' ? `'${text}'` : 'binary')
const complete = { action: 'complete' }
const groupComplete = { action: 'group_complete' }
const error = { action: 'error', payload: { message: 'Nobody here understands this.' } }
const systemEcho = (message: string) => ({ action: 'system_echo', payload: { message } })
const jobStatus = (payload: object) => ({ action: 'job_status', payload })
const job = (content: unknown, type = 'translate') => ({ action: 'job', payload: { type, content } })

describe('Tutorial server', () => {
  let server: TutorialServer
  let http: string

  beforeEach(async () => {
    server = await startTutorialServer()
    http = server.url.replace('ws', 'http')
  })

  afterEach(() => server.close())

  describe('system', () => {
    const greeting = systemEcho('System: Connection established!')

    it('sends a greeting', async () => {
      const rob = await enter('/ws/system')
      expect(await rob.hears(1)).to.deep.equal([greeting])
    })

    it('answers a ping', async () => {
      const rob = await enter('/ws/system')
      rob.says({ action: 'ping' })
      expect(await rob.hears(3)).to.deep.equal([greeting, { action: 'pong' }, complete])
    })

    for (const words of ['This is a test message', '', '"Hi" \\ \n👩‍👩‍👧 你好', 'x'.repeat(500_000)]) {
      it(`echoes ${called(words.slice(0, 40))}`, async () => {
        const rob = await enter('/ws/system')
        rob.says({ action: 'user_message', payload: { message: words } })
        expect(await rob.hears(3)).to.deep.equal([greeting, systemEcho(`System Echo: ${words}`), complete])
      })
    }

    for (const text of [
      ...nonsense,
      '{"action":"user_message"}',
      '{"action":"user_message","payload":{"message":3}}',
    ]) {
      it(`reports ${called(text)} as invalid, and goes on`, async () => {
        const rob = await enter('/ws/system')
        rob.socket.send(text)
        rob.says({ action: 'ping' })
        expect(await rob.hears(5)).to.deep.equal([greeting, error, complete, { action: 'pong' }, complete])
      })
    }
  })

  describe('room', () => {
    const joined = (room: string, message = `Someone joined room '${room}'`) => ({
      action: 'room_message',
      payload: { message, room_name: room },
    })
    const chat = (message: string) => ({ action: 'room_chat', payload: { message } })

    it('announces a new member to the others only', async () => {
      const ann = await enter('/ws/room/lobby')
      const bob = await enter('/ws/room/lobby')
      expect(await ann.hears(2)).to.deep.equal([joined('lobby'), groupComplete])
      expect(await ann.hearsNothing()).to.equal(true)
      expect(await bob.hearsNothing()).to.equal(true)
    })

    it('passes on messages to all members, including the sender', async () => {
      const [ann, bob] = [await enter('/ws/room/lobby'), await enter('/ws/room/lobby')]
      await ann.hears(2)
      ann.says(chat('Hello'))
      bob.says(chat('Hi'))
      const heard = await ann.hears(4)
      expect(heard).to.deep.include.members([chat('Hello'), chat('Hi')])
      expect(await bob.hears(4)).to.deep.equal(heard)
      expect([heard[1], heard[3]]).to.deep.equal([groupComplete, groupComplete])
    })

    it('passes on nothing to another room', async () => {
      const [ann, bob] = [await enter('/ws/room/lobby'), await enter('/ws/room/kitchen')]
      ann.says(chat('Hello'))
      expect(await ann.hears(2)).to.deep.equal([chat('Hello'), groupComplete])
      expect(await bob.hearsNothing()).to.equal(true)
    })

    for (const name of ['my-room', 'Zoë & 李', '100 %', 'a/b', "it's"]) {
      it(`may have the name ${name}`, async () => {
        const [ann] = [await enter(`/ws/room/${encodeURIComponent(name)}`)]
        await enter(`/ws/room/${encodeURIComponent(name)}`)
        expect(await ann.hears(1)).to.deep.equal([joined(name)])
      })
    }

    for (const path of ['/ws/room', '/ws/room/', '/ws/room/a/b', '/ws/room/%E0%A4%A', '/ws', '/', '//?x']) {
      it(`is not at ${path}`, async () => {
        expect((await refusal(path)).status).to.equal(404)
      })
    }

    it('disconnects a member on request, and announces nothing', async () => {
      const [ann, bob] = [await enter('/ws/room/lobby'), await enter('/ws/room/lobby')]
      await ann.hears(2)
      bob.says({ action: 'kick' })
      bob.says(chat('One more thing'))
      const [code, reason] = (await once(bob.socket, 'close')) as [number, Buffer]
      expect([code, reason.toString()]).to.deep.equal([4001, 'Kicked'])
      expect(await ann.hearsNothing()).to.equal(true)
    })

    it('goes on when a member has left or lost the connection', async () => {
      const [ann, bob, carol] = [await enter('/ws/room/a'), await enter('/ws/room/a'), await enter('/ws/room/a')]
      bob.socket.terminate()
      carol.socket.close()
      await once(carol.socket, 'close')
      ann.says(chat('Where are you?'))
      expect((await ann.hears(6)).slice(4)).to.deep.equal([chat('Where are you?'), groupComplete])
    })

    for (const text of [...nonsense, '{"action":"room_chat"}', '{"action":"room_chat","payload":null}']) {
      it(`reports ${called(text)} as invalid to its sender alone`, async () => {
        const [ann, bob] = [await enter('/ws/room/lobby'), await enter('/ws/room/lobby')]
        bob.socket.send(text)
        expect(await bob.hears(2)).to.deep.equal([error, complete])
        await ann.hears(2)
        expect(await ann.hearsNothing()).to.equal(true)
      })
    }

    it('receives an announcement, like every other room', async () => {
      const [ann, bob] = [await enter('/ws/room/lobby'), await enter('/ws/room/kitchen')]
      const system = await enter('/ws/system')
      await system.hears(1)
      const { stdout } = await script('tutorial-announce.js', http, 'Tea is ready — come & drink!')
      expect(stdout).to.equal('Announced: Tea is ready — come & drink!\n')
      expect(await ann.hears(2)).to.deep.equal([joined('lobby', 'Tea is ready — come & drink!'), groupComplete])
      expect(await bob.hears(2)).to.deep.equal([joined('kitchen', 'Tea is ready — come & drink!'), groupComplete])
      expect(await system.hearsNothing()).to.equal(true)
    })

    it('receives no announcement without a text', async () => {
      const ann = await enter('/ws/room/lobby')
      const { code, stderr } = await failing('tutorial-announce.js', http)
      expect(code).to.equal(1)
      expect(stderr).to.equal('Error: The server answered with status 400\n')
      expect(await ann.hearsNothing()).to.equal(true)
    })

    for (const body of nonsense) {
      it(`receives no announcement that is ${called(body)}`, async () => {
        const wrong = typeof body === 'string' ? body : '{"message":3}'
        expect((await fetch(`${http}/announce`, { method: 'POST', body: wrong })).status).to.equal(400)
      })
    }
  })

  describe('background jobs', () => {
    it('are queued', async () => {
      const rob = await enterQueue()
      rob.says(job('hello'))
      const [queuing, queued, last] = await rob.hears(3)
      expect(queuing).to.deep.equal(jobStatus({ status: 'queuing' }))
      expect(queued).to.have.nested.property('payload.status', 'queued')
      expect(queued).to.have.nested.property('payload.job').that.is.a('string')
      expect(last).to.deep.equal(complete)
    })

    it('are done when the worker has run, and not before', async () => {
      const rob = await enterQueue()
      rob.says(job('hello'))
      await rob.hears(3)
      expect(await rob.hearsNothing()).to.equal(true)
      expect((await script('tutorial-worker.js', http)).stdout).to.equal('Jobs done: 1\n')
      expect(await rob.hears(2)).to.deep.equal([
        jobStatus({ status: 'result', message: "Translated: 'hello' → 'hola'" }),
        { action: 'event_complete' },
      ])
    })

    it('are done once', async () => {
      const rob = await enterQueue()
      rob.says(job('Good morning'))
      rob.says(job('xyzzy'))
      await rob.hears(6)
      expect((await script('tutorial-worker.js', http)).stdout).to.equal('Jobs done: 2\n')
      expect((await script('tutorial-worker.js', http)).stdout).to.equal('Jobs done: 0\n')
      expect((await rob.hears(4)).filter((_, index) => index % 2 === 0)).to.deep.equal([
        jobStatus({ status: 'result', message: "Translated: 'Good morning' → 'buenos días'" }),
        jobStatus({ status: 'result', message: "No translation for 'xyzzy'" }),
      ])
      expect(await rob.hearsNothing()).to.equal(true)
    })

    it('are reported to the client that sent them, and done for clients that have left', async () => {
      const [rob, ann] = [await enterQueue(), await enterQueue()]
      rob.says(job('hello'))
      ann.says(job('thank you'))
      await Promise.all([rob.hears(3), ann.hears(3)])
      rob.socket.terminate()
      expect((await script('tutorial-worker.js', http)).stdout).to.equal('Jobs done: 2\n')
      expect(await ann.hears(1)).to.have.nested.property('[0].payload.message', "Translated: 'thank you' → 'gracias'")
    })

    it('are done in the order of arrival', async () => {
      const rob = await enterQueue()
      rob.says(job('hello'))
      rob.says(job('constructor'))
      const ids = (await rob.hears(6)).map(({ payload }) => payload?.job).filter((id) => id !== undefined)
      expect(await (await fetch(`${http}/jobs`)).json()).to.deep.equal([
        { id: ids[0], type: 'translate', content: 'hello' },
        { id: ids[1], type: 'translate', content: 'constructor' },
      ])
    })

    for (const text of [...nonsense, JSON.stringify(job(3)), JSON.stringify(job('hello', 'sing'))]) {
      it(`are not ${called(text)}`, async () => {
        const rob = await enterQueue()
        rob.socket.send(text)
        expect(await rob.hears(2)).to.deep.equal([error, complete])
        expect(await (await fetch(`${http}/jobs`)).json()).to.deep.equal([])
      })
    }

    it('have a result that is a text', async () => {
      expect((await fetch(`${http}/jobs/1/result`, { method: 'POST', body: '{}' })).status).to.equal(400)
    })

    it('have a result only if a client sent them', async () => {
      const answer = await fetch(`${http}/jobs/1/result`, { method: 'POST', body: '{"message":"done"}' })
      expect(answer.status).to.equal(404)
    })

    it('make a worker without a server fail', async () => {
      await server.close()
      for (const run of [failing('tutorial-worker.js', http), failing('tutorial-announce.js', http, 'Hi')]) {
        const { code, stderr } = await run
        expect(code).to.equal(1)
        expect(stderr).to.contain('ECONNREFUSED')
      }
      expect((await failing('tutorial-worker.js')).code).to.equal(1)
    })

    async function enterQueue() {
      const visitor = await enter('/ws/background_jobs')
      expect(await visitor.hears(1)).to.deep.equal([jobStatus({ status: 'connected', message: 'What shall be done?' })])
      return visitor
    }
  })

  describe('topics', () => {
    const subscribe = (topic: unknown, ref?: unknown) => ({ action: 'subscribe', topic, ref })
    const publish = (topic: unknown, ref: unknown, payload?: unknown) => ({ action: 'publish', topic, ref, payload })

    it('share a connection, where each answer has the ref of its request', async () => {
      const rob = await enter('/ws/topics')
      rob.says(subscribe('news', 'a'))
      rob.says(subscribe('weather', 2))
      rob.says(subscribe('music'))
      expect(await rob.hears(3)).to.deep.equal([
        { ref: 'a', status: 'ok', topic: 'news' },
        { ref: 2, status: 'ok', topic: 'weather' },
        { status: 'ok', topic: 'music' },
      ])
    })

    it('are delivered to their subscribers alone, before the publisher is answered', async () => {
      const [ann, bob, rob] = [await enter('/ws/topics'), await enter('/ws/topics'), await enter('/ws/topics')]
      ann.says(subscribe('news', 1))
      rob.says(subscribe('news', 1))
      rob.says(subscribe('news', 2))
      bob.says(subscribe('weather', 1))
      await Promise.all([ann.hears(1), bob.hears(1), rob.hears(2)])
      rob.says(publish('news', 3, { title: 'It rains' }))
      const delivered = { topic: 'news', payload: { title: 'It rains' } }
      expect(await rob.hears(2)).to.deep.equal([delivered, { ref: 3, status: 'ok', topic: 'news' }])
      expect(await ann.hears(1)).to.deep.equal([delivered])
      bob.says(publish('news', 4, 'Hello'))
      expect(await bob.hears(1)).to.deep.equal([{ ref: 4, status: 'ok', topic: 'news' }])
      expect(await ann.hears(1)).to.deep.equal([{ topic: 'news', payload: 'Hello' }])
    })

    it('go on when a subscriber has left', async () => {
      const [ann, rob] = [await enter('/ws/topics'), await enter('/ws/topics')]
      ann.says(subscribe('news', 1))
      await ann.hears(1)
      ann.socket.terminate()
      rob.says(publish('news', 1))
      expect(await rob.hears(1)).to.deep.equal([{ ref: 1, status: 'ok', topic: 'news' }])
    })

    for (const request of [subscribe('gossip', 1), publish('gossip', 1), subscribe(3, 1), subscribe(undefined, 1)]) {
      it(`are valid: ${JSON.stringify(request)}`, async () => {
        const rob = await enter('/ws/topics')
        rob.says(request)
        expect(await rob.hears(1)).to.deep.equal([{ ref: 1, status: 'error', reason: 'There is no such topic.' }])
      })
    }

    it('can be subscribed to and published, nothing else', async () => {
      const rob = await enter('/ws/topics')
      rob.says({ action: 'burn', topic: 'news', ref: 1 })
      expect(await rob.hears(1)).to.deep.equal([{ ref: 1, status: 'error', reason: 'Subscribe or publish.' }])
    })

    for (const text of nonsense.filter((text) => text !== '{"action":3}')) {
      it(`are not ${called(text)}`, async () => {
        const rob = await enter('/ws/topics')
        rob.socket.send(text)
        expect(await rob.hears(1)).to.deep.equal([error])
      })
    }
  })

  describe('private endpoint', () => {
    for (const headers of [
      { Authorization: 'Bearer rob123' },
      { Authorization: 'bearer rob123' },
      { Cookie: 'session=rob' },
      { Cookie: 'theme=dark; session=rob; x=y' },
      { Authorization: 'Basic xyz', Cookie: 'session=rob' },
    ]) {
      it(`accepts ${JSON.stringify(headers)}`, async () => {
        const rob = await enter('/ws/private', headers)
        expect(await rob.hears(1)).to.deep.equal([systemEcho('System: Welcome, Rob!')])
      })
    }

    for (const headers of [
      {},
      { Cookie: 'session=bob' },
      { Cookie: 'xsession=rob' },
      { Authorization: 'Basic cm9i' },
    ]) {
      it(`answers ${JSON.stringify(headers)} with 401`, async () => {
        const { status, body, authenticate } = await refusal('/ws/private', headers)
        expect([status, authenticate, body]).to.deep.equal([401, 'Bearer', 'Log in first.'])
      })
    }

    for (const headers of [{ Authorization: 'Bearer bob' }, { Authorization: 'Bearer bob', Cookie: 'session=rob' }]) {
      it(`refuses ${JSON.stringify(headers)}`, async () => {
        const { status, body } = await refusal('/ws/private', headers)
        expect([status, body]).to.deep.equal([403, 'Nobody has this token.'])
      })
    }
  })

  describe('documentation', () => {
    it('is an AsyncAPI document', async () => {
      const answer = await fetch(`${http}/asyncapi.json`)
      expect(answer.headers.get('content-type')).to.equal('application/json')
      const { asyncapi, channels, operations } = (await answer.json()) as Record<string, Record<string, object>>
      expect(asyncapi).to.equal('3.0.0')
      expect(Object.values(channels ?? {}).map((channel) => 'address' in channel && channel.address)).to.deep.equal([
        '/ws/system',
        '/ws/room/{name}',
        '/ws/background_jobs',
        '/ws/topics',
        '/ws/private',
      ])
      for (const operation of Object.values(operations ?? {})) {
        expect(operation)
          .to.have.nested.property('channel.$ref')
          .that.matches(/^#\/channels\/\w+$/)
      }
    })

    it('is a page to read', async () => {
      const answer = await fetch(`${http}/asyncapi`)
      expect(answer.headers.get('content-type')).to.equal('text/html; charset=utf-8')
      const page = await answer.text()
      expect(page).to.contain('AsyncApiStandalone.render')
      expect(page).to.contain("<title>The tutorial's WebSocket server</title>")
    })

    for (const path of ['/', '/asyncapi.yaml', '/announce', '/ws/system', '/jobs/1', '//?x']) {
      it(`is not at ${path}`, async () => {
        expect((await fetch(http + path)).status).to.equal(404)
      })
    }
  })

  describe('clients that break the protocol', () => {
    it('are disconnected, and no others', async () => {
      const ann = await enter('/ws/room/lobby')
      const mallory = await tcp(
        'GET /ws/room/lobby HTTP/1.1\r\nHost: room\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
      )
      await once(mallory, 'data')
      mallory.end(Buffer.from([0xff, 0xff, 0xff]))
      await once(mallory.resume(), 'close')
      await ann.hears(2)
      expect(await ann.hearsNothing()).to.equal(true)
    })

    it('are disconnected with 1009 after a message that is too long', async () => {
      const ann = await enter('/ws/system')
      ann.socket.send('x'.repeat(2 ** 20 + 1))
      expect((await once(ann.socket, 'close'))[0]).to.equal(1009)
    })

    for (const unfinished of [
      'POST /announce HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"mess',
      'GET /ws/system HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      'GET /ws/system HTTP/1.1\r\nUpg',
      'rubbish\r\n\r\n',
    ]) {
      it(`may disconnect in the middle of ${JSON.stringify(unfinished)}`, async () => {
        const mallory = await tcp(unfinished)
        mallory.resetAndDestroy()
        await once(mallory, 'close')
        expect((await fetch(`${http}/asyncapi`)).status).to.equal(200)
      })
    }
  })

  describe('closing', () => {
    it('cuts every connection, also one without a handshake, and accepts no more', async () => {
      const ann = await enter('/ws/system')
      const silent = await tcp('')
      await Promise.all([server.close(), once(ann.socket, 'close'), once(silent.resume(), 'close')])
      const late = new WebSocket(`${server.url}/ws/system`)
      const [failure] = (await once(late, 'error')) as [NodeJS.ErrnoException]
      expect(failure.code).to.equal('ECONNREFUSED')
    })

    it('may happen twice', async () => {
      await server.close()
      await server.close()
    })
  })

  async function enter(path: string, headers = {}) {
    const socket = new WebSocket(server.url + path, { headers })
    const messages = on(socket, 'message')
    await once(socket, 'open')
    const says = (message: object) => socket.send(JSON.stringify(message))
    const next = async () =>
      JSON.parse(String((await messages.next()).value[0])) as { action?: string; payload?: { job?: string } }
    const hears = async (count: number) => {
      const heard = []
      while (heard.length < count) heard.push(await next())
      return heard
    }
    // The answer to a ping comes after all that was on the way: nothing did if it is the next message.
    const hearsNothing = async () => {
      says({ action: 'ping' })
      const [answer, last] = await hears(2)
      return answer?.action === 'pong' && last?.action === 'complete'
    }
    return { socket, says, hears, hearsNothing }
  }

  async function refusal(path: string, headers = {}) {
    const socket = new WebSocket(server.url + path, { headers })
    const [, response] = (await once(socket, 'unexpected-response')) as [ClientRequest, IncomingMessage]
    const body = (await response.toArray()).join('')
    return { status: response.statusCode, authenticate: response.headers['www-authenticate'], body }
  }

  async function tcp(text: string) {
    const socket = connectTcp(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {})
    await once(socket, 'connect')
    if (text !== '') await new Promise((written) => socket.write(text, written))
    return socket
  }
})

function script(name: string, ...words: string[]) {
  return promisify(execFile)(process.execPath, [join(__dirname, name), ...words])
}

async function failing(name: string, ...words: string[]): Promise<{ code: number; stderr: string }> {
  try {
    await script(name, ...words)
  } catch (failure) {
    return failure as { code: number; stderr: string }
  }
  throw new Error(`${name} succeeded`)
}
