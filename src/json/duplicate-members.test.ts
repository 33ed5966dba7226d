import { expect } from 'chai'
import fc from 'fast-check'
import { UsageError } from '../errors'
import { describeDuplicate, findDuplicateMember, requireUniqueMembers, withUniqueMembers } from './duplicate-members'

const find = (text: string) => findDuplicateMember(text, JSON.parse(text))

describe('findDuplicateMember', () => {
  for (const [text, description] of [
    ['{"role":"admin","role":"user"}', 'the member "role"'],
    ['{"role":"user","role":"user"}', 'the member "role"'],
    ['{"user":{"role":1,"\\u0072ole":2}}', 'the member "role" of /user'],
    ['[0,{"a/b":[{"x":1},{"x":1,"y":[],"x":{}}]}]', 'the member "x" of /1/a~1b/1'],
    ['{"__proto__":1,"__proto__":2}', 'the member "__proto__"'],
    ['{"\\"":1,"\\"":1}', 'the member "\\""'],
    ['{"":1,"":1e20}', 'the member ""'],
  ] as const) {
    it(`finds ${description} in ${text}`, () => {
      const duplicate = find(text)
      expect(duplicate && describeDuplicate(duplicate)).to.equal(description)
    })
  }

  for (const text of [
    '{"a":{"a":1},"b":"a\\":"}',
    '[{"a":1},{"a":1}]',
    ' { "a" : "a", "b":["a","a"] } ',
    '1.0',
    '"a:a"',
  ]) {
    it(`finds none in ${text}`, () => {
      expect(find(text)).to.equal(undefined)
    })
  }

  it('finds none where only the value lacks a member', () => {
    expect(findDuplicateMember('{"a":1,"b":[2]}', { a: 1 })).to.equal(undefined)
  })

  it('finds none in any JSON, however it is indented', () =>
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 1, '\t'), (text, indent) => {
        expect(find(JSON.stringify(JSON.parse(text), null, indent))).to.equal(undefined)
      }),
    ))

  it('finds each member that is written again, in any JSON', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true }), (object) => {
        for (const [name, value] of Object.entries(object)) {
          const again = `${JSON.stringify(name)}:${JSON.stringify(value)}`
          expect(find(`{${again},${JSON.stringify(object).slice(1)}`)).to.deep.equal({ name, pointer: '' })
        }
      }),
    ))
})

describe('requireUniqueMembers', () => {
  it('says which member would be lost, and where', () => {
    const text = '{"user": {"role": 1, "role": 2}}'
    expect(() => requireUniqueMembers(text, JSON.parse(text))).to.throw(
      UsageError,
      'The JSON has the member "role" of /user twice, and one of the values would be lost: write each member once.',
    )
  })
})

describe('withUniqueMembers', () => {
  it('leaves a text as it is, also one that is not valid, but for a member that would be lost', () => {
    for (const text of ['{"role": 1}', '{"role": 1']) expect(withUniqueMembers(text)).to.equal(text)
    expect(() => withUniqueMembers('{"role": 1, "role": 2}')).to.throw(UsageError, 'the member "role" twice')
  })
})
