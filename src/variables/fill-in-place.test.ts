import { expect } from 'chai'
import fc from 'fast-check'
import { UsageError } from '../errors'
import { Message } from '../inbox/message'
import { ExactNumber } from '../json/exact-number'
import { json } from '../messages/json-message'
import { matchingPattern, phrase } from '../messages/phrase-message'
import { receivingTemplate } from '../messages/templates'
import { parsePath } from '../paths/path'
import { compilePattern } from '../text/pattern'
import { fillFilePath, fillPath, fillPattern, fillSchemaLocation } from './fill-in-place'
import { Variables } from './variables'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'.*+?^$-[](){}|\\/"\'~@#,: a1\n') }),
)
const having = (values: Record<string, unknown>) => new Variables().with(values)
const context = (variables: Variables, received?: unknown) => ({
  variables,
  phrases: received === undefined ? {} : { received },
  files: { read: () => Buffer.from(''), message: () => ({ text: '', isJson: false }) },
})

describe('Values in regular expressions', () => {
  it('are literal text, whatever is in them', () =>
    fc.assert(
      fc.property(anyText, anyText, (x, other) => {
        const variables = having({ x })
        const whole = compilePattern(fillPattern('^a${x}\\\\${x}$', variables))
        expect([whole.test(`a${x}\\${x}`), whole.test(`a${other}\\${other}`)]).to.deep.equal([true, x === other])
        if (x !== '') expect(compilePattern(fillPattern('^[${x}]+$', variables)).test(x)).to.equal(true)
      }),
    ))

  it('may be a number of repetitions', () => {
    expect(fillPattern('^\\d{${n}}$', having({ n: 3 }))).to.equal('^\\d{3}$')
  })

  for (const [pattern, value] of [
    ['^a{${x}}$', '2,9'],
    ['^a{2,${x}}$', ''],
    ['^\\x${x}$', '41'],
    ['^\\x4${x}$', '1'],
    ['^\\u${x}$', '0041'],
    ['^\\u{${x}}$', '41'],
    ['^\\p{${x}}$', 'L'],
    ['(?<a>a)\\k<${x}>', 'a'],
    ['(a)\\1${x}', '0'],
    ['^(?${x}b)a$', '!'],
    ['^(?<${x}b)a$', '='],
  ] as const) {
    it(`are refused where they would be a part of something else: ${pattern}`, () => {
      expect(() => fillPattern(pattern, having({ x: value }))).to.throw(UsageError, '${x} cannot stand where it does')
    })
  }

  it('are literal in groups', () => {
    expect(fillPattern('(?:${x}|b)(?=${x})(?<!${x})', having({ x: '.' }))).to.equal('(?:\\.|b)(?=\\.)(?<!\\.)')
  })

  it('are none after a backslash', () => {
    const { variables } = context(having({ d: 'd' }))
    expect(() => matchingPattern('\\${d}').toMatcher(context(variables))).to.throw(UsageError, 'not a valid regular')
  })

  it('accept no message that is not meant', () => {
    const matcher = matchingPattern('^Hello ${x}$').toMatcher(context(having({ x: '.*' })))
    expect(['Hello .*', 'Hello Rob'].map((text) => matcher.accepts(new Message(1, 0, text)))).to.deep.equal([
      true,
      false,
    ])
  })
})

describe('Values in expected JSON', () => {
  const accepts = (source: string, x: unknown, message: string) =>
    json(source)
      .toMatcher(context(having({ x })))
      .accepts(new Message(1, 0, message))

  for (const [source, x, yes, no] of [
    ['{"a": "#${x}"}', 'ignore', '{"a":"#ignore"}', '{"a":1}'],
    ['{"a": "#regex ^a${x}$"}', '.*', '{"a":"a.*"}', '{"a":"abc"}'],
    ['{"a": "#[${x}]"}', 2, '{"a":[1,2]}', '{"a":[1]}'],
    ['{"a": "${x}"}', '#ignore', '{"a":"#ignore"}', '{"a":1}'],
    ['{"a": "${x}b"}', '#', '{"a":"#b"}', '{"a":1}'],
    ['{"a": ${x}}', { b: '#ignore' }, '{"a":{"b":"#ignore"}}', '{"a":{"b":1}}'],
  ] as const) {
    it(`are no markers: ${source}`, () => {
      expect([accepts(source, x, yes), accepts(source, x, no)]).to.deep.equal([true, false])
    })
  }

  it('are no other length than a number', () => {
    expect(() => accepts('{"a": "#[${x}]"}', 'x', '{}')).to.throw(
      UsageError,
      'In "#[${x}]" a variable stands for "x", which is not a number.',
    )
  })

  for (const [marker, value] of [
    ['#>${x}', '= 6'],
    ['#<${x}', '= 6'],
    ['#number > ${x}', ''],
    ['#between ${x}', '1 and 9'],
    ['#between ${x} 9', '1 and'],
    ['#between 1 and ${x}', '9 '],
    ['#[${x}]', '1e'],
  ] as const) {
    it(`are no part of a marker: ${JSON.stringify(value)} in ${marker}`, () => {
      expect(() => accepts(`{"a": "${marker}"}`, value, '{"a": 6}')).to.throw(UsageError, 'which is not a number.')
    })
  }

  it('keep their type beside a marker that compares, with a blank before them or without', () => {
    for (const marker of ['#!= ${x}', '#!=${x}']) {
      expect(accepts(JSON.stringify({ a: marker }), '6', '{"a": 6}')).to.equal(true)
      expect(accepts(JSON.stringify({ a: marker }), 6, '{"a": 6}')).to.equal(false)
    }
    expect(accepts('{"a": "#contains \\"b${x}\\""}', 'c"', '{"a": "abc\\"d"}')).to.equal(true)
    expect(accepts('{"a": "#contains b${x}"}', 'c', '{"a": "abcd"}')).to.equal(true)
  })

  it('are numbers where a marker takes them', () => {
    expect(accepts('{"a": "#between ${x} and 7"}', '5', '{"a": 6}')).to.equal(true)
    expect(accepts('{"a": "#>= ${x}"}', 6, '{"a": 6}')).to.equal(true)
    expect(accepts('{"a": "#> ${x}"}', '-1.5e2', '{"a": 6}')).to.equal(true)
  })

  for (const marker of ['#contains ${x}', '#startsWith ${x}', '#endsWith "${x}"']) {
    it(`are found in no text when they are empty: ${marker}`, () => {
      expect(accepts(JSON.stringify({ a: marker }), '', '{"a": "zz"}')).to.equal(false)
    })
  }

  it('are no empty regular expression', () => {
    for (const marker of ['#regex ${x}', '#regex (?i)${x}']) {
      expect(() => accepts(JSON.stringify({ a: marker }), '', '{"a": "zz"}')).to.throw(
        UsageError,
        'The regular expression is empty, and fits every text.',
      )
    }
  })
})

describe('Values in templates', () => {
  const accepts = (received: unknown, x: unknown, message: unknown) =>
    phrase('Hello')
      .toMatcher(context(having({ x }), received))
      .accepts(new Message(1, 0, JSON.stringify(message)))

  it('are no markers', () => {
    const template = { '${x}': ['${x}', 'a ${x}', 1, '#number'], m: 'to ${x}: ${phrase}' }
    const fitting = { '#ignore': ['#ignore', 'a #ignore', 1, 7], m: 'to #ignore: Hello' }
    expect(accepts(template, '#ignore', fitting)).to.equal(true)
    expect(accepts(template, '#ignore', { ...fitting, '#ignore': [3, 'a #ignore', 1, 7] })).to.equal(false)
    const inner = { x: '${x}', m: '${phrase}' }
    expect(accepts(inner, { a: '#ignore' }, { x: { a: '#ignore' }, m: 'Hello' })).to.equal(true)
    expect(accepts(inner, { a: '#ignore' }, { x: { a: 1 }, m: 'Hello' })).to.equal(false)
  })

  it('are no other place for the phrase', () => {
    for (const template of [{ from: '${x}', m: '${phrase}' }, '${x}: ${phrase}']) {
      expect(() => accepts(template, '${phrase}', {})).to.throw(UsageError, 'needs one place for the phrase')
      expect(() => receivingTemplate({ received: template }, having({ x: '${y}' }))).not.to.throw()
    }
  })
})

describe('Values in paths of JSON', () => {
  for (const source of [
    'items.${x}',
    '$.items.${x}',
    "items['${x}']",
    'items["${x}"]',
    'items[${x}]',
    '/items/${x}',
    '$..${x}',
  ]) {
    it(`are one name, whatever is in them: ${source}`, () =>
      fc.assert(
        fc.property(anyText, (x) => {
          // The library that reads JSONPath refuses control characters, escaped or not.
          fc.pre(!/^-?\d+$/.test(x) && !/\p{Cc}/u.test(x) && x !== 'items')
          const select = parsePath(fillPath(source, having({ x }))).select
          expect(select({ items: { [`${x}`]: 'this', [`${x}!`]: 'that' } })).to.deep.equal(['this'])
          expect(select({ items: { [`${x}!`]: 'that', other: ['that'] } })).to.deep.equal([])
        }),
      ))
  }

  for (const source of [
    "items[?match(@.name, '${x}')].id",
    'items[?match(@.name, "a${x}")].id',
    'items[?search(@.name, ${x})]',
    'items[?search(@.name,${x})]',
    'items[?@.a == 1 && (search(value(@..name), ${x}))]',
    "items[?search(value(@[?match(@.a, 'b,(')]), '${x}')]",
  ]) {
    it(`are not a pattern: ${source}`, () => {
      expect(() => fillPath(source, having({ x: '.*' }))).to.throw(
        UsageError,
        'cannot have a variable beside match() or search(): a value is text, not a part of a regular expression. Compare it with ==',
      )
    })
  }

  for (const [source, x, filled] of [
    ['items[${x}].id', 0, 'items[0].id'],
    ['items[${x}].id', '-1', 'items[-1].id'],
    ['items[${x}:${x}]', '1', 'items[1:1]'],
    ['items[?@.id == ${x}].name', '7', 'items[?@.id == "7"].name'],
    ['items[?@.id == ${x}].name', new ExactNumber('9007199254740993'), 'items[?@.id == 9007199254740993].name'],
    ['items[?@.id == ${x}].${x}', 7, 'items[?@.id == 7]["7"]'],
    ["items[?@.id == '${x}']", "it's", "items[?@.id == 'it\\'s']"],
    ['items[?@.${x} == 1]', 'a', 'items[?@["a"] == 1]'],
    ['line-${x}.b', 'a.c', '["line-a.c"].b'],
    ['/a/${x}/b', 'c/~d', '/a/c~1~0d/b'],
    ['items.a', 1, 'items.a'],
  ] as const) {
    it(`are filled into ${source}`, () => {
      expect(fillPath(source, having({ x }))).to.equal(filled)
      parsePath(filled)
    })
  }
})

describe('Values in the places of schemas', () => {
  for (const [source, x, filled] of [
    ['s/${x}.json#/a/${x}', 'A b', 's/A b.json#/a/A%20b'],
    ['s/a.json#/a/${x}', 'b/c~d%', 's/a.json#/a/b~1c~0d%25'],
    ['http://${x}:80/a', 'host.example', 'http://host.example:80/a'],
    ['HTTPS://host/${x}?q=${x}#/${x}', 'a/b?c#d', 'HTTPS://host/a%2Fb%3Fc%23d?q=a%2Fb%3Fc%23d#/a~1b%3Fc%23d'],
    ['${x}/a.json#/b', 'http://host', 'http://host/a.json#/b'],
    ['${x}.json', 'a', 'a.json'],
    ['a.json', 'a', 'a.json'],
  ] as const) {
    it(`are filled into ${source}`, () => {
      expect(fillSchemaLocation(source, having({ x }))).to.equal(filled)
    })
  }

  for (const [source, x, words] of [
    ['http://${x}/a', 'me@other', '"me@other" is not a valid host or port of "http://${x}".'],
    ['http://host/.${x}/a', '.', 'The value of .${x} is "..": that would be the address of something else.'],
    ['http://host/%2${x}/a', 'e', 'The value of %2${x} is "%2e": that would be the address of something else.'],
    ['http://${x}/a', '', '"" is not a valid host or port of "http://${x}".'],
    ['http://host/${x}/a', '..', 'The value of ${x} is "..": that would be the address of something else.'],
    ['s/${x}', '../a', "The value of ${x} is not a valid part of a file's name."],
  ] as const) {
    it(`are refused where they lead elsewhere: ${x} in ${source}`, () => {
      expect(() => fillSchemaLocation(source, having({ x }))).to.throw(UsageError, words)
    })
  }
})

describe('Values that a server has sent, in the places of schemas', () => {
  const remembering = (x: unknown) => {
    const variables = new Variables()
    variables.remember('x', x)
    return variables.with({ client: 'Rob' })
  }

  for (const [source, x] of [
    ['${x}', 'http://other/a.json'],
    ['${x}#/x', 'HTTPS://other/a.json'],
    ['${x}/a.json', 'http://other'],
    ['${x}//other/a.json', 'http:'],
    ['${x}s://other/a.json', 'http'],
    ['http://${x}/a.json', 'other'],
    ['http://${x}:80/a.json', 'other'],
    ['http://host:${x}/a.json', 'x'],
    ['http://host.${x}/a.json', 'example'],
  ] as const) {
    it(`are refused where they would be a scheme or a host: ${source} with ${x}`, () => {
      expect(() => fillSchemaLocation(source, remembering(x))).to.throw(
        UsageError,
        'A server has sent the value of ${x}: it cannot say from which host a schema is read. Write the scheme and the host',
      )
    })
  }

  it('may be a port, a part of a path, or of the name of a file', () => {
    expect(fillSchemaLocation('http://host:${x}/${x}', remembering(80))).to.equal('http://host:80/80')
    expect(fillSchemaLocation('${x}.json', remembering('a'))).to.equal('a.json')
  })

  it('are those of a variable as long as it is not set again', () => {
    const variables = remembering('a')
    expect(['${x}', 'a ${x}', '${client}', '${y}', 'x'].map((text) => variables.hasRemembered(text))).to.deep.equal([
      ...[true, true],
      ...[false, false, false],
    ])
    variables.set('x', 'b')
    expect(variables.with({}).hasRemembered('${x}')).to.equal(false)
  })
})

describe("Values in files' names", () => {
  it('are parts of a name', () => {
    expect(fillFilePath('logos/${x}.png', having({ x: 'Rob & Ann$&' }))).to.equal('logos/Rob & Ann$&.png')
    expect(fillFilePath('logos/.${x}', having({ x: '.a' }))).to.equal('logos/..a')
  })

  for (const x of ['..', '../secret', '.env', 'a/b', 'a\\b', 'a\0', '']) {
    it(`are refused where they could be another file: ${JSON.stringify(x)}`, () => {
      expect(() => fillFilePath('logos/${x}', having({ x }))).to.throw(
        UsageError,
        "The value of ${x} is not a valid part of a file's name.",
      )
    })
  }

  for (const [source, x] of [
    ['t/.${x}/a', '.'],
    ['t/.${x}', '. '],
    ['.${x}/a', '..'],
    ['${env.CUCUMBER_WEBSOCKET_NOTHING}${x}', '.env'],
  ] as const) {
    it(`are refused where they would complete another one: ${source}`, () => {
      process.env.CUCUMBER_WEBSOCKET_NOTHING = ''
      try {
        expect(() => fillFilePath(source, having({ x }))).to.throw(UsageError, 'The value of ${x} is not a valid part')
      } finally {
        delete process.env.CUCUMBER_WEBSOCKET_NOTHING
      }
    })
  }

  it('may be whole paths where the environment says them', () => {
    process.env.CUCUMBER_WEBSOCKET_TEST = '../a'
    try {
      expect(fillFilePath('${env.CUCUMBER_WEBSOCKET_TEST}/b', having({}))).to.equal('../a/b')
    } finally {
      delete process.env.CUCUMBER_WEBSOCKET_TEST
    }
  })
})
