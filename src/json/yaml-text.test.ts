import { expect } from 'chai'
import { UsageError } from '../errors'
import { jsonOfYaml } from './yaml-text'

describe('YAML as JSON', () => {
  for (const [text, json] of [
    ['n: &n 1.50\n? *n\n: x', '{"n":1.50,"1.50":"x"}'],
    ['t: &t [1]\nu: *t', '{"t":[1],"u":[1]}'],
    ['t: &t a\n? *t\n: b', '{"t":"a","a":"b"}'],
    ['- &a 1\n- &a 2\n- *a', '[1,2,2]'],
    ['t: &t true\n? *t\n: b', '{"t":true,"true":"b"}'],
  ] as const) {
    it(`has what an alias stands for: ${JSON.stringify(text)}`, () => {
      expect(jsonOfYaml(text, 'It')).to.equal(json)
    })
  }

  for (const [text, json] of [
    ['"null": 1\n"~": 2\n"": 3', '{"null":1,"~":2,"":3}'],
    ['!!str null: 1', '{"null":1}'],
    ['true: 1\nfalse: 2', '{"true":1,"false":2}'],
    ['200: 1\n1.0: 2\n1e3: 3\n-1: 4', '{"200":1,"1.0":2,"1e3":3,"-1":4}'],
    ['2020-01-01: 1\n12:30: 2\nyes: 3', '{"2020-01-01":1,"12:30":2,"yes":3}'],
    ['12345678901234567890123: 1', '{"12345678901234567890123":1}'],
    ["'a''b': 1\n\"\\u0041\": 2\n? |\n  c\n: 3", '{"a\'b":1,"A":2,"c\\n":3}'],
  ] as const) {
    it(`has keys that are as they are written: ${JSON.stringify(text)}`, () => {
      expect(jsonOfYaml(text, 'It')).to.equal(json)
    })
  }

  for (const text of [
    ...['null: 1', 'Null: 1', '~: 1', ': 1', '? \n: 1', '{: 1}', 'TRUE: 1', 'False: 1', '0x10: 1', '0o10: 1'],
    ...['010: 1', '+1: 1', '.inf: 1', '.nan: 1', '!!binary YQ==: 1', '!!timestamp 2020-01-01: 1', 'a: &a ~\n? *a\n: 1'],
  ]) {
    it(`refuses a key that is another value than its text: ${JSON.stringify(text)}`, () => {
      expect(() => jsonOfYaml(text, 'It')).to.throw(
        UsageError,
        /^It is not valid YAML: A key is read as another value than its text, /,
      )
    })
  }

  for (const [text, words] of [
    [
      'a: 1\nnull: 2',
      'A key is read as another value than its text, and JSON has texts for keys: put it in quotes at line 2, column 1',
    ],
    ['? [SECRET-1234, "\u202e"]\n: 1', 'A key is a list or a map, and JSON has texts for keys at line 1, column 3'],
    ['{a: 1, {b: 2}: 3}', 'A key is a list or a map, and JSON has texts for keys at line 1, column 8'],
    ['a: &a [1]\n? *a\n: 1', 'A key is a list or a map, and JSON has texts for keys at line 1, column 7'],
    ['a: &a x\n? *a\n: 1\nx: 2', 'Map keys must be unique at line 4, column 1'],
    ['n: &n 1.5\n1.5: 1\n? *n\n: 2', 'Map keys must be unique at line 3, column 3'],
    ['&a [1, *a]', 'It contains itself at line 1, column 8'],
    ['&a {b: {c: *a}}', 'It contains itself at line 1, column 12'],
    ['a: *b', 'Unresolved alias (the anchor must be set before the alias): b'],
    ['1) Scenario: forged: [', 'Nested mappings are not allowed in compact mappings at line 1, column 1'],
    ['!!%0A1)%20forged x', 'its tags have to be those of JSON: Unresolved tag: tag:yaml.org,2002'],
  ] as const) {
    it(`is an error of one line without what is written: ${JSON.stringify(text)}`, () => {
      const warnings: Error[] = []
      const warned = (warning: Error) => warnings.push(warning)
      const { emitWarning } = process
      process.emitWarning = ((warning: Error) => warned(warning)) as typeof process.emitWarning
      try {
        expect(() => jsonOfYaml(text, 'It'))
          .to.throw(UsageError, `It is not valid YAML: ${words}`)
          .with.property('message')
          .that.does.not.match(/\n|forged|SECRET/)
        expect(warnings).to.deep.equal([])
      } finally {
        process.emitWarning = emitWarning
      }
    })
  }

  it('is one document', () => {
    expect(() => jsonOfYaml('a: 1\n---\nb: 2\n', 'It')).to.throw(
      UsageError,
      'It is not valid YAML: It has several documents: write each in a file of its own at line 2, column 1',
    )
  })

  it('is an error if it is nested too deep', () => {
    const maps = (depth: number) => Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`).join('\n')
    for (const text of [
      '['.repeat(50_000),
      `${'['.repeat(50_000)}1${']'.repeat(50_000)}`,
      '{a: '.repeat(2000),
      '- '.repeat(2000),
      '? '.repeat(2000),
      maps(600),
    ])
      expect(() => jsonOfYaml(text, 'It')).to.throw(UsageError, 'It is nested too deep to be read as YAML.')
    expect(jsonOfYaml(`${maps(400)} 1`, 'It')).to.equal(`${'{"a":'.repeat(400)}1${'}'.repeat(400)}`)
  })
})
