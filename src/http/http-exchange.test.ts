import { expect } from 'chai'
import { failureMessage, failureOf } from '../../test/support/failures'
import { ExpectationError } from '../errors'
import { bytesEqualTo } from '../matching/bytes-matcher'
import { jsonContaining, jsonEqualTo } from '../matching/json-matcher'
import { phraseContaining, phraseEqualTo, phraseMatching } from '../matching/phrase-matcher'
import { validAgainstSchema } from '../schemas/schema-matcher'
import { HttpExchange } from './http-exchange'
import type { HttpResponse } from './send-request'

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

  it('accepts the bytes of a body that is no text, or is one', () => {
    exchange('\ufffd', { bytes: Buffer.from([0xff]) }).expectBody(bytesEqualTo(Buffer.from([0xff])))
    exchange('a').expectBody(bytesEqualTo(Buffer.from('a')))
  })

  for (const [matcher, denial] of [
    [bytesEqualTo(Buffer.from('a')), 'is not the bytes 61'],
    [phraseEqualTo('a'), 'is not "a"'],
    [phraseContaining('a\nb'), 'does not contain "a\\nb"'],
    [phraseMatching('^a'), 'does not match "^a"'],
    [validAgainstSchema('a.json', () => '{"type":"array"}'), 'is not valid against "a.json"'],
  ] as const) {
    it(`says what a body is not: ${denial}`, async () => {
      const words = await failureMessage(() => order.expectBody(matcher))
      expect(words).to.equal(`The response to POST http://server/orders ${denial}.\nIts body is {"id":7,"amount":3}`)
    })
  }

  it('says that a charset is not known', async () => {
    const response = exchange('a\ufffd', { unknownCharset: 'x-mine' })
    expect(await failureMessage(() => response.expectText('aé'))).to.equal(
      'The response to POST http://server/orders does not contain "aé".\nIts body is a\ufffd\n' +
        'The charset "x-mine", which it names, is not known: it was read as UTF-8.',
    )
  })

  it('accepts a header in any case, and one of several cookies', () => {
    const headers = { 'content-type': 'text/plain', 'set-cookie': 'a=1\nb=2' }
    const response = exchange('', { headers })
    response.expectHeader('Content-Type', 'text/plain')
    for (const cookie of ['a=1', 'b=2', 'a=1\nb=2']) response.expectHeader('Set-Cookie', cookie)
  })

  it('fails with another header, and compares it', async () => {
    const response = exchange('', { headers: { 'content-type': 'text/plain' } })
    const failure = await failureOf(() => response.expectHeader('Content-Type', 'text/html'))
    expect([failure.expected, failure.actual]).to.deep.equal(['text/html', 'text/plain'])
    expect(failure.message).to.equal(
      'The header "Content-Type" of the response to POST http://server/orders should be "text/html", but is "text/plain".',
    )
  })

  for (const [headers, name, words] of [
    [{}, 'Location', 'has no header "Location". It has none at all.'],
    [{ etag: '1', age: '2' }, 'X-Room', 'has no header "X-Room". It has etag, age.'],
    [{ etag: '1', age: '2' }, 'e-tag', 'has no header "e-tag". Did you mean "etag"? It has etag, age.'],
    [{}, 'toString', 'has no header "toString". It has none at all.'],
    [{}, 'Set-Cookie', 'has no header "Set-Cookie". It has none at all.'],
  ] as const) {
    it(`says that there is no header ${name} among ${Object.keys(headers).length}`, async () => {
      const message = await failureMessage(() => exchange('', { headers }).expectHeader(name, '1'))
      expect(message).to.equal(`The response to POST http://server/orders ${words}`)
    })
  }

  it('has the cookies that it sets, of several of one name the last', () => {
    const headers = { 'set-cookie': 'session=a%20b=; Path=/\n x = y z ;Secure\nsession=c\nempty=\nbroken' }
    const response = exchange('', { headers })
    expect(['session', 'x', 'empty'].map((name) => response.cookie(name))).to.deep.equal(['c', 'y z', ''])
  })

  for (const [headers, words] of [
    [{}, 'It sets none at all.'],
    [{ 'set-cookie': 'a=1\nb=2; Path=/' }, 'It sets "a", "b".'],
  ] as const) {
    it(`says that it does not set a cookie among ${Object.keys(headers).length}`, async () => {
      expect(await failureMessage(async () => exchange('', { headers }).cookie('session'))).to.equal(
        `The response to POST http://server/orders sets no cookie "session". ${words}`,
      )
    })
  }

  it('stays short where a large body differs', async () => {
    const items = Array.from({ length: 5000 }, (_, id) => ({ id, name: `item ${id}` }))
    const failure = await failureOf(() =>
      exchange(JSON.stringify(items)).expectBody(jsonEqualTo(items.with(3, { id: 3, name: 'other' }))),
    )
    expect(failure.message.length).to.be.lessThan(1000)
    expect([failure.expected, failure.actual]).to.deep.equal([{ '/3/name': 'other' }, { '/3/name': 'item 3' }])
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

function exchange(text: string, response: Partial<HttpResponse> = {}): HttpExchange {
  const request = { method: 'POST', url: 'http://server/orders', headers: {} }
  return new HttpExchange(request, { status: 201, headers: {}, text, ...response })
}
