import { DataTable } from '@cucumber/cucumber'
import { expect } from 'chai'
import { noFiles } from '../../test/support/fake-server'
import { UsageError } from '../errors'
import type { RequestOptions } from '../http/http-requests'
import { Variables } from '../variables/variables'
import { requestContent } from './tables'

const variables = new Variables().with({ id: 7, name: 'Rob "R"' })
const table = (rows: string[][]) => requestContent(new DataTable(rows))

/** The body as it is sent. */
function bodyOf({ body }: RequestOptions): unknown {
  return typeof body === 'object' ? body.toSend({ variables, phrases: {}, files: noFiles }) : body
}

describe('requestContent', () => {
  for (const [what, source, mediaType, body, type] of [
    ['JSON', '{"id": "${id}", "by": "${name}"}', '', '{"id": 7, "by": "Rob \\"R\\""}', 'application/json'],
    ['what is not quite JSON', '{"id": ', '', '{"id": ', 'application/json'],
    ['a text', 'by ${name}', '', 'by Rob "R"', 'text/plain'],
    ['a text with a media type', '<id>${id}</id>', 'application/xml', '<id>7</id>', 'application/xml'],
    ['JSON that does not look like it', '"${name}"', 'json', '"Rob \\"R\\""', 'application/json'],
    ['another word for a media type', 'query', 'graphql', 'query', 'text/plain'],
  ] as const) {
    it(`reads a doc string: ${what}`, () => {
      const content = requestContent(source, mediaType)
      expect(bodyOf(content)).to.equal(body)
      expect(content.headers).to.deep.equal({ 'Content-Type': type })
    })
  }

  it('refuses JSON with a member twice', () => {
    expect(() => bodyOf(requestContent('{"a": 1, "a": 2}'))).to.throw(UsageError, 'has the member "a" twice')
  })

  it('reads headers, with their kind or without', () => {
    const headers = { Accept: 'text/html', 'X-Tag': '' }
    const rows = Object.entries(headers)
    expect(table(rows)).to.deep.equal({ headers })
    expect(table(rows.map((row) => ['header', ...row]))).to.deep.equal({ headers })
  })

  it('reads a body beside headers', () => {
    const content = table([
      ['content-type', 'application/vnd.order+json'],
      ['body', '{"id": ${id}}'],
    ])
    expect(content.headers).to.deep.equal({ 'content-type': 'application/vnd.order+json' })
    expect(bodyOf(content)).to.equal('{"id": 7}')
  })

  it('reads rows of each kind', () => {
    const { body, ...content } = table([
      ['header', 'X-Room', 'kitchen'],
      ['query', 'id', '1'],
      ['query', 'id', '2'],
      ['cookie', 'session', 'abc'],
      ['body', '', 'Hello'],
    ])
    expect(content).to.deep.equal({
      headers: { 'X-Room': 'kitchen', 'Content-Type': 'text/plain' },
      parameters: [
        ['id', '1'],
        ['id', '2'],
      ],
      cookies: { session: 'abc' },
    })
    expect(bodyOf({ body })).to.equal('Hello')
  })

  it('builds a body of its members', () => {
    const content = table([
      ['member', 'order.id', '${id}'],
      ['member', 'order.by', '${name}'],
    ])
    expect(bodyOf(content)).to.equal('{"order":{"id":7,"by":"Rob \\"R\\""}}')
    expect(content.headers).to.deep.equal({ 'Content-Type': 'application/json' })
  })

  it('leaves out what has no row', () => {
    expect(table([['body', '', '']])).to.have.all.keys('headers', 'body')
  })

  for (const [slip, rows, words] of [
    [
      'one column',
      [['Accept']],
      /^A request's table has two columns, a header and its value: .+\nor three, of which the/,
    ],
    ['no row', [], /^A request's table has two columns/],
    [
      'a kind like another',
      [['headers', 'a', 'b']],
      /^A request cannot have a "headers"\. Did you mean header\? Write it l/,
    ],
    [
      'no kind',
      [['Accept', 'x', '']],
      /^A request cannot have a "Accept"\. In a table of three columns the first says/,
    ],
    [
      'a header twice',
      [
        ['X-Tag', '1'],
        ['x-tag', '2'],
      ],
      /^The header "x-tag" stands twice/,
    ],
    ['a header without a name', [['', 'x']], /^A header of a request needs a name: \| header \| Authorization \|/],
    [
      'a parameter without a name',
      [['query', ' ', 'x']],
      /^A query of a request needs a name: \| query \| page \| 2 \|/,
    ],
    [
      'a cookie twice',
      [
        ['cookie', 'a', '1'],
        ['cookie', 'a', '2'],
      ],
      /^The cookie "a" stands twice/,
    ],
    [
      'two bodies',
      [
        ['body', 'a'],
        ['body', 'b'],
      ],
      /^A request has one body: write it in one row, \| body \|/,
    ],
    [
      'a body in two ways',
      [
        ['body', 'a', ''],
        ['member', 'a', '1'],
      ],
      /^A request has one body: /,
    ],
    [
      'a body of two cells',
      [['body', 'a', 'b']],
      /^A body is written in one cell, and the other one stays empty: \| body/,
    ],
  ] as const) {
    it(`refuses ${slip}`, () => {
      expect(() => table(rows as unknown as string[][])).to.throw(UsageError, words)
    })
  }

  it('needs a doc string or a table', () => {
    expect(() => requestContent(undefined as never)).to.throw(
      UsageError,
      'This sentence needs a doc string with the body',
    )
  })
})
