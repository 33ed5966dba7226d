import { expect } from 'chai'
import { UsageError } from '../errors'
import { parsePath } from './path'

function accepts(expression: string, x: unknown, pattern: unknown = null): boolean {
  return parsePath(`a[?${expression}]`).select({ a: [{ x }], pattern }).length === 1
}

describe('A pattern in a JSONPath', () => {
  for (const [pattern, whole, parts, others] of [
    ['a', ['a'], ['xa', 'ax', 'a\n'], ['', 'b', 'A']],
    ['^a', ['a'], ['ab'], ['ba', '^a']],
    ['ab$', ['ab'], ['xab'], ['abx', 'ab$']],
    ['^a|b$', ['a', 'b'], ['ax', 'xb'], ['xa', 'bx']],
    ['a|b', ['a', 'b'], ['ab', 'xa', 'bx'], ['c']],
    ['^ab|cd$', ['ab', 'cd'], ['abx', 'xcd'], ['xab', 'cdx']],
    ['(^a|b$)', ['a', 'b'], ['ax', 'xb'], ['xa', 'bx']],
    ['^$', [''], [], ['^$', 'a']],
    ['a^b', ['a^b'], ['xa^b'], ['ab', 'a']],
    ['$5 US', ['$5 US'], ['for $5 US'], ['5 US']],
    ['a\\^|[$]', ['a^', '$'], ['a$'], ['a', '']],
    ['[^a]', ['b', '^', '😀'], ['ab'], ['a', '']],
    ['[$^.]', ['$', '^', '.'], ['a.'], ['a']],
    ['a.c', ['abc', 'a😀c', 'a\u2028c'], ['xabc'], ['a\nc', 'a\rc', 'ac']],
    ["it's", ["it's"], ["and it's on"], ['its', 'it,s']],
    ['a\\-b', ['a-b'], ['xa-b'], ['ab']],
    ['[a\\-c]', ['a', '-', 'c'], ['ab'], ['b']],
    ['[\\]\\\\]', [']', '\\'], ['a]'], ['a']],
    ['\\p{Lu}{2}', ['AB', 'ÄÖ'], ['xAB'], ['ab', 'A']],
    ['a\\.b\\n', ['a.b\n'], ['a.b\n\n'], ['axb\n']],
    ['a|', ['a', ''], ['b'], []],
    ['', [''], ['a'], []],
  ] as const) {
    it(`${JSON.stringify(pattern)} is that of a whole text, or of a part`, () => {
      const literal = JSON.stringify(pattern)
      for (const [texts, isMatched, isFound] of [
        [whole, true, true],
        [parts, false, true],
        [others, false, false],
      ] as const) {
        for (const text of texts) {
          expect(accepts(`match(@.x, ${literal})`, text), `match ${text}`).to.equal(isMatched)
          expect(accepts(`search(@.x, ${literal})`, text), `search ${text}`).to.equal(isFound)
          expect(accepts('match(@.x, $.pattern)', text, pattern), `match ${text}`).to.equal(isMatched)
          expect(accepts('search(@.x, $.pattern)', text, pattern), `search ${text}`).to.equal(isFound)
        }
      }
    })
  }

  it('matches texts alone', () => {
    for (const [value, pattern] of [
      [1, '1'],
      [null, 'null'],
      [true, 'true'],
      [['ab'], 'ab'],
      [{}, '.*'],
      [[], ''],
      [undefined, 'undefined'],
    ]) {
      for (const name of ['match', 'search']) {
        expect(accepts(`${name}(@.x, "${pattern}")`, value), `${name} ${pattern}`).to.equal(false)
        expect(accepts(`!${name}(@.x, "${pattern}")`, value), `${name} ${pattern}`).to.equal(true)
      }
    }
  })

  it('is a text: what is none, or no I-Regexp, matches nothing', () => {
    for (const pattern of [1, null, ['a'], undefined, 'a)(b', '(', 'a{3,2}', '[b-a]', '\\d', '\\p{Xy}']) {
      for (const text of ['1', 'null', 'a', 'ab', '(', '1', 'aaa', '\\d']) {
        expect(accepts('match(@.x, $.pattern)', text, pattern), `${pattern} ${text}`).to.equal(false)
        expect(accepts('search(@.x, $.pattern)', text, pattern), `${pattern} ${text}`).to.equal(false)
      }
    }
    expect(accepts('match(@.x, 1)', '1')).to.equal(false)
    expect(accepts('search(@.x, $.nothing)', 'undefined')).to.equal(false)
  })

  it('is refused where it is written and no I-Regexp', () => {
    for (const pattern of ['\\d+', '(?:a)', 'a*?', '\\bword', 'a)(b', '[', 'a{3,2}', '[b-a]', '\\p{Xy}', '(a)\\1']) {
      for (const name of ['match', 'search']) {
        expect(() => parsePath(`a[?${name}(@.x, ${JSON.stringify(pattern)})]`)).to.throw(
          UsageError,
          `"${pattern}" is not a pattern that ${name} knows, which are those of I-Regexp (RFC 9485): ` +
            'write [0-9] for \\d, [A-Za-z0-9_] for \\w, [$] for \\$, ( for (?:',
        )
      }
    }
  })

  it('has at most 1000 characters: compiled, a wilder one could end the process', () => {
    const [long, wild] = ['a'.repeat(1000), `${'(a|'.repeat(2000)}a${')*'.repeat(2000)}`]
    expect(accepts(`match(@.x, "${long}")`, long)).to.equal(true)
    const words = /^The pattern "\(a\|.+ of a path has more than 1000 characters: give a shorter one\.$/
    for (const name of ['match', 'search']) {
      expect(() => accepts(`${name}(@.x, "${wild}")`, 'a')).to.throw(UsageError, words)
      expect(() => accepts(`${name}(@.x, $.pattern)`, 'a', wild)).to.throw(UsageError, words)
    }
  })

  it('changes from item to item', () => {
    const items = [
      { x: 'a', p: 'a' },
      { x: 'a', p: 'b' },
      { x: 'b', p: 'b' },
      { x: 'b', p: 7 },
    ]
    expect(parsePath('$[?match(@.x, @.p)]').select(items)).to.deep.equal([items[0], items[2]])
  })

  it('is stopped where it would take for ever, and read soon however wild', () => {
    const wild = '((a+)+)+b'
    for (const name of ['match', 'search']) {
      expect(() => accepts(`${name}(@.x, "${wild}")`, 'a'.repeat(40))).to.throw(UsageError, 'takes too long on')
      expect(() => accepts(`${name}(@.x, $.pattern)`, 'a'.repeat(40), wild)).to.throw(UsageError, 'takes too long on')
    }
    parsePath('a[?match(@.x, "((((((a{0,99}){99}){99}){99}){99}){99}){99}|(((((){99}){99}){99}){99}){99}")]')
  })
})
