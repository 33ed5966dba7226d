/** What a step that no sentence answers may have meant. */

import { randomUUID } from 'node:crypto'
import { supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { expect } from 'chai'
import { suggestionsFor } from './suggestions'

describe('suggestionsFor', () => {
  let library: ReturnType<typeof supportCodeLibraryBuilder.finalize>

  before(() => {
    supportCodeLibraryBuilder.reset('', randomUUID)
    for (const file of Object.keys(require.cache).filter((path) =>
      /src\/(?:system-)?vocabulary\/[\w-]+\.ts$/.test(path),
    )) {
      delete require.cache[file]
    }
    for (const theme of THEMES) require(`../${theme}`)
    library = supportCodeLibraryBuilder.finalize()
  })

  const suggestions = (text: string, hasArgument = false) =>
    suggestionsFor({ text, hasArgument }, library.stepDefinitions)

  describe('suggests the sentence that was meant', () => {
    for (const [written, meant] of [
      // Another verb, and one that is misspelt.
      ['Rob recieves "Hello"', 'Rob receives "Hello"'],
      ['Rob joins', 'Rob connects'],
      ['Rob is online', 'Rob is connected'],
      ['Rob hears "x" within 2 seconds', 'Rob receives "x" within 2 seconds'],
      ['Rob gets disconnected with code 4001', 'Rob is disconnected with code 4001'],
      // JSON, and a text in it, that nobody has ended.
      ['Rob sents {"type": "bid', 'Rob sends {"type": "bid'],
      // Words too many, too few, or in another form.
      ['Rob has received "x"', 'Rob receives "x"'],
      ['Rob then receives "x"', 'Rob receives "x"'],
      ['Rob doesn\'t receive "x"', 'Rob does not receive "x"'],
      ['the server at "ws://localhost"', 'the server is at "ws://localhost"'],
      ['100 listeners connected', '100 listeners are connected'],
      ['I is kicked', 'I am disconnected'],
      ['Rob won’t get "x"', 'Rob does not get "x"'],
      ['Rob’s next message is "x"', 'Rob\'s next message is "x"'],
      ['Rob receives nothing for 2 secs', 'Rob receives nothing for 2 seconds'],
      ['Rob gets a message containing lo', 'Rob gets a message containing "lo"'],
      ['the program "chat" is running', 'the "chat" program is running'],
      ['Rob is refused with code 401', 'Rob is refused with status 401'],
      // Marks.
      ['Rob receives “Hello”', 'Rob receives "Hello"'],
      ['Rob receives „Hallo“', 'Rob receives "Hallo"'],
      ['Rob receives «Salut»', 'Rob receives "Salut"'],
      ['Rob receives "Hello".', 'Rob receives "Hello"'],
      ['Rob receives Hello', 'Rob receives "Hello"'],
      ['Rob sends Hello to all of you', 'Rob sends "Hello to all of you"'],
      ['rob receives "Hello"', 'Rob receives "Hello"'],
      ['When Rob receives "x" he sends "y"', 'when Rob receives "x" he sends "y"'],
      ['if Rob receives "x" he sends "y"', 'when Rob receives "x" he sends "y"'],
      ['Rob receives "x" and he sends "y"', 'when Rob receives "x" he sends "y"'],
      ['Rob receives "x", he sends "y"', 'Rob receives "x" he sends "y"'],
      ['Rob remembers "order.id" as order', 'Rob remembers "order.id" as "order"'],
      ['the chat program is running', 'the "chat" program is running'],
    ] as const) {
      it(`${written} → ${meant}`, () => {
        expect(suggestions(written)[0]).to.equal(meant)
      })
    }

    for (const [written, meant] of [
      ['Ann and Bob hears "x"', 'Ann and Bob receive "x"'],
      ['both hear "x"', 'both receive "x"'],
      ['every of them hears "x"', 'each of them receives "x"'],
      ['The bidders recieve "x"', 'the bidders receive "x"'],
      ['Rob recieve 1 messages', 'Rob receives 1 message'],
      ['I was rejected with 401', 'I am refused with status 401'],
      ['the last message was "x"', 'the last message is "x"'],
      ['Ann receives an error', 'Ann receives a message of type "error"'],
      ['Ann sends a "bid" message', 'Ann sends the "bid" message'],
      ["Tom can't connect", 'Tom cannot connect'],
      ['all traders reconnect at the same time', 'every trader reconnects'],
      ['somebody calls POST "/x" with body {"a": 1}', 'I request "POST /x" with:\n"""\n{"a": 1}\n"""'],
      ['the payment service is stopped', 'the "payment" program is stopped'],
    ] as const) {
      it(`${written} → ${meant}`, () => {
        expect(suggestions(written)[0]).to.equal(meant)
      })
    }

    for (const [written, ...meant] of [
      ['Ann connects with header "X-A" "1"', 'Ann connects with:\n  | header | X-A | 1 |'],
      ['Ann receives "a" but not "b"', 'Ann receives "a"\nAnn does not receive "b"'],
      ['Ann loses the connection for 1 second', 'Ann loses the connection\n1 second passes\nAnn reconnects'],
      ['Bob receives a "ride" message', 'Bob receives a message of type "ride"', 'Bob receives the "ride" message'],
      ['Ann sends "tick" 5 times per second', 'Ann sends "tick" every 200 ms'],
      ['Ann receives a list with 3 items', 'Ann receives a message with:\n  | … | #[3] |'],
      ['the server restarts', 'the "…" program is restarted'],
      ['the "hub" server is running', 'the "hub" program is running'],
      ['the chat server crashes', 'the "chat" program crashes'],
      ['they is connected', 'they are connected'],
      ['I has caught up', 'I have caught up'],
      ['all receive "x"', 'everyone receives "x"'],
      ['two clients connect', '2 clients connect'],
      ['all except Ann receive "a"', 'everyone except Ann receives "a"'],
      ['each receives "c"', 'each of them receives "c"'],
      ['Ann will receive "a"', 'Ann receives "a"'],
      ['Ann have caught up', 'Ann has caught up'],
    ] as const) {
      it(`${written} → ${meant.join(', ')}`, () => {
        expect(suggestions(written)).to.deep.equal(meant)
      })
    }

    it('with the colon before a table', () => {
      expect(suggestions('Rob receives these messages', true)[0]).to.equal('Rob receives these messages:')
      expect(suggestions('Rob gets these messages in any order', true)[0]).to.equal(
        'Rob gets these messages in any order:',
      )
      expect(suggestions('Rob sends', true)[0]).to.equal('Rob sends:')
      expect(suggestions('Rob connects with', true)[0]).to.equal('Rob connects with:')
    })
  })

  describe('suggests neither the contrary nor a part of the step', () => {
    for (const [written, never] of [
      ['Rob receives "x" not', 'Rob receives "x"'],
      ['Rob is not connected', 'Rob is connected'],
      ['Rob is never disconnected', 'Rob is disconnected'],
      ['Rob fails to connect', 'Rob connects'],
      ['the response status is not 200', 'the response status is 200'],
      ['unless Rob receives "x" he sends "y"', 'Rob receives "x" he sends "y"'],
      ['Rob is sent "x"', 'Rob sends "x"'],
      ['everyone esle receives "x"', 'everyone receives "x"'],
      ['Rob requests POST "/orders"', 'Rob requests "/orders"'],
      ['Rob receives exactly "x"', 'Rob receives "x"'],
      ['Bob and rob are connected', 'Bob is connected'],
      ['Rob sends a ping', 'Rob sends "a ping"'],
      ['I push the button', 'I send "the button"'],
    ] as const) {
      it(written, () => {
        expect(suggestions(written)).not.to.include(never)
      })
    }
  })

  describe('never takes for a phrase, or for a client, what is not one', () => {
    for (const written of [
      'Ann receives anything else than "x"',
      'the server receives "x"',
      'the connection is disconnected',
      'Ann loses the connection with code 4001',
      'Ann receives a binary file',
      'Ann hears the heartbeat every second',
      'Ann gets kicked',
      'Ann gets refused',
      'the server goes down',
      'the socket is disconnected',
      'Server receives "x"',
      'clients connect',
    ]) {
      it(written, () => {
        for (const sentence of suggestions(written)) {
          expect(sentence).not.to.match(
            /"(?:anything|binary|heartbeat|file|kicked|refused)|^(?:Server|Connection|Clients?|Down)\b|loses|socket/,
          )
        }
      })
    }
  })

  it('suggests no more than three sentences', () => {
    expect(suggestions('Rob is disconected')).to.include('Rob is disconnected').and.have.length.of.at.most(3)
  })

  describe('suggests nothing for a step about something else', () => {
    for (const written of [
      'the database is empty',
      'Rob orders a taxi to "Main Street"',
      'Rob orders "a taxi"',
      'the page "/home" is open in the browser',
      'I click "Save"',
      'there are 3 orders',
      'x',
      '',
      '"',
      '{',
      `Rob ${'really '.repeat(2000)}receives "x"`,
    ]) {
      it(written.length > 100 ? 'or endless' : written || 'without a word', () => {
        expect(suggestions(written)).to.deep.equal([])
      })
    }
  })

  it('suggests sentences of the project, too', () => {
    supportCodeLibraryBuilder.reset('', randomUUID)
    supportCodeLibraryBuilder.methods.defineStep('the taxi stops at {string}', () => {})
    supportCodeLibraryBuilder.methods.defineStep(/^a pattern of (.*)$/, () => {})
    const own = supportCodeLibraryBuilder.finalize().stepDefinitions
    expect(suggestionsFor({ text: 'the taxi stopps at "Main Street"', hasArgument: false }, own)).to.deep.equal([
      'the taxi stops at "Main Street"',
    ])
  })
})

const THEMES = [
  'vocabulary/parameter-types',
  'vocabulary/connecting',
  'vocabulary/sending',
  'vocabulary/receiving',
  'vocabulary/reacting',
  'vocabulary/remembering',
  'system-vocabulary/requesting',
  'system-vocabulary/programs',
  'system-vocabulary/protocols',
]
