import { expect } from 'chai'
import { messageContext } from '../../test/support/message-context'
import { UsageError } from '../errors'
import { contractMessage } from './contract-message'
import type { MemberRows } from './table-message'

describe('A message of a document that is sent', () => {
  const sent = (example: unknown, makeExample: () => unknown, rows: MemberRows = []) =>
    contractMessage('Chat', rows).toSend({
      ...messageContext(),
      contracts: {
        messageNamed: (name) => ({
          name,
          matcher: undefined as never,
          isText: false,
          example,
          makeExample,
          otherNameOf: () => undefined,
        }),
      },
    })

  const missing = () => {
    throw new UsageError('Install it.')
  }

  it('is its example, and else one that is made', () => {
    expect(sent({ a: 1 }, missing)).to.equal('{"a":1}')
    expect(sent(null, missing)).to.equal('null')
    expect(sent(undefined, () => ({ a: 2 }))).to.equal('{"a":2}')
    expect(sent(undefined, () => ({ a: 2, b: 3 }), [['b', '4']])).to.equal('{"a":2,"b":4}')
  })

  it('is what the table says, where nothing can be made', () => {
    expect(sent(undefined, () => undefined, [['b', '4']])).to.equal('{"b":4}')
    expect(sent(undefined, missing, [['b', '4']])).to.equal('{"b":4}')
  })

  it('cannot be sent where there is neither', () => {
    expect(() => sent(undefined, () => undefined)).to.throw(UsageError, 'The document has no valid example of a "Chat"')
    expect(() => sent(undefined, missing)).to.throw(UsageError, 'Install it.')
    const broken = () => {
      throw new TypeError('Broken')
    }
    expect(() => sent(undefined, broken, [['b', '4']])).to.throw(TypeError, 'Broken')
  })
})
