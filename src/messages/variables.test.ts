/** What variables stand for in texts, JSON and cells. */

import { expect } from 'chai'
import { UsageError } from '../errors'
import { matchesJson } from '../matching/json-predicate'
import { Variables } from './variables'

describe('a variable', () => {
  let variables: Variables

  beforeEach(() => {
    variables = new Variables()
    variables.set('name', 'Rob')
    variables.set('count', 3)
    variables.set('words', 'say "hi"\n')
    variables.set('order', { id: 7, tags: ['a'] })
    variables.set('nothing', null)
    variables.set('empty', '')
  })

  describe('in a text', () => {
    for (const [text, filled] of [
      ['Hello, ${name}!', 'Hello, Rob!'],
      ['${name}${count}', 'Rob3'],
      ['${order} ${nothing}', '{"id":7,"tags":["a"]} null'],
      ['${words}', 'say "hi"\n'],
      ['${empty}', ''],
      ['$name {name} ${', '$name {name} ${'],
      ['$${name}', '$Rob'],
    ] as const) {
      it(`makes ${JSON.stringify(filled)} of ${text}`, () => {
        expect(variables.fill(text)).to.equal(filled)
      })
    }

    it('may be encoded, the text around it not', () => {
      variables.set('name', 'Rob & Ann')
      expect(variables.fill('a b ${name}', encodeURIComponent)).to.equal('a b Rob%20%26%20Ann')
    })

    it('is not filled in within the value of another', () => {
      variables.set('outer', '${name}')
      expect(variables.fill('${outer}')).to.equal('${name}')
    })

    it('may have a value with a $ in it', () => {
      variables.set('price', "$& $1 $'")
      expect(variables.fill('${price}')).to.equal("$& $1 $'")
    })
  })

  describe('in JSON', () => {
    for (const [why, json, filled] of [
      [
        'keeps its type',
        '{"n": ${count}, "o": ${order}, "x": ${nothing}}',
        { n: 3, o: { id: 7, tags: ['a'] }, x: null },
      ],
      ['keeps its type in quotes', '{"n": "${count}", "o": ["${order}"]}', { n: 3, o: [{ id: 7, tags: ['a'] }] }],
      ['is text within a text', '["${name} has ${count}", " ${count}"]', ['Rob has 3', ' 3']],
      ['keeps its quotes and line ends', '["${words}", "I ${words}"]', ['say "hi"\n', 'I say "hi"\n']],
      ['is quoted by itself', '[${name}, ${words}]', ['Rob', 'say "hi"\n']],
      ['may be a name', '{"${name}": 1, "no ${count}": 2}', { Rob: 1, 'no 3': 2 }],
      ['is text as a name, whatever its type', '{"${count}": 1, "${order}" : 2}', { 3: 1, '{"id":7,"tags":["a"]}': 2 }],
      ['is text behind a quote', '["\\"${count}"]', ['"3']],
      ['does not disturb escapes', '["\\"${name}\\"", "\\\\", "${name}"]', ['"Rob"', '\\', 'Rob']],
    ] as [string, string, unknown][]) {
      it(why, () => {
        expect(JSON.parse(variables.fillJson(json))).to.deep.equal(filled)
      })
    }

    it('leaves what was written as it is', () => {
      expect(variables.fillJson('{ "n" : 1.0,\n"a":[ ] }')).to.equal('{ "n" : 1.0,\n"a":[ ] }')
    })
  })

  describe('in a cell', () => {
    for (const [cell, value] of [
      ['3', 3],
      ['"3"', '3'],
      ['true', true],
      ['null', null],
      ['{"a": [1]}', { a: [1] }],
      ['Rob', 'Rob'],
      ['', ''],
      ['3 apples', '3 apples'],
      ['${name}', 'Rob'],
      ['${count}', 3],
      ['"${count}"', 3],
      ['${words}', 'say "hi"\n'],
      ['${order}', { id: 7, tags: ['a'] }],
      ['Hello, ${name}!', 'Hello, Rob!'],
      ['"Hello, ${name}!"', 'Hello, Rob!'],
      ['{"a": ${count}}', { a: 3 }],
      ['[${name}, "${name}s"]', ['Rob', 'Robs']],
    ] as const) {
      it(`makes ${JSON.stringify(value)} of ${cell || 'an empty one'}`, () => {
        expect(variables.cell(cell)).to.deep.equal(value)
      })
    }

    it('has no number that cannot be kept exactly', () => {
      expect(() => variables.cell('9007199254740993')).to.throw(UsageError, 'cannot be kept exactly')
    })

    it('that is a text stays one, even if it looks like a number', () => {
      variables.set('number', '3')
      expect(variables.cell('${number}')).to.equal('3')
    })

    it('is told if it is unknown', () => {
      expect(() => variables.cell('Hello, ${nmae}!')).to.throw(UsageError, 'There is no variable ${nmae}.')
    })
  })

  describe('in what is expected', () => {
    for (const [written, message] of [
      ['{"a": "${count}"}', { a: 3 }],
      ['{"a": "${count} apples"}', { a: '3 apples' }],
      ['{"a": "${hash}string"}', { a: '#string' }],
    ] as const) {
      it(`makes ${JSON.stringify(message)} of ${written}`, () => {
        variables.set('hash', '#')
        expect(matchesJson(variables.expectedJson(written), message)).to.equal(true)
        expect(matchesJson(variables.expectedJson(written), { a: 'other' })).to.equal(false)
      })
    }
  })

  describe('is known', () => {
    it('by its latest value', () => {
      variables.set('name', 'Ann')
      expect(variables.get('name')).to.equal('Ann')
    })

    it('to one speaker only, where it is that speaker’s own', () => {
      const own = variables.with({ client: 'Ann', name: 'Carol' })
      expect([own.get('client'), own.get('name'), own.get('count')]).to.deep.equal(['Ann', 'Carol', 3])
      expect(variables.get('name')).to.equal('Rob')
      expect(() => variables.get('client')).to.throw(UsageError)
    })

    it('as one of those that are built in', () => {
      expect(variables.get('uuid')).to.match(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
      expect(variables.get('uuid')).not.to.equal(variables.get('uuid'))
      expect(variables.get('now')).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(variables.get('timestamp')).to.be.a('number')
    })

    it('before one that is built in', () => {
      variables.set('now', 'noon')
      expect(variables.get('now')).to.equal('noon')
    })

    it('from the environment', () => {
      process.env.CUCUMBER_WEBSOCKET_TEST = 'yes'
      expect(variables.get('env.CUCUMBER_WEBSOCKET_TEST')).to.equal('yes')
      delete process.env.CUCUMBER_WEBSOCKET_TEST
      expect(() => variables.get('env.CUCUMBER_WEBSOCKET_TEST')).to.throw(
        UsageError,
        '${env.CUCUMBER_WEBSOCKET_TEST}: the environment has no variable CUCUMBER_WEBSOCKET_TEST.',
      )
    })
  })

  describe('of the message that set off a reaction', () => {
    const reacting = (received: unknown) => variables.with({ received })

    it('is that message, or what stands at a place in it', () => {
      const order = { type: 'order', items: [{ id: 7 }], note: null }
      for (const [name, value] of [
        ['received', order],
        ['received.type', 'order'],
        ['received.items[0].id', 7],
        ['received.items[*]', { id: 7 }],
        ['received.note', null],
        ['received./type', 'order'],
      ] as const) {
        expect(reacting(order).with({ phrase: 'x' }).get(name)).to.deep.equal(value)
      }
    })

    it('is told if it has nothing there', () => {
      expect(() => reacting({ a: 1 }).get('received.b')).to.throw(
        UsageError,
        '${received.b}: the message that was received, {"a":1}, has nothing at b.',
      )
      expect(() => reacting('Hello').get('received.b')).to.throw(UsageError, 'received, Hello, has nothing at b.')
    })

    it('is not taken for another one that is unknown', () => {
      expect(() => reacting({ a: 1 }).get('colour')).to.throw(UsageError, 'There is no variable ${colour}.')
    })

    it('is told briefly of a long message', () => {
      const failing = () => reacting('x'.repeat(100_000)).get('received.b')
      expect(failing).to.throw(UsageError, /^.{300,500}, has nothing at b\.$/)
    })

    it('needs a path', () => {
      expect(() => reacting({}).get('received.')).to.throw(UsageError, '"" is not a valid path: ')
    })

    it('is there in a reaction alone', () => {
      expect(() => variables.get('received.b')).to.throw(
        UsageError,
        '${received.b} is known in the answer of a reaction alone',
      )
    })
  })

  describe('that is unknown', () => {
    it('is told with those that are, and how to introduce it', () => {
      expect(() => new Variables().get('colour')).to.throw(
        UsageError,
        'There is no variable ${colour}. Known are ${now}, ${timestamp}, ${uuid}, ${env.NAME}.\n' +
          'Introduce it with: "colour" stands for "…"',
      )
    })

    it('is told with the nearest one', () => {
      expect(() => variables.with({ client: 'Ann', name: 'Carol' }).get('nmae')).to.throw(
        UsageError,
        'There is no variable ${nmae}. Known are ${client}, ${count}, ${empty}, ${name}, ${nothing}, ${now}, ' +
          '${order}, ${timestamp}, ${uuid}, ${words}, ${env.NAME}.\nDid you mean ${name}?',
      )
    })

    it('may have a name that all objects know', () => {
      expect(() => variables.get('toString')).to.throw(UsageError, 'There is no variable ${toString}.')
    })
  })
})
