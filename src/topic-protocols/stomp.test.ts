import { expect } from 'chai'
import fc from 'fast-check'
import { turn } from '../../test/support/event-loop'
import { failureMessage } from '../../test/support/failures'
import { type FakeConnection, type FakeServer, startConversation } from '../../test/support/fake-server'
import type { Client } from '../client/client'
import type { Conversation } from '../conversation/conversation'
import { namedEvent, onTopic } from '../messages/addressed-message'
import { bytes } from '../messages/binary-message'

const CONNECTED = 'CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0'

describe('STOMP', () => {
  let conversation: Conversation
  let server: FakeServer
  let rob: Client

  beforeEach(() => begin({}))
  afterEach(() => conversation.end())

  function begin(options: object): void {
    ;({ conversation, server } = startConversation({ protocol: { name: 'stomp', ...options }, timeout: 1000 }))
    rob = conversation.client('Rob')
  }

  const here = (): FakeConnection => server.to('Rob')
  const details = () => rob.state.inbox.messages.map((message) => [message.detail, message.details])
  const problems = () => rob.state.inbox.messages.map((message) => message.details.problem)
  const message = (text: string, headers = '') =>
    `MESSAGE\nsubscription:1\nmessage-id:7\ndestination:/topic/a\n${headers}\n${text}\0`

  async function connect(connected = CONNECTED): Promise<void> {
    const connecting = rob.connect()
    await turn()
    here().sends(connected)
    await connecting
  }

  describe('connects', () => {
    it('when the server has connected it', async () => {
      await connect()
      expect(here().target.subprotocols).to.deep.equal(['v12.stomp', 'v11.stomp'])
      expect(here().sent).to.deep.equal(['CONNECT\naccept-version:1.1,1.2\nhost:server\nheart-beat:10000,10000\n\n\0'])
    })

    it('with what the settings say of it, which has no escapes', async () => {
      begin({ login: 'Rob', passcode: 'a:b\\c', host: '/', heartbeat: 0 })
      await connect()
      expect(here().sent).to.deep.equal([
        'CONNECT\naccept-version:1.1,1.2\nhost:/\nlogin:Rob\npasscode:a:b\\c\nheart-beat:0,0\n\n\0',
      ])
    })

    it('when the server has confirmed the subscriptions of the settings', async () => {
      begin({ subscribe: ['/topic/a', '/topic/b'] })
      const connecting = rob.connect()
      await turn()
      here().sends(CONNECTED)
      expect(here().sent.slice(1)).to.deep.equal([
        'SUBSCRIBE\nid:1\ndestination:/topic/a\nack:auto\nreceipt:beginning-of-1\n\n\0',
        'SUBSCRIBE\nid:2\ndestination:/topic/b\nack:auto\nreceipt:beginning-of-2\n\n\0',
      ])
      here().sends(
        'RECEIPT\nreceipt-id:beginning-of-1\n\n\0',
        `${message('Hello')}\nRECEIPT\nreceipt-id:beginning-of-2\n\n\0`,
      )
      await connecting
      expect(details()).to.deep.equal([['Hello', { topic: '/topic/a' }]])
    })

    it('before the server complains in the same turn', async () => {
      begin({ subscribe: ['/topic/a'] })
      const connecting = rob.connect()
      await turn()
      here().sends(CONNECTED, 'RECEIPT\nreceipt-id:beginning-of-1\n\n\0ERROR\nmessage:gone\n\n\0')
      await connecting
      await rob.receives(namedEvent('ERROR', 'gone'))
      await rob.expectDisconnected()
    })

    it('at once where the server confirms nothing', async () => {
      begin({ subscribe: ['/topic/a'], receipts: false })
      await connect()
      expect(here().sent[1]).to.equal('SUBSCRIBE\nid:1\ndestination:/topic/a\nack:auto\n\n\0')
    })

    for (const [frame, words] of [
      ['ERROR\nmessage:Bad CONNECT\n\nWho are you?\0', 'Bad CONNECT Who are you?'],
      ['ERROR\n\n\0', ''],
    ] as const) {
      it(`unless the server refuses it: "${words}"`, async () => {
        const failure = failureMessage(() => rob.connect())
        await turn()
        here().sends(frame)
        expect((await failure).replace('\\n', ' '))
          .to.contain(`Rob was refused by ws://server/?name=Rob`)
          .and.contain(words)
      })
    }

    for (const headers of ['receipt-id:beginning-of-1\n', '']) {
      it(`unless the server refuses one of its subscriptions, ${headers ? 'and says which' : 'and does not say which'}`, async () => {
        begin({ subscribe: ['/cellar'] })
        const failure = failureMessage(() => rob.connect())
        await turn()
        here().sends(CONNECTED, `ERROR\nmessage:Staff only\n${headers}\n\0`)
        expect(await failure).to.equal('Rob was refused by ws://server/?name=Rob: "Staff only".')
      })
    }

    for (const [header, version] of [
      ['', '1.0'],
      ['version:1.0\n', '1.0'],
      ['version:2.0\n', '2.0'],
    ]) {
      it(`unless the server speaks another version: ${JSON.stringify(header)}`, async () => {
        const failure = failureMessage(() => rob.connect())
        await turn()
        here().sends(`CONNECTED\n${header}\n\0`)
        expect(await failure).to.equal(
          `Rob was refused by ws://server/?name=Rob: "the server speaks STOMP ${version}, and the client 1.1 and 1.2".`,
        )
      })
    }

    it('once', async () => {
      await connect()
      here().sends(CONNECTED)
      expect(problems()).to.deep.equal(['the server has connected the client before'])
    })
  })

  describe('receives', () => {
    beforeEach(async () => {
      begin({ subscribe: ['/topic/a'], receipts: false })
      await connect()
    })

    it('texts, JSON and bytes, several in a frame, with heart-beats between them', () => {
      const bytesMessage = Buffer.concat([
        Buffer.from(
          '\r\n\nMESSAGE\r\nsubscription:1\r\nmessage-id:7\r\ndestination:/topic/a\r\ncontent-length:3\r\n\r\n',
        ),
        Buffer.from([1, 0, 0xff, 0]),
      ])
      here().sends('\n', `${message('Grüße')}\n\n${message('{"n":1.50}')}`, bytesMessage, message(''))
      expect(details()).to.deep.equal(
        ['Grüße', '{"n":1.50}', Buffer.from([1, 0, 0xff]), ''].map((content) => [content, { topic: '/topic/a' }]),
      )
    })

    it('U+FEFF as what it is, however long the text is', () => {
      const marked = `\ufeff${'x'.repeat(300)}`
      here().sends(message(marked), Buffer.from(message(marked).replace('/topic/a', marked)))
      expect(details()).to.deep.equal([
        [marked, { topic: '/topic/a' }],
        [marked, { topic: marked }],
      ])
    })

    it('bytes for a codec that reads bytes, also such as are a text', async () => {
      begin({ codec: 'cbor', subscribe: ['/topic/a'], receipts: false })
      await connect()
      here().sends(message('\u0007'), 'ERROR\nmessage:\u0007\n\n\0')
      expect(details()).to.deep.equal([
        ['7', { topic: '/topic/a' }],
        ['\u0007', { event: 'ERROR', isError: true }],
      ])
      await rob.expectDisconnected()
    })

    it('a frame that is cut behind a NUL of its body', () => {
      here().sends(message('a', 'content-length:3\n'), 'b\0')
      expect(details()).to.deep.equal([['a\0b', { topic: '/topic/a' }]])
    })

    it('frames that are cut anywhere', () => {
      const whole = Buffer.concat([
        Buffer.from(message('a\0b', 'content-length:3\n')),
        Buffer.from(`\n${message('Grüße')}\r\n`),
        Buffer.from(message('x'.repeat(100))),
      ])
      const cuts = fc.uniqueArray(fc.integer({ min: 1, max: whole.length - 1 }))
      fc.assert(
        fc.property(cuts, (places) => {
          const before = rob.state.inbox.messages.length
          const ends = [...places.sort((a, b) => a - b), whole.length]
          for (const [index, end] of ends.entries()) here().sends(whole.subarray(ends[index - 1] ?? 0, end))
          expect(details().slice(before)).to.deep.equal(
            ['a\0b', 'Grüße', 'x'.repeat(100)].map((content) => [content, { topic: '/topic/a' }]),
          )
        }),
        { numRuns: 50 },
      )
    })

    it('headers with escapes; of one that stands twice, the first', () => {
      here().sends(
        'MESSAGE\nsubscription:1\nmessage-id:7\ndestination:/topic/a\\c\\\\n\\n\\r\ndestination:/topic/b\ntime:12:00\n\nHello\0',
      )
      expect(details()).to.deep.equal([['Hello', { topic: '/topic/a:\\n\n\r' }]])
    })

    it('what the server complains about, and nothing after it', async () => {
      here().sends('ERROR\nmessage:malformed frame\n\nThe frame was\0', message('Hello'))
      expect(details()).to.deep.equal([
        ['malformed frame\nThe frame was', { event: 'ERROR', isError: true }],
        ['Hello', { problem: 'the server has ended the conversation before' }],
      ])
      await rob.expectDisconnected()
    })

    it('what the server confirms before it complains in the same turn', async () => {
      begin({ receipts: true, send: '/topic/a' })
      await connect()
      const sending = rob.send('Hello')
      await turn()
      here().sends('RECEIPT\nreceipt-id:receipt-1\n\n\0', 'ERROR\nmessage:No\n\n\0')
      await sending
      await rob.receives(namedEvent('ERROR'))
    })

    it('no other event', async () => {
      expect(await failureMessage(() => rob.receives(namedEvent('speak')))).to.equal(
        'the event "speak" cannot be received: the protocol stomp has no event of this name: it has ERROR.',
      )
    })

    it('what the server complains about in bytes', async () => {
      here().sends(Buffer.from('ERROR\n\n\xff\0', 'latin1'))
      expect(details()).to.deep.equal([['\ufffd', { event: 'ERROR', isError: true }]])
      await rob.receives(namedEvent('ERROR'))
    })

    for (const [frame, reason] of [
      ['Hello', 'it is not a frame of STOMP'],
      [Buffer.from([0x80, 1, 2]), 'it is not a frame of STOMP'],
      ['MESSAGE\0', 'it has no empty line behind its headers'],
      ['MESSAGE\ndestination\n\n\0', 'its header "destination" has no colon'],
      ['MESSAGE\ndestination:a\\t\n\n\0', String.raw`its header has "\\t", which is not an escape of STOMP`],
      ['MESSAGE\ndestination:a\\\n\n\0', String.raw`its header has "\\", which is not an escape of STOMP`],
      ['MESSAGE\nsubscription:1\nmessage-id:7\n\n\0', 'it has no header destination'],
      ['MESSAGE\nsubscription:1\ndestination:/topic/a\n\n\0', 'it has no header message-id'],
      ['MESSAGE\nmessage-id:7\ndestination:/topic/a\n\n\0', 'it has no header subscription'],
      ['MESSAGE\nsubscription:2\nmessage-id:7\ndestination:/topic/a\n\n\0', 'it is of no subscription of the client'],
      [message('Grüße', 'content-length:5\n'), 'its content-length is 5, and its body has 7 bytes'],
      [message('Hello', 'content-length:-1\n'), 'its content-length is -1, and its body has 5 bytes'],
      [message('Hello', 'content-length:5.0\n'), 'its content-length is 5.0, and its body has 5 bytes'],
      [message('Hello', 'content-length:0x5\n'), 'its content-length is 0x5, and its body has 5 bytes'],
      [message('Hello', 'content-length: 5\n'), 'its content-length is  5, and its body has 5 bytes'],
      [message('', 'content-length:\n'), 'its content-length is , and its body has 0 bytes'],
      [message('a\0b', 'content-length:2\n'), 'its content-length is 2, and its body has 3 bytes'],
      ['RECEIPT\nreceipt-id:7\n\n\0', 'it confirms nothing that the client has sent'],
      ['RECEIPT\n\n\0', 'it has no header receipt-id'],
      ['RECEIPT\nreceipt-id:7\n\nHello\0', 'RECEIPT has no body'],
      ['CONNECTED\nversion:1.2\n\nHello\0', 'CONNECTED has no body'],
      [Buffer.from('MESSAGE\ndestination:/topic/\xff\n\n\0', 'latin1'), 'its headers are not UTF-8'],
      ['CONNECTED\nheart-beat:soon\n\n\0', 'the server has connected the client before'],
      ['SEND\ndestination:a\n\n\0', 'servers do not send SEND'],
    ] as const) {
      it(`with the reason, ${JSON.stringify(String(frame))}: ${reason}`, () => {
        here().sends(frame)
        expect(problems()).to.deep.equal([
          reason.startsWith('it is not') ? `The function received of the protocol stomp failed: ${reason}` : reason,
        ])
        here().sends(message('Hello'))
        expect(details()[1]).to.deep.equal(['Hello', { topic: '/topic/a' }])
      })
    }

    it('no frame that is larger than a message may be', () => {
      here().sends(message('x'.repeat(2000)).slice(0, 900), 'x'.repeat(900), message('Hello'))
      expect(problems()[0]).to.contain('a frame has more than 1000 bytes')
      expect(details().at(-1)).to.deep.equal(['Hello', { topic: '/topic/a' }])
    })

    it('so many frames in one of the WebSocket, and no more', () => {
      const maxMessageBytes = 2 ** 20
      ;({ conversation, server } = startConversation({ protocol: { name: 'stomp' }, timeout: 1000, maxMessageBytes }))
      rob = conversation.client('Rob')
      return connect().then(() => {
        here().sends('RECEIPT\n\n\0\n'.repeat(10_005), 'SEND\n\n\0')
        expect(problems().slice(9_999)).to.deep.equal([
          'it has no header receipt-id',
          'The function received of the protocol stomp failed: it says more than 10000 messages at once',
          'servers do not send SEND',
        ])
      })
    })

    it('garbage without a stray error', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 30 }), (garbage) => here().sends(Buffer.from(garbage))),
        { numRuns: 500 },
      )
    })

    it('what is left when the server closes', () => {
      here().sends('MESSAGE\ndest')
      here().closes(1000)
      expect(details()).to.deep.equal([['MESSAGE\ndest', { problem: 'the frame has not ended' }]])
      return rob.expectDisconnected()
    })
  })

  it('wants heart-beats in numbers', async () => {
    const connecting = rob.connect()
    await turn()
    here().sends('CONNECTED\nversion:1.2\nheart-beat:soon\n\n\0', CONNECTED)
    await connecting
    expect(problems()).to.deep.equal(['its heart-beat is "soon", not two numbers of ms'])
  })

  describe('sends', () => {
    it('to the destination of the settings', async () => {
      begin({ send: '/topic/a: b' })
      await connect()
      await rob.send('Hello')
      await rob.send('a\0b')
      await rob.send(bytes('01 00 ff'))
      expect(here().sent.slice(1)).to.deep.equal([
        'SEND\ndestination:/topic/a\\c b\n\nHello\0',
        'SEND\ndestination:/topic/a\\c b\ncontent-length:3\n\na\0b\0',
        Buffer.concat([
          Buffer.from('SEND\ndestination:/topic/a\\c b\ncontent-type:application/octet-stream\ncontent-length:3\n\n'),
          Buffer.from([1, 0, 0xff, 0]),
        ]),
      ])
    })

    it('nothing without it, and says what is missing', async () => {
      await connect()
      expect(await failureMessage(() => rob.send('Hello'))).to.contain(
        "write protocol: { name: 'stomp', send: '/topic/house' }, or name it",
      )
    })

    it('to any destination, line breaks and all', async () => {
      await connect()
      await rob.send(onTopic('/queue/a\\\r\n', 'Hello'))
      expect(here().sent[1]).to.equal('SEND\ndestination:/queue/a\\\\\\r\\n\n\nHello\0')
    })

    it('no header with half of a surrogate pair, which would become another character', async () => {
      await connect()
      for (const act of [
        () => rob.send(onTopic('/queue/\ud83d', 'Hello')),
        () => rob.send(onTopic('/queue/\ud83d', bytes('00'))),
        () => rob.subscribe('/queue/\ud83d'),
      ])
        expect(await failureMessage(act)).to.contain('it has half of a surrogate pair, which UTF-8 does not have')
      expect(here().sent).to.have.length(1)
    })

    it('until the server has confirmed it, if the settings say so', async () => {
      begin({ send: '/topic/a', receipts: true })
      await connect()
      const sending = rob.send('Hello')
      await turn()
      expect(here().sent[1]).to.equal('SEND\ndestination:/topic/a\nreceipt:receipt-1\n\nHello\0')
      here().sends('RECEIPT\nreceipt-id:receipt-1\n\n\0')
      await sending
    })

    it('heart-beats, as often as the one wants and the other can', async () => {
      begin({ heartbeat: 1 })
      await connect('CONNECTED\nversion:1.2\nheart-beat:0,2\n\n\0')
      while (here().sent.length < 3) await turn()
      expect(here().sent.slice(1, 3)).to.deep.equal(['\n', '\n'])
    })

    it('heart-beats to a server that has promised some of its own', async () => {
      begin({ heartbeat: 1 })
      await connect('CONNECTED\nversion:1.2\nheart-beat:1,1\n\n\0')
      here().sending = async () => here().sends('\n')
      while (here().sent.length < 20) await turn()
      expect(here().wasTerminated).to.equal(false)
    })

    it('no heart-beats that the server does not want', async () => {
      begin({ heartbeat: 1 })
      await connect('CONNECTED\nversion:1.2\nheart-beat:2,0\n\n\0')
      while (!here().wasTerminated) await turn()
      expect(here().sent).to.have.length(1)
      expect(await failureMessage(() => rob.receives('x'))).to.contain(
        'the server has sent nothing for 4 ms, although it had promised to show that it is alive',
      )
    })

    it('no heart-beats where the settings want none', async () => {
      begin({ heartbeat: 0 })
      await connect('CONNECTED\nversion:1.1\nheart-beat:1,1\n\n\0')
      for (let turns = 0; turns < 20; turns++) await turn()
      expect(here().sent).to.have.length(1)
      expect(here().wasTerminated).to.equal(false)
    })

    it('goodbye', async () => {
      await connect('CONNECTED\nversion:1.2\n\n\0')
      await rob.disconnect()
      expect(here().sent[1]).to.equal('DISCONNECT\n\n\0')
    })
  })

  describe('subscribes', () => {
    it('when the server has confirmed it, and ends it in the same way', async () => {
      await connect()
      const subscribing = rob.subscribe('/topic/a')
      await turn()
      expect(here().sent[1]).to.equal('SUBSCRIBE\nid:1\ndestination:/topic/a\nack:auto\nreceipt:beginning-of-1\n\n\0')
      here().sends('RECEIPT\nreceipt-id:beginning-of-1\n\n\0')
      await subscribing
      const ending = rob.unsubscribe('/topic/a')
      await turn()
      expect(here().sent[2]).to.equal('UNSUBSCRIBE\nid:1\nreceipt:end-of-1\n\n\0')
      expect(await failureMessage(() => rob.unsubscribe('/topic/a'))).to.contain('it has not subscribed to it')
      // What was on its way is received.
      here().sends(message('Hello'), `RECEIPT\nreceipt-id:end-of-1\n\n\0${message('Hello')}`)
      await ending
      expect(problems()).to.deep.equal([undefined, 'it is of no subscription of the client'])
    })

    it('and does not know when it has ended where the server confirms nothing', async () => {
      begin({ receipts: false })
      await connect()
      await rob.subscribe('/topic/a')
      await rob.unsubscribe('/topic/a')
      here().sends(message('Hello'))
      expect(details()).to.deep.equal([['Hello', { topic: '/topic/a' }]])
    })

    it('unless the server refuses it, which is a message, too', async () => {
      await connect()
      const failure = failureMessage(() => rob.subscribe('/cellar'))
      await turn()
      here().sends('ERROR\nmessage:Staff only\nreceipt-id:beginning-of-1\n\n\0')
      expect(await failure).to.contain('Rob could not subscribe to "/cellar": Staff only.')
      expect(details()).to.deep.equal([['Staff only', { event: 'ERROR', isError: true }]])
      // RabbitMQ goes on.
      expect(here().closeFrame).to.equal(undefined)
      here().sends(message('Hello'))
      expect(problems()).to.deep.equal([undefined, 'it is of no subscription of the client'])
    })

    it('unless the server refuses it, and does not say what it refuses, of one that it has not confirmed', async () => {
      begin({ subscribe: ['/topic/a'] })
      const connecting = rob.connect()
      await turn()
      here().sends(CONNECTED, 'RECEIPT\nreceipt-id:beginning-of-1\n\n\0')
      await connecting
      const failure = failureMessage(() => rob.subscribe('/nope'))
      await turn()
      here().sends("ERROR\nmessage:Unknown destination\n\n'/nope' is not a valid destination\0", message('Hello'))
      expect(await failure).to.contain('Rob could not subscribe to "/nope": Unknown destination')
      expect(problems()).to.deep.equal([undefined, undefined])
    })

    it('unless the server complains while several are not confirmed, which ends the conversation', async () => {
      await connect()
      const failures = ['/a', '/b'].map((destination) => failureMessage(() => rob.subscribe(destination)))
      await turn()
      here().sends('ERROR\nmessage:No\n\n\0')
      for (const failure of failures) {
        expect(await failure).to.contain('Rob was disconnected by the server')
      }
      await rob.receives(namedEvent('ERROR'))
    })
  })

  for (const [options, problem] of [
    [{ login: 'a\nb' }, 'The option login of the protocol stomp should be a text in UTF-8 without line breaks'],
    [{ passcode: 1 }, 'should be a text in UTF-8 without line breaks, not 1.'],
    [{ host: '\ud83d' }, 'The option host of the protocol stomp should be a text in UTF-8 without line breaks'],
    [
      { subscribe: '/topic/a' },
      'should be a list of destinations, such as ["/topic/house"], in UTF-8, not "/topic/a".',
    ],
    [{ subscribe: ['/topic/\ud83d'] }, 'should be a list of destinations'],
    [{ send: '/topic/\ud83d' }, 'The option send of the protocol stomp should be a text in UTF-8'],
    [{ subscribe: [''] }, 'should be a list of destinations'],
    [{ send: '' }, 'should be a text in UTF-8 with something in it'],
    [{ heartbeat: '20 days' }, 'The option heartbeat of the protocol stomp should be a duration such as "2 seconds"'],
    [{ heartbeat: 0.4 }, 'or a number of ms, from 1 ms to 12 days, or 0 for none, not 0.4.'],
    [{ heartbeats: 1 }, 'Did you mean heartbeat?'],
  ] as const) {
    it(`has no such options: ${JSON.stringify(options)}`, async () => {
      begin(options)
      expect(await failureMessage(() => rob.connect())).to.contain(problem)
    })
  }
})
