import { DataTable } from '@cucumber/cucumber'
import { expect } from 'chai'
import { failureOf } from '../../test/support/failures'
import { noFiles } from '../../test/support/fake-server'
import { World } from '../../test/support/world'
import type { Client } from '../client/client'
import { UsageError } from '../errors'
import type { MessageExpression } from '../messages/message-expression'
import { conversationOf } from '../world'
import { receivesBelow, sendsBelow } from './content-below'

type Form = Parameters<typeof sendsBelow>[0]

const template = { say: '${phrase}' }
const context = () => ({
  variables: conversationOf(new World()).variables,
  files: noFiles,
  phrases: { sent: template, received: template },
})

describe('The message below a sentence', () => {
  for (const [form, mediaType, content, sent] of [
    [undefined, undefined, 'Hello', '{"say":"Hello"}'],
    [undefined, undefined, '{"a": 1}', '{"a": 1}'],
    [undefined, 'text', '{"a": 1}', '{"a": 1}'],
    ['text', undefined, 'Hello', 'Hello'],
    ['text', undefined, '{"a": ', '{"a": '],
    ['text', 'text', 'Hello', 'Hello'],
    ['JSON', undefined, '"Hello"', '"Hello"'],
    ['JSON', 'json', '3', '3'],
    ['JSON', 'application/json', '3', '3'],
  ] as const) {
    it(`is ${sent}, for ${form ?? 'message'} ${mediaType ?? ''}: ${content}`, async () => {
      const [sends, receives] = await messagesOf(form, content, mediaType)
      expect(sends.toSend(context())).to.equal(sent)
      expect(receives.describe()).to.equal(sends.describe())
    })
  }

  it('is expected as that text alone, where the sentence says text', async () => {
    const [, text] = await messagesOf('text', 'Hello')
    const [, phrase] = await messagesOf(undefined, 'Hello')
    const message = { text: 'Hello', json: undefined, bytes: undefined }
    expect(text.toMatcher(context()).accepts(message)).to.equal(true)
    expect(phrase.toMatcher(context()).accepts(message)).to.equal(false)
  })

  it('may be a table, also of JSON', async () => {
    for (const form of [undefined, 'JSON'] as const) {
      const [sends] = await messagesOf(form, new DataTable([['type', 'order']]))
      expect(sends.toSend(context())).to.equal('{"type":"order"}')
    }
  })

  it('is refused if it is not JSON where the sentence says JSON', async () => {
    const [sends, receives] = await messagesOf('JSON', 'Hello')
    expect(() => sends.toSend(context())).to.throw(UsageError, 'Hello is not valid JSON: ')
    expect(() => receives.toMatcher(context())).to.throw(UsageError, 'Hello is not valid JSON: ')
  })

  for (const [form, mediaType] of [
    ['text', 'json'],
    ['JSON', 'text'],
    ['text', 'xml'],
  ] as const) {
    it(`is refused if the sentence says ${form} and the doc string ${mediaType}`, async () => {
      const error = await failureOf(() => messagesOf(form, '{}', mediaType))
      expect(error).to.be.an.instanceOf(UsageError)
      expect(error.message).to.equal(
        `«the ${form}:» cannot have a doc string of the media type "${mediaType}" below it: ` +
          'leave the media type out, or write «the message:».',
      )
    })
  }

  for (const [form, content] of [
    ['text', new DataTable([['type', 'order']])],
    ['text', undefined],
    ['JSON', undefined],
    [undefined, undefined],
  ] as const) {
    it(`is a doc string: refuses ${content ? 'a table' : 'nothing'} for ${form ?? 'a message'}`, async () => {
      const error = await failureOf(() => messagesOf(form, content as never))
      expect(error.message).to.match(/^This sentence needs a doc string below it:/)
    })
  }
})

/** What a client is asked to send, and to receive. */
async function messagesOf(
  form: Form,
  content: string | DataTable,
  mediaType?: string,
): Promise<[MessageExpression, MessageExpression]> {
  const world = new World()
  conversationOf(world).sentence = { text: '', location: '', mediaType }
  const asked: MessageExpression[] = []
  const ask = async (message: MessageExpression) => asked.push(message)
  const clients = [{ send: ask, receives: ask } as unknown as Client]
  await sendsBelow(form).call(world, clients, content)
  await receivesBelow(form).call(world, clients, content)
  return asked as [MessageExpression, MessageExpression]
}
