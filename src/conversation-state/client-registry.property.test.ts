import { expect } from 'chai'
import fc from 'fast-check'
import type { Client } from '../client/client'
import { joinNames } from '../text/grammar'
import { ClientRegistry } from './client-registry'

describe('ClientRegistry, given any names', () => {
  const name = fc.oneof(
    fc.stringMatching(/^[A-Z][a-z]*$/).map((bare) => [bare, bare]),
    fc
      .string({ unit: 'binary' })
      .filter((text) => !text.includes('"'))
      .map((text) => [text, `"${text}"`]),
    fc
      .oneof(fc.stringMatching(/^[a-z]+$/), fc.stringMatching(/^[a-z]+(?:st|nd|rd|th)$/), fc.constant('constructor'))
      .filter((role) => role !== 'and')
      .map((role) => [role, `the ${role}`]),
  )

  it('resolves a list of them in its order, each once', () =>
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 10 }), (names) => {
        const written = joinNames(names.map(([, one]) => one as string))
        const found = new ClientRegistry((name) => ({ name }) as Client).resolveAll(written).map((one) => one.name)
        expect(found).to.deep.equal([...new Set(names.map(([meant]) => meant))])
      }),
    ))
})
