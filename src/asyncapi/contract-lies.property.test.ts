/** Whatever a contract promises: what keeps it is valid, and each way to break it is named. */

import { expect } from 'chai'
import fc from 'fast-check'
import { chatDocument, contractOf, judged, operation } from '../../test/support/contracts'
import { renewBudget } from '../evaluation-limit'

/** Values of each type, and one of another. */
const VALUES = { string: ['text', 5], integer: [7, 'seven'], boolean: [true, 'true'], array: [[1], {}] } as const

const name = fc.stringMatching(/^[a-z]{3,8}$/)
const members = fc.dictionary(name, fc.constantFrom<keyof typeof VALUES>('string', 'integer', 'boolean', 'array'), {
  minKeys: 1,
  maxKeys: 4,
})
const kinds = fc
  .uniqueArray(fc.tuple(name, members, fc.boolean()), { selector: ([kind]) => kind, minLength: 2, maxLength: 8 })
  // What tells messages apart is no other member.
  .map((all) => all.map(([kind, types, isSent]) => ({ kind, types, isSent })))

describe('Lies about any contract', () => {
  it('are caught, and named', () => {
    fc.assert(
      fc.property(kinds, fc.nat(), fc.nat(), (all, choice, memberChoice) => {
        renewBudget()
        const payloadOf = ({ kind, types }: (typeof all)[number]) => ({
          type: 'object',
          required: ['$type', ...Object.keys(types)],
          properties: {
            $type: { const: kind },
            ...Object.fromEntries(Object.entries(types).map(([member, type]) => [member, { type }])),
          },
        })
        const namesOf = (isSent: boolean) => all.filter((one) => one.isSent === isSent).map(({ kind }) => kind)
        const contract = contractOf(
          chatDocument(Object.fromEntries(all.map((one) => [one.kind, { payload: payloadOf(one) }])), {
            speak: operation('receive', namesOf(false)),
            hear: operation('send', namesOf(true)),
          }),
        )
        const { kind, types, isSent } = all[choice % all.length] as (typeof all)[number]
        const sender = isSent ? 'server' : 'client'
        const judge = (content: object, by: 'server' | 'client' = sender) => {
          const { verdict, message, complaint = '' } = contract.judge(judged(content, { sender: by }))
          return { verdict, message, complaint }
        }
        const entries = Object.entries(types)
        const right = { $type: kind, ...Object.fromEntries(entries.map(([member, type]) => [member, VALUES[type][0]])) }
        expect(judge(right)).to.include({ verdict: 'valid', message: kind })
        const [member, type] = entries[memberChoice % entries.length] as (typeof entries)[number]
        const { [member as keyof typeof right]: _, ...dropped } = right
        expect(judge(dropped)).to.include({ verdict: 'wrong', message: kind })
        expect(judge(dropped).complaint).to.match(new RegExp(`has it: /${member} is missing$`))
        const changed = judge({ ...right, [member]: VALUES[type][1] })
        expect(changed).to.include({ verdict: 'wrong', message: kind })
        expect(changed.complaint).to.contain(`has it: /${member} must be ${type}, and is `)
        const other = judge(right, isSent ? 'client' : 'server')
        expect(other).to.include({ verdict: 'wrong', message: kind })
        expect(other.complaint).to.match(new RegExp(`^"${kind}" goes the other way in the channel "chat"`))
        const unknown = judge({ ...right, $type: `${kind}XYZ` })
        expect(unknown).to.include({ verdict: 'undocumented', message: undefined })
        expect(unknown.complaint).to.contain(`has the "$type" "${kind}XYZ"`)
      }),
      { numRuns: 60 },
    )
  }).timeout(60_000)
})
