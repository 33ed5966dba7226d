/** Words are the same after they were quoted on a command line and split again, whatever they are. */

import { expect } from 'chai'
import fc from 'fast-check'
import { longTextsOf, textOf } from '../../test/support/arbitrary-text'
import { findShellSyntax, splitCommandLine } from './command-line'

const letters = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: fc.constantFrom('`', '$', '"', '\\') }),
)

/** Pieces of words, and how each of them is written. */
const piece = fc.oneof(
  letters.filter((text) => !text.includes("'")).map((text) => [text, `'${text}'`]),
  letters.map((text) => [text, `"${text.replace(/["\\$`]/g, '\\$&')}"`]),
  fc.stringMatching(/^[^\w\ud800-\udfff]+$/).map((text) => [text, text.replace(/./gs, '\\$&')]),
  fc.stringMatching(/^[\w.\-/:=]+$/).map((text) => [text, text]),
  fc.stringMatching(/^\\[a-z]+$/).map((text) => [text, text]),
)
const word = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => ({
  meant: pieces.map(([meant]) => meant).join(''),
  written: pieces.map(([, written]) => written).join(''),
}))
const blanks = fc.stringMatching(/^[ \t\n]+$/)

const PIECES = ['1', '"', "'", '\\', '\\"', ' ', 'a', '$', '"" ', "'' ", '\\\\', '"a', '😀']

/** What a shell would read otherwise, and what is shown of it. */
const SYNTAX = [
  ['&& b', '&&'],
  ['a&&b', '&&'],
  ['|| b', '||'],
  ['| b', '|'],
  ['> file', '>'],
  ['hi>file', '>'],
  ['>>file', '>>'],
  ['2>&1', '2>&1'],
  ['< file', '<'],
  ['; b', ';'],
  ['a; b', ';'],
  ['& b', '&'],
  ['$HOME', '$HOME'],
  ['a/$HOME/b', '$HOME'],
  ['$(pwd)', '$('],
  ['`pwd`', '`'],
  ['~/a', '~'],
  ['~', '~'],
  ['*.js', '*.js'],
  ['src/*/a', 'src/*/a'],
] as const

describe('Command line', () => {
  it('splits into the words that were quoted', () =>
    fc.assert(
      fc.property(fc.array(word), blanks, (words, blank) => {
        const line = words.map(({ written }) => written).join(blank)
        expect(splitCommandLine(line)).to.deep.equal(words.map(({ meant }) => meant))
        expect(splitCommandLine(blank + line + blank)).to.deep.equal(words.map(({ meant }) => meant))
        expect(splitCommandLine(`${line} '`)).to.equal(undefined)
        expect(splitCommandLine(`${line} "\\"`)).to.equal(undefined)
      }),
      { numRuns: 500 },
    ))

  it('has nothing for a shell in it where all is quoted', () =>
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.constantFrom(...SYNTAX), (words, [syntax, found]) => {
        const line = words.map(({ written }) => written).join(' ')
        expect(findShellSyntax(line)).to.equal(undefined)
        expect(findShellSyntax(`${line} ${syntax} x`)).to.equal(found)
        expect(findShellSyntax(`${line} '${syntax}' x "${syntax.replace(/[$`]/g, '\\$&')}"`)).to.equal(undefined)
      }),
    ))

  it('splits into words without their quotes, unless a quote is left open', () =>
    fc.assert(
      fc.property(textOf(PIECES), (line) => {
        const words = splitCommandLine(line)
        if (words) expect(words.join('').length).to.be.at.most(line.length)
        else expect(line).to.match(/["'\\]/)
      }),
    ))

  it('is split, and searched for what is for a shell, quickly, however long it is', () => {
    for (const line of longTextsOf(PIECES, ['', '"', "'", 'a'])) {
      splitCommandLine(line)
      findShellSyntax(line)
    }
  })
})
