import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { ExpectationError } from '../errors'
import { jsonContaining } from '../matching/json-matcher'
import { HttpExchange } from './http-exchange'

describe('HttpExchange', () => {
  const order = exchange('{"id":7,"amount":3}')

  it('has the request as its label, the status, and the body as text and JSON', () => {
    expect(order.label).to.equal('POST http://server/orders')
    expect([order.status, order.text]).to.deep.equal([201, '{"id":7,"amount":3}'])
    expect(order.body.json).to.deep.equal({ id: 7, amount: 3 })
  })

  it('accepts the expected status, body and text', () => {
    order.expectStatus(201)
    order.expectBody(jsonContaining({ id: 7 }))
    order.expectText('"amount":3')
  })

  it('fails with another status, and compares it', async () => {
    const failure = await failureOf(() => order.expectStatus(200))
    expect(failure).to.be.an.instanceOf(ExpectationError)
    expect([failure.expected, failure.actual]).to.deep.equal([200, 201])
    expect(failure.message).to.equal(
      'The response to POST http://server/orders should have the status 200, but has 201.\n' +
        'Its body is {"id":7,"amount":3}',
    )
  })

  it('fails with another body, and compares it', async () => {
    const failure = await failureOf(() => order.expectBody(jsonContaining({ id: 8 })))
    expect(failure).to.be.an.instanceOf(ExpectationError)
    expect([failure.expected, failure.actual]).to.deep.equal([{ id: 8 }, { id: 7 }])
    expect(failure.message).to.equal(
      'The response to POST http://server/orders is not {"id":8}.\nIts body is {"id":7,"amount":3}',
    )
  })

  it('compares nothing where a matcher cannot', async () => {
    const taxi = { describe: () => 'a taxi', accepts: () => false }
    const failure = await failureOf(() => order.expectBody(taxi))
    expect(failure).not.to.have.property('expected')
    expect(failure.message).to.match(/^The response to POST http:\/\/server\/orders is not a taxi\.\n/)
  })

  it('fails without the expected text', async () => {
    expect(await failureMessage(() => order.expectText('Hello\n'))).to.equal(
      'The response to POST http://server/orders does not contain "Hello\\n".\nIts body is {"id":7,"amount":3}',
    )
  })

  it('says in failures that there is no body', async () => {
    expect(await failureMessage(() => exchange('').expectText('Hello'))).to.match(/\nIt has no body\.$/)
  })

  it('shows no more of a long body than its beginning', async () => {
    const words = await failureMessage(() => exchange('x'.repeat(100_000)).expectText('Hello'))
    expect(words).to.match(/x… \(100000 characters\)$/)
    expect(words.length).to.be.lessThan(1000)
  })
})

function exchange(text: string): HttpExchange {
  const request = { method: 'POST', url: 'http://server/orders', headers: {} }
  return new HttpExchange(request, { status: 201, headers: {}, text })
}
