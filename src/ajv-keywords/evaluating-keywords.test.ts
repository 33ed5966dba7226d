import { expect } from 'chai'
import { Message } from '../inbox/message'
import { validAgainstSchema } from '../schemas/schema-matcher'

const [draft06, draft07, draft2019, draft2020] = [
  'http://json-schema.org/draft-06/schema#',
  'http://json-schema.org/draft-07/schema#',
  'https://json-schema.org/draft/2019-09/schema',
  'https://json-schema.org/draft/2020-12/schema',
]
const SINCE_07 = [draft07, draft2019, draft2020]
const SINCE_2019 = [draft2019, draft2020]

describe('Keywords without those with which they have an effect', () => {
  const verdicts = (schema: object) =>
    ['1', '[1]', '[1,1]'].map((text) =>
      validAgainstSchema('a.json', () => JSON.stringify(schema)).accepts(new Message(1, 0, text)),
    )

  // biome-ignore-start lint/suspicious/noThenProperty: it is a keyword
  for (const [lone, drafts] of [
    [{ then: false }, SINCE_07],
    [{ else: false }, SINCE_07],
    [{ then: false, else: false }, SINCE_07],
    [{ if: false }, SINCE_07],
    [{ additionalItems: false }, [draft06, draft07, draft2019]],
    [{ items: true, additionalItems: false }, [draft06, draft07, draft2019]],
    [{ minContains: 3 }, SINCE_2019],
    [{ maxContains: 0 }, SINCE_2019],
    [{ minContains: 3, maxContains: 1 }, SINCE_2019],
    [{ $recursiveAnchor: false }, [draft2019]],
    [{ contentSchema: false }, SINCE_2019],
    [{ contentSchema: false, contentMediaType: 'application/json', contentEncoding: 'base64' }, SINCE_2019],
    [{ contentMediaType: 'application/json', contentEncoding: 'base64' }, SINCE_07],
  ] as const) {
    for (const $schema of drafts) {
      it(`accept everything: ${JSON.stringify(lone)} in ${$schema}`, () => {
        for (const schema of [lone, { items: lone }, { allOf: [lone] }, { not: { not: lone } }]) {
          expect(verdicts({ $schema, ...schema })).to.deep.equal([true, true, true])
        }
      })
    }
  }

  for (const [schema, $schema] of [
    [{ if: true, then: { maxItems: 1 } }, draft07],
    [{ if: false, else: { maxItems: 1 } }, draft07],
    [{ items: [true], additionalItems: false }, draft2019],
    [{ contains: true, maxContains: 1, minContains: 0 }, draft2020],
    [{ then: { maxItems: 1 }, $ref: '#/then' }, draft2020],
  ] as const) {
    it(`have it with them: ${JSON.stringify(schema)}`, () => {
      expect(verdicts({ $schema, ...schema })).to.deep.equal([true, true, false])
    })
  }
  // biome-ignore-end lint/suspicious/noThenProperty: it is a keyword

  it('evaluate nothing', () => {
    expect(verdicts({ $schema: draft2019, additionalItems: true, unevaluatedItems: false })).to.deep.equal([
      ...[true, false, false],
    ])
  })

  it('leave recursion as it is', () => {
    const tree = ($recursiveAnchor: boolean) => ({
      $schema: draft2019,
      $id: 'https://example.org/strict',
      $recursiveAnchor,
      $ref: 'tree',
      maxItems: 1,
      $defs: { tree: { $id: 'tree', $recursiveAnchor, items: { $recursiveRef: '#' } } },
    })
    const accepts = (isAnchor: boolean, text: string) =>
      validAgainstSchema('a.json', () => JSON.stringify(tree(isAnchor))).accepts(new Message(1, 0, text))
    expect([false, true].map((isAnchor) => accepts(isAnchor, '[[[],[]]]'))).to.deep.equal([true, false])
  })
})
