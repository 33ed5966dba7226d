/** What a step that no sentence answers may have meant. */

import { randomUUID } from 'node:crypto'
import { supportCodeLibraryBuilder } from '@cucumber/cucumber'
import { expect } from 'chai'
import { suggestionsFor } from './suggestions'

describe('a step that no sentence answers', () => {
  let library: ReturnType<typeof supportCodeLibraryBuilder.finalize>

  before(() => {
    supportCodeLibraryBuilder.reset('', randomUUID)
    for (const file of Object.keys(require.cache).filter((path) => /src\/vocabulary\/[\w-]+\.ts$/.test(path))) {
      delete require.cache[file]
    }
    for (const theme of THEMES) require(`../vocabulary/${theme}`)
    library = supportCodeLibraryBuilder.finalize()
  })

  const suggestions = (text: string, hasArgument = false) => suggestionsFor(text, hasArgument, library.stepDefinitions)

  describe('is told the sentence that it meant', () => {
    for (const [written, meant] of [
      // Another verb, and one that is misspelt.
      ['Rob gets "x"', 'Rob receives "x"'],
      ['Ann and Bob get "x"', 'Ann and Bob receive "x"'],
      ['Rob says {"type": "ping"}', 'Rob sends {"type": "ping"}'],
      ['Rob recieves "Hello"', 'Rob receives "Hello"'],
      ['Rob joins', 'Rob connects'],
      ['Ann, Bob and Carol leave', 'Ann, Bob and Carol disconnect'],
      ['Rob is online', 'Rob is connected'],
      ['Rob gets nothing', 'Rob receives nothing'],
      ['Rob hears "x" within 2 seconds', 'Rob receives "x" within 2 seconds'],
      ['Rob gets disconnected with code 4001', 'Rob is disconnected with code 4001'],
      ['Rob is rejected with status 401', 'Rob is refused with status 401'],
      // Words too many, too few, or in another form.
      ['Rob should receive "x"', 'Rob receives "x"'],
      ['Rob has received "x"', 'Rob receives "x"'],
      ['Rob then receives "x"', 'Rob receives "x"'],
      ['Rob receives the message "x"', 'Rob receives "x"'],
      ['Rob doesn\'t receive "x"', 'Rob does not receive "x"'],
      ['Rob should not get "x"', 'Rob does not receive "x"'],
      ['no one receives "x"', 'nobody receives "x"'],
      ['everybody receives "x"', 'everyone receives "x"'],
      ['the server at "ws://localhost"', 'the server is at "ws://localhost"'],
      ['100 listeners connected', '100 listeners are connected'],
      ['I gets "x"', 'I receive "x"'],
      ['I is kicked', 'I am disconnected'],
      ['Rob gets 1 message', 'Rob receives 1 message'],
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
      ['Rob receives "x" and he sends "y"', 'Rob receives "x" he sends "y"'],
      ['Rob receives "x", he sends "y"', 'Rob receives "x" he sends "y"'],
      ['whenever Rob gets "x" he answers "y"', 'whenever Rob receives "x" he sends "y"'],
      ['Rob remembers "order.id" as order', 'Rob remembers "order.id" as "order"'],
      ['the chat program is running', 'the "chat" program is running'],
    ] as const) {
      it(`${written} → ${meant}`, () => {
        expect(suggestions(written)[0]).to.equal(meant)
      })
    }

    it('with the colon before a table', () => {
      expect(suggestions('Rob receives these messages', true)[0]).to.equal('Rob receives these messages:')
      expect(suggestions('Rob gets these messages in any order', true)[0]).to.equal(
        'Rob receives these messages in any order:',
      )
      expect(suggestions('Rob sends', true)[0]).to.equal('Rob sends:')
      expect(suggestions('Rob connects with', true)[0]).to.equal('Rob connects with:')
    })
  })

  it('is told a few others that come near, too, and no more than three', () => {
    expect(suggestions('Rob is disconected')).to.include('Rob is disconnected').and.have.length.of.at.most(3)
  })

  describe('is told nothing if it is of another world', () => {
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

  it('is told a sentence of one’s own as well', () => {
    supportCodeLibraryBuilder.reset('', randomUUID)
    supportCodeLibraryBuilder.methods.defineStep('the taxi stops at {string}', () => {})
    supportCodeLibraryBuilder.methods.defineStep(/^a pattern of (.*)$/, () => {})
    const own = supportCodeLibraryBuilder.finalize().stepDefinitions
    expect(suggestionsFor('the taxi stopps at "Main Street"', false, own)).to.deep.equal([
      'the taxi stops at "Main Street"',
    ])
  })
})

const THEMES = [
  'parameter-types',
  'connecting',
  'sending',
  'receiving',
  'reacting',
  'remembering',
  'requesting',
  'programs',
]
