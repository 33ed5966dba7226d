import { expect } from 'chai'
import { UsageError } from '../errors'
import { requireUsableAddress } from './address'

describe('requireUsableAddress', () => {
  const sources = { names: ['port', 'room'], sentences: [], hasOwnCode: false }

  for (const address of [
    'ws://localhost:8080/chat',
    'ws://localhost:${port}/${room}?user=${user}&name=${client}&id=${uuid}&at=${now}&again=${timestamp}',
    '${room}/chat',
  ]) {
    it(`takes ${address}`, () => requireUsableAddress(address, sources, unexpected))
  }

  it('takes variables that a sentence may set', () => {
    const text = 'the number stands for "x", "city" stands for "Rome"'
    const dataTable = { rows: [{ cells: [{ value: 'street' }] }] }
    const sentences = [{ text }, { text: '', argument: { dataTable } }].map((step) => JSON.stringify(step))
    requireUsableAddress('ws://localhost/${city}/${street}', { ...sources, sentences }, unexpected)
    expect(() => requireUsableAddress('ws://localhost/${number}', { ...sources, sentences }, unexpected)).to.throw()
  })

  it('takes those of the environment, if it has them', () => {
    process.env.ADDRESS_TEST = 'x'
    try {
      requireUsableAddress('ws://localhost/${env.ADDRESS_TEST}', sources, unexpected)
    } finally {
      delete process.env.ADDRESS_TEST
    }
    expect(() => requireUsableAddress('ws://localhost/${env.ADDRESS_TEST}', sources, unexpected)).to.throw(
      UsageError,
      'The address "ws://localhost/${env.ADDRESS_TEST}" has ${env.ADDRESS_TEST}, which neither the script nor the environment nor a sentence sets.',
    )
  })

  it('warns of those that only own code can set', () => {
    const told: string[] = []
    const address = 'ws://localhost/${one}/${other}/${one}'
    requireUsableAddress(address, { ...sources, hasOwnCode: true }, (text) => told.push(text))
    expect(told).to.deep.equal([
      `The address "${address}" has \${one} and \${other}, which neither the script nor the environment nor a sentence sets. If the project's own code does not, all users will fail.`,
    ])
  })

  for (const [address, words] of [
    ['ws://[::', '"ws://[::" is not a valid address of a WebSocket server.'],
    ['ftp://localhost/${room}', 'is not a valid address of a WebSocket server.'],
    ['ws://localhost/{{ room }}', 'has {{ room }}, which stays as it is: write ${room}.'],
  ] as const) {
    it(`refuses ${address}`, () => {
      expect(() => requireUsableAddress(address, sources, unexpected)).to.throw(UsageError, words)
    })
  }
})

function unexpected(text: string): never {
  throw new Error(text)
}
