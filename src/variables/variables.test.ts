import { expect } from 'chai'
import { UsageError } from '../errors'
import { matchesJson } from '../matching/json-predicate'
import { Variables } from './variables'

describe('Variables', () => {
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

  describe('fill', () => {
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

    it('encodes values, not the text around them', () => {
      variables.set('name', 'Rob & Ann')
      expect(variables.fill('a b ${name}', encodeURIComponent)).to.equal('a b Rob%20%26%20Ann')
    })

    it('refuses a text that becomes too long', () => {
      variables.set('long', 'x'.repeat(2 ** 23))
      expect(() => variables.fill('${long}${long}!')).to.throw(
        UsageError,
        '"${long}${long}!" becomes longer than 16777216 characters.',
      )
    })

    it('does not fill in variables within values', () => {
      variables.set('outer', '${name}')
      expect(variables.fill('${outer}')).to.equal('${name}')
    })

    it('fills in values with a $ in them', () => {
      variables.set('price', "$& $1 $'")
      expect(variables.fill('${price}')).to.equal("$& $1 $'")
    })
  })

  it('refuses JSON in which they make two names the same', () => {
    variables.set('first', 'role')
    const words = /has the member "role" twice/
    expect(() => variables.expectedJson('{"${first}": "admin", "role": "user"}')).to.throw(UsageError, words)
    expect(() => variables.expectedJson('{"role": "admin", "role": "user"}')).to.throw(UsageError, words)
    expect(() => variables.cell('{"role": "admin", "role": "user"}')).to.throw(UsageError, words)
    expect(() => variables.expectedCell('{"role": "admin", "role": "user"}')).to.throw(UsageError, words)
  })

  describe('fillJson', () => {
    for (const [why, json, filled] of [
      [
        'keeps the type of a value',
        '{"n": ${count}, "o": ${order}, "x": ${nothing}}',
        { n: 3, o: { id: 7, tags: ['a'] }, x: null },
      ],
      [
        'keeps the type of a value in quotes',
        '{"n": "${count}", "o": ["${order}"]}',
        { n: 3, o: [{ id: 7, tags: ['a'] }] },
      ],
      ['fills in texts within a text', '["${name} has ${count}", " ${count}"]', ['Rob has 3', ' 3']],
      ['keeps quotes and line ends of a value', '["${words}", "I ${words}"]', ['say "hi"\n', 'I say "hi"\n']],
      ['quotes a text', '[${name}, ${words}]', ['Rob', 'say "hi"\n']],
      ['fills in names', '{"${name}": 1, "no ${count}": 2}', { Rob: 1, 'no 3': 2 }],
      ['makes texts of values in names', '{"${count}": 1, "${order}" : 2}', { 3: 1, '{"id":7,"tags":["a"]}': 2 }],
      ['fills in a text behind an escaped quote', '["\\"${count}"]', ['"3']],
      ['leaves escapes as they are', '["\\"${name}\\"", "\\\\", "${name}"]', ['"Rob"', '\\', 'Rob']],
    ] as [string, string, unknown][]) {
      it(why, () => {
        expect(JSON.parse(variables.fillJson(json))).to.deep.equal(filled)
      })
    }

    it('leaves everything else as it is', () => {
      expect(variables.fillJson('{ "n" : 1.0,\n"a":[ ] }')).to.equal('{ "n" : 1.0,\n"a":[ ] }')
    })
  })

  describe('cell', () => {
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

    it('keeps a number as it is written', () => {
      for (const written of ['9007199254740993', '1.0', '-0', '1e400']) {
        expect(String(variables.cell(written))).to.equal(written)
      }
    })

    it('keeps the text of a variable a text, even if it looks like a number', () => {
      variables.set('number', '3')
      expect(variables.cell('${number}')).to.equal('3')
    })

    it('refuses an unknown variable', () => {
      expect(() => variables.cell('Hello, ${nmae}!')).to.throw(UsageError, 'There is no variable ${nmae}.')
    })
  })

  describe('expectedJson', () => {
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

  it('are asked for by a text alone, also where types are not checked', () => {
    const has = (name: unknown) => (new Variables() as unknown as { has(name: unknown): boolean }).has(name)
    expect(has('a')).to.equal(false)
    expect(() => has(Object.create(null))).to.throw(
      UsageError,
      'The argument name of has should be a text, not an object.',
    )
  })

  describe('get', () => {
    it('returns the latest value', () => {
      variables.set('name', 'Ann')
      expect(variables.get('name')).to.equal('Ann')
    })

    it('returns the own values of a client', () => {
      const own = variables.with({ client: 'Ann', name: 'Carol' })
      expect([own.get('client'), own.get('name'), own.get('count')]).to.deep.equal(['Ann', 'Carol', 3])
      expect(variables.get('name')).to.equal('Rob')
      expect(() => variables.get('client')).to.throw(UsageError)
    })

    it('returns built-in variables', () => {
      expect(variables.get('uuid')).to.match(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
      expect(variables.get('uuid')).not.to.equal(variables.get('uuid'))
      expect(variables.get('now')).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(variables.get('timestamp')).to.be.a('number')
    })

    it('returns a copy of an object that was set, as JSON has it', () => {
      const order = { id: 9007199254740993n, at: new Date(0) }
      variables.set('sent', order)
      order.id = 0n
      expect(variables.fill('${sent}')).to.equal('{"id":9007199254740993,"at":"1970-01-01T00:00:00.000Z"}')
    })

    it('refuses to set what JSON cannot hold', () => {
      for (const value of [Number.NaN, 2 ** 53, undefined, new Map()]) {
        expect(() => variables.set('x', value)).to.throw(UsageError)
      }
      expect(() => variables.set('x', undefined)).to.throw(
        UsageError,
        'undefined is not a valid variable: give a text,',
      )
    })

    it('refuses to set, to remember or to add what has a meaning of its own', () => {
      const alwaysKnown = ['uuid', 'now', 'timestamp', 'env.HOME', 'env.']
      for (const name of [...alwaysKnown, 'client', 'phrase', 'received', 'received.id']) {
        const words = `"${name}" cannot be the name of a variable: \${${name}} has a meaning of its own.`
        expect(() => variables.set(name, 'A')).to.throw(UsageError, words)
        expect(() => variables.remember(name, 'A')).to.throw(UsageError, words)
        if (alwaysKnown.includes(name))
          expect(() => variables.with({ room: 'A', [name]: 'A' })).to.throw(UsageError, words)
      }
      for (const name of ['UUID', 'uuids', 'my now', 'env', 'environment']) variables.set(name, 'A')
      expect(variables.fill('${UUID}${my now}${env}')).to.equal('AAA')
    })

    it('returns variables of the environment', () => {
      process.env.CUCUMBER_WEBSOCKET_TEST = 'yes'
      expect(variables.get('env.CUCUMBER_WEBSOCKET_TEST')).to.equal('yes')
      delete process.env.CUCUMBER_WEBSOCKET_TEST
      expect(() => variables.get('env.CUCUMBER_WEBSOCKET_TEST')).to.throw(
        UsageError,
        '${env.CUCUMBER_WEBSOCKET_TEST}: the environment has no variable CUCUMBER_WEBSOCKET_TEST.',
      )
    })
  })

  describe('get, of the received message', () => {
    const reacting = (received: unknown) => variables.with({ received })

    it('returns the message, or a value of it', () => {
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

    it('refuses a path at which there is nothing', () => {
      expect(() => reacting({ a: 1 }).get('received.b')).to.throw(
        UsageError,
        '${received.b}: the message that was received, {"a":1}, has nothing at b.',
      )
      expect(() => reacting({ a: [1, 2] }).get('received.a[*]')).to.throw(UsageError, ', has 2 values at a[*].')
      expect(() => reacting('Hello').get('received.b')).to.throw(UsageError, 'received, Hello, has nothing at b.')
    })

    it('refuses another unknown variable', () => {
      expect(() => reacting({ a: 1 }).get('colour')).to.throw(UsageError, 'There is no variable ${colour}.')
    })

    it('shows only the beginning of a long message in its error', () => {
      const failing = () => reacting('x'.repeat(100_000)).get('received.b')
      expect(failing).to.throw(UsageError, /^.{300,500}, has nothing at b\.$/)
    })

    it('needs a path', () => {
      expect(() => reacting({}).get('received.')).to.throw(UsageError, '"" is not a valid path: it is empty. ')
    })

    it('is refused outside of a reaction', () => {
      expect(() => variables.get('received.b')).to.throw(
        UsageError,
        '${received.b} is known in the answer of a reaction alone',
      )
    })
  })

  describe('get, of an unknown variable', () => {
    it('lists the known variables, and how to introduce one', () => {
      expect(() => new Variables().get('colour')).to.throw(
        UsageError,
        'There is no variable ${colour}. Known: ${now}, ${timestamp}, ${uuid}, ${env.NAME}.\n' +
          'Introduce it with: "colour" stands for "…"',
      )
    })

    it('suggests the nearest variable', () => {
      expect(() => variables.with({ client: 'Ann', name: 'Carol' }).get('nmae')).to.throw(
        UsageError,
        'There is no variable ${nmae}. Known: ${client}, ${count}, ${empty}, ${name}, ${nothing}, ${now}, ' +
          '${order}, ${timestamp}, ${uuid}, ${words}, ${env.NAME}.\nDid you mean ${name}?',
      )
    })

    it('refuses names that all objects have', () => {
      expect(() => variables.get('toString')).to.throw(UsageError, 'There is no variable ${toString}.')
    })
  })
})
