import { expect } from 'chai'
import { messageContext } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { havingDetails } from '../matching/details-matcher'
import { anyMessage } from '../matching/matcher'
import { contractMessage, contrary } from './contract-message'
import type { MessageContext } from './message-expression'
import { parseMessage } from './parse-message'

const matcher = havingDetails({}, anyMessage, 'a "Pong"')
/** As where nothing can be made. */
const makeExample = (): undefined => undefined
const context = (example?: unknown, isText = false): MessageContext => ({
  ...messageContext(),
  contracts: {
    messageNamed: (name) => ({ name, matcher, isText, example, makeExample, otherNameOf: () => undefined }),
  },
})

describe('contractMessage', () => {
  it('is described as a sentence writes it', () => {
    expect(contractMessage('PongMessage').describe()).to.equal('a "PongMessage"')
    expect(contractMessage('Echo', [['id', '7'], ['at']]).describe()).to.equal('an "Echo" with id 7, at')
  })

  it('is sent as the example of the document', () => {
    expect(contractMessage('Pong').toSend(context({ type: 'pong' }))).to.equal('{"type":"pong"}')
  })

  it('is sent without quotes where it is a text', () => {
    expect(contractMessage('Pong').toSend(context('Hello', true))).to.equal('Hello')
    expect(contractMessage('Pong').toSend(context(5, true))).to.equal('5')
    expect(contractMessage('Pong').toSend(context('Hello'))).to.equal('"Hello"')
  })

  it('is sent with members of its own', () => {
    const message = contractMessage('Pong', [
      ['id', '12345678901234567890'],
      ['by.name', 'Rob'],
    ])
    expect(message.toSend(context({ type: 'pong', id: 1 }))).to.equal(
      '{"type":"pong","id":12345678901234567890,"by":{"name":"Rob"}}',
    )
    expect(message.toSend(context())).to.equal('{"id":12345678901234567890,"by":{"name":"Rob"}}')
  })

  it('leaves the example of the document as it is', () => {
    const example = { by: { name: 'Ann' } }
    contractMessage('Pong', [['by.name', 'Rob']]).toSend(context(example))
    expect(example).to.deep.equal({ by: { name: 'Ann' } })
  })

  it('cannot be sent if the document has no example', () => {
    expect(() => contractMessage('Pong').toSend(context())).to.throw(
      UsageError,
      'The document has no valid example of a "Pong", and none can be made from its schema: write one there, under "examples" of the message, or ' +
        'the members in a table below the sentence.',
    )
  })

  it('is expected as the document has it, and with the members of a table', () => {
    expect(contractMessage('Pong').toMatcher(context())).to.equal(matcher)
    const both = contractMessage('Pong', [['id', '7']]).toMatcher(context())
    const content = (json: unknown) => ({ text: JSON.stringify(json), json, bytes: undefined })
    expect(both.describe()).to.equal('a "Pong" with id 7')
    expect(both.accepts(content({ id: 7 }))).to.equal(true)
    expect(both.accepts(content({ id: 8 }))).to.equal(false)
  })

  it('fills its name', () => {
    let asked = ''
    const { variables } = messageContext()
    variables.set('kind', 'Pong')
    const contracts = {
      messageNamed(name: string) {
        asked = name
        return { name, matcher, isText: false, example: {}, makeExample, otherNameOf: () => undefined }
      },
    }
    contractMessage('${kind}Message').toMatcher({ ...messageContext(), variables, contracts })
    expect(asked).to.equal('PongMessage')
  })

  it('says that no document describes the server', () => {
    expect(() => contractMessage('Pong').toMatcher(messageContext())).to.throw(
      UsageError,
      'a "Pong" is a message of an AsyncAPI document, and none describes the server: set "asyncapi" in ' +
        'worldParameters.websocket, or write: the server is described by "…"',
    )
  })

  it('refuses wrong arguments', () => {
    expect(() => contractMessage('')).to.throw(UsageError, 'The argument name of contractMessage')
    expect(() => contractMessage('Pong', [['a', 'b', 'c']] as never)).to.throw(
      UsageError,
      'The argument rows of contractMessage',
    )
  })
})

describe('contrary', () => {
  it('is sent as it is written, and says so', () => {
    const message = contrary({ type: 'ping' })
    expect(message.describe()).to.equal('the wrong {"type":"ping"}')
    expect(message.toSend(messageContext())).to.equal('{"type":"ping"}')
    expect(message.isContrary).to.equal(true)
    expect(message.toAddress).to.equal(undefined)
    expect(contrary('Hello').checkSendable).to.equal(undefined)
  })

  it('keeps where it is sent to, and whether it can be', () => {
    const message = contrary(parseMessage('"Hello" on "news"'))
    expect(message.toAddress?.(messageContext())).to.deep.equal({ topic: 'news' })
    expect(() => contrary(parseMessage('any message')).checkSendable?.()).to.throw(UsageError)
  })

  it('cannot be expected', () => {
    expect(() => contrary('Hello').toMatcher(messageContext())).to.throw(
      UsageError,
      '«the wrong "Hello"» can be sent, not expected: what is received is validated against the document.',
    )
  })
})

describe('parseMessage', () => {
  for (const [source, description] of [
    ['a "PongMessage"', 'a "PongMessage"'],
    ["an 'Echo'", 'an "Echo"'],
    ['the wrong "Hello"', 'the wrong "Hello"'],
    ['the wrong "greeting" message', 'the wrong "greeting" message'],
    ['the wrong {"a": 1}', 'the wrong {"a": 1}'],
    ['the wrong {"a": 1} on "news"', 'the wrong {"a": 1} on "news"'],
    ['the wrong the event "chat" with {"a": 1}', 'the wrong event "chat" with {"a": 1}'],
  ] as const) {
    it(`reads ${source}`, () => expect(parseMessage(source).describe()).to.equal(description))
  }
})
