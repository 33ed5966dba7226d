/** The example chat room, heard through plain sockets: what the features in features/chat rely on. */

import { on, once } from 'node:events'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { connect as connectTcp, type Socket } from 'node:net'
import { expect } from 'chai'
import { WebSocket } from 'ws'
import { type ChatRoom, startChatRoom } from './chat-room'

describe('Chat room', () => {
  let room: ChatRoom

  beforeEach(async () => {
    room = await startChatRoom()
  })

  afterEach(() => room.close())

  describe('joining', () => {
    it('is announced to all members, including the new one', async () => {
      const ann = await enter('Ann')
      const bob = await enter('Bob')
      expect(await ann.hears(2)).to.deep.equal(['Ann has connected', 'Bob has connected'])
      expect(await bob.hears(1)).to.deep.equal(['Bob has connected'])
    })

    it('is announced in the room that a header names, and in no other', async () => {
      const [ann, kitchen] = [await enter('Ann'), { Room: 'kitchen' }]
      const bob = await enter('Bob', kitchen)
      const another = await enter('Ann', kitchen)
      another.says('Hello')
      expect(await bob.hears(3)).to.deep.equal(['Bob has connected', 'Ann has connected', 'Ann: Hello'])
      ann.says('Nobody here?')
      expect(await ann.hears(2)).to.deep.equal(['Ann has connected', 'Ann: Nobody here?'])
    })

    it('is possible with any name', async () => {
      for (const name of ['Zoë', '李', 'Tom & Jerry', 'Rob + Ann', '100 % Rob', 'Who?']) {
        expect(await (await enter(name)).hears(1)).to.deep.equal([`${name} has connected`])
      }
    })

    for (const query of ['', '/', '/?name=', '/?name=%20', '/name=Rob&', '//?x', '/?name']) {
      it(`is refused without a name: "${query}"`, async () => {
        const { status, type, body } = await refusal(query)
        expect(status).to.equal(400)
        expect(type).to.equal('text/plain')
        expect(body).to.equal('Say who you are: /?name=Rob')
      })
    }

    it('is refused with a name that is taken, and not announced', async () => {
      const ann = await enter('Ann')
      const { status, body } = await refusal('/?name=Ann')
      expect(status).to.equal(409)
      expect(body).to.equal('Somebody of that name is here already.')
      await enter('Bob')
      expect(await ann.hears(2)).to.deep.equal(['Ann has connected', 'Bob has connected'])
    })
  })

  describe('messages', () => {
    it('reach all members, including the sender', async () => {
      const ann = await enter('Ann')
      const bob = await enter('Bob')
      ann.says('Hello, world!')
      expect(await ann.hears(3)).to.include('Ann: Hello, world!')
      expect(await bob.hears(2)).to.include('Ann: Hello, world!')
    })

    it('do not reach members that join later', async () => {
      const ann = await enter('Ann')
      ann.says('Psst!')
      await ann.hears(2)
      expect(await (await enter('Bob')).hears(1)).to.deep.equal(['Bob has connected'])
    })

    it('reach all members in the same order', async () => {
      const ann = await enter('Ann')
      const bob = await enter('Bob')
      await ann.hears(2)
      await bob.hears(1)
      for (let count = 0; count < 50; count++) {
        ann.says(`${count}`)
        bob.says(`${count}`)
      }
      const heard = await ann.hears(100)
      expect(await bob.hears(100)).to.deep.equal(heard)
      expect(heard.filter((words) => words?.startsWith('Ann'))).to.deep.equal(
        Array.from({ length: 50 }, (_, count) => `Ann: ${count}`),
      )
    })

    it('are passed on unchanged', async () => {
      const ann = await enter('Ann')
      const words = [
        '',
        '"Hi" \\ \'there\'',
        'one\ntwo\r\n\tthree',
        '👩‍👩‍👧 你好',
        '\u0000',
        '{"message":"Hi"}',
        'x'.repeat(1_000_000),
      ]
      for (const each of words) ann.says(each)
      expect(await ann.hears(1 + words.length)).to.deep.equal([
        'Ann has connected',
        ...words.map((each) => `Ann: ${each}`),
      ])
    })

    for (const nonsense of [
      'Hi',
      '',
      '{}',
      'null',
      '[]',
      '3',
      '{"message":3}',
      '{"shout":"Hi"}',
      Buffer.from('{"message":"Hi"}'),
    ]) {
      it(`are answered to their sender alone if they are invalid: ${typeof nonsense === 'string' ? `"${nonsense}"` : 'binary'}`, async () => {
        const ann = await enter('Ann')
        const bob = await enter('Bob')
        bob.socket.send(nonsense)
        expect((await bob.next()).message).to.equal('Bob has connected')
        expect(await bob.next()).to.deep.equal({ error: 'Write it like {"message": "Hello, world!"}' })
        bob.says('Sorry')
        expect(await ann.hears(3)).to.deep.equal(['Ann has connected', 'Bob has connected', 'Bob: Sorry'])
      })
    }
  })

  describe('leaving', () => {
    it('is announced to the other members', async () => {
      const [ann, bob] = [await enter('Ann'), await enter('Bob')]
      bob.socket.close()
      expect(await ann.hears(3)).to.include('Bob has disconnected')
    })

    it('is announced when a connection is lost', async () => {
      const [ann, bob] = [await enter('Ann'), await enter('Bob')]
      bob.socket.terminate()
      expect(await ann.hears(3)).to.include('Bob has disconnected')
    })

    it('frees the name before the close frame is answered', async () => {
      const ann = await enter('Ann')
      for (let times = 0; times < 20; times++) {
        const bob = await enter('Bob')
        bob.socket.close()
        await once(bob.socket, 'close')
      }
      expect((await ann.hears(41)).slice(1)).to.deep.equal(
        Array.from({ length: 20 }, () => ['Bob has connected', 'Bob has disconnected']).flat(),
      )
    })

    it('is announced before the next member joins', async () => {
      for (let times = 0; times < 20; times++) {
        const ann = await enter('Ann')
        expect(await ann.hears(1)).to.deep.equal(['Ann has connected'])
        ann.socket.close()
        await once(ann.socket, 'close')
        const bob = await enter('Bob')
        expect(await bob.hears(1)).to.deep.equal(['Bob has connected'])
        bob.socket.close()
        await once(bob.socket, 'close')
      }
    })

    it('follows a breach of the protocol', async () => {
      const ann = await enter('Ann')
      const mallory = await enterRaw('Mallory')
      mallory.write(Buffer.from([0xff, 0xff, 0xff]))
      expect(await ann.hears(3)).to.deep.equal([
        'Ann has connected',
        'Mallory has connected',
        'Mallory has disconnected',
      ])
      mallory.destroy()
    })

    it('follows a message that is too long', async () => {
      const ann = await enter('Ann')
      const bob = await enter('Bob')
      bob.says('x'.repeat(5_000_000))
      const [code] = (await once(bob.socket, 'close')) as [number]
      expect(code).to.equal(1009)
      expect(await ann.hears(3)).to.include('Bob has disconnected')
    })
  })

  describe('closing', () => {
    it('cuts every connection, also one without a handshake, and accepts no more', async () => {
      const ann = await enter('Ann')
      const silent = connectTcp(Number(new URL(room.url).port), '127.0.0.1')
      await once(silent, 'connect')
      silent.on('error', () => {})
      await Promise.all([room.close(), once(ann.socket, 'close')])
      const late = new WebSocket(`${room.url}/?name=Bob`)
      const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException]
      expect(error.code).to.equal('ECONNREFUSED')
      silent.destroy()
    })

    it('may happen twice', async () => {
      await room.close()
      await room.close()
    })
  })

  async function enter(name: string, headers = {}) {
    const socket = new WebSocket(`${room.url}/?name=${encodeURIComponent(name)}`, { headers })
    const messages = on(socket, 'message')
    await once(socket, 'open')
    const next = async () =>
      JSON.parse(String((await messages.next()).value[0])) as { message?: string; error?: string }
    return {
      socket,
      next,
      says: (message: string) => socket.send(JSON.stringify({ message })),
      async hears(count: number) {
        const heard: (string | undefined)[] = []
        while (heard.length < count) heard.push((await next()).message)
        return heard
      },
    }
  }

  async function enterRaw(name: string): Promise<Socket> {
    const socket = connectTcp(Number(new URL(room.url).port), '127.0.0.1')
    const key = Buffer.alloc(16).toString('base64')
    socket.write(
      `GET /?name=${name} HTTP/1.1\r\nHost: room\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    )
    await once(socket, 'data')
    return socket
  }

  async function refusal(query: string) {
    const socket = new WebSocket(`${room.url}${query}`)
    const [, response] = (await once(socket, 'unexpected-response')) as [ClientRequest, IncomingMessage]
    const body = (await response.toArray()).join('')
    return { status: response.statusCode, type: response.headers['content-type'], body }
  }
})
