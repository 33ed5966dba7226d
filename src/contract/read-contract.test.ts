import { expect } from 'chai'
import { chatDocument } from '../../test/support/contracts'
import { UsageError } from '../errors'
import { forgetContracts, readContract } from './read-contract'

describe('readContract', () => {
  const setting = { document: 'chat.json', strict: 'fail' } as const
  const from = (files: Readonly<Record<string, string>>) => ({
    folder: '',
    read(path: string): string {
      const text = files[path]
      if (text === undefined) throw new UsageError(`There is no ${path}.`)
      return text
    },
  })
  const [one, other] = ['one', 'other'].map((name) =>
    from({ 'chat.json': JSON.stringify(chatDocument({ [name]: { payload: { type: 'object' } } }, {})) }),
  ) as [ReturnType<typeof from>, ReturnType<typeof from>]

  beforeEach(forgetContracts)

  it('reads a file once in a run, and in the next one if it has changed', () => {
    const contract = readContract(setting, one)
    expect(readContract(setting, other)).to.equal(contract)
    forgetContracts()
    expect(readContract(setting, one)).to.equal(contract)
    forgetContracts()
    expect(readContract(setting, other)).not.to.equal(contract)
    forgetContracts()
    expect(() => readContract(setting, from({}))).to.throw(UsageError, 'There is no chat.json.')
  })

  it('reads each of many files once', () => {
    const text = JSON.stringify(chatDocument({}))
    const names = Array.from({ length: 30 }, (_, number) => `${number}.json`)
    const files = from(Object.fromEntries(names.map((name) => [name, text])))
    const contracts = names.map((document) => readContract({ document }, files))
    expect(names.map((document) => readContract({ document }, files))).to.have.ordered.members(contracts)
  })
})
