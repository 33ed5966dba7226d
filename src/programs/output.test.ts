import { PassThrough } from 'node:stream'
import { expect } from 'chai'
import fc from 'fast-check'
import { countCharacters } from '../../test/support/count-characters'
import { includesWords, lastWordStart } from '../text/whole-words'
import { ProcessOutput } from './output'
import { WordSearch } from './text-search'

describe('ProcessOutput', () => {
  let output: ProcessOutput
  let stream: PassThrough

  beforeEach(() => {
    output = new ProcessOutput()
    stream = new PassThrough()
    output.readFrom(stream)
  })

  it('keeps a long line that has not ended, from its beginning', async () => {
    await print(`start ${'x '.repeat(60_000)}`, 'end')
    expect(output.text).to.match(/^start x x .* x end$/)
  })

  it('keeps a million characters of a line that never ends, from the beginning of a word on', async () => {
    await print(...Array(25).fill('117 '.repeat(25_000)), 'end')
    expect(output.text).to.match(/^… (?:117 )+end$/)
    expect(output.text).to.have.lengthOf.within(999_990, 1_000_005)
    await print(...Array(25).fill('x'.repeat(100_000)))
    expect(output.text.replace(/x+/, 'x')).to.equal('…x')
  })

  for (const [what, printed, end] of [
    ['a number', 'Failed: 117', '17'],
    ['a password', 'postgres://rob:secret@db', 'ecret@db'],
    ['a word', 'secret', 'cret'],
  ] as const)
    for (const [where, space] of [
      ['a long line', ' '],
      ['a line', '\n'],
    ] as const) {
      it(`keeps no part of ${what}, wherever it is cut: of ${where}`, async () => {
        const filler = (space + 'x'.repeat(99)).repeat(10_000)
        for (const before of ['', `${filler}${space}`]) {
          await print(before + printed, filler.slice(end.length - 1), '')
          expect(output.text.replace(/x+/, 'x').slice(0, 5)).to.equal(space === ' ' ? '… x x' : 'x\nxxx')
        }
      })
    }

  it('reads lines whose ends are cut in two, and colours', async () => {
    await print('one\r', '\ntwo\r\nthr', 'ee\n\n\u001b[32mfour\u001b[0m')
    expect(output.text).to.equal('one\ntwo\nthree\n\nfour')
    expect(output.lastLines()).to.deep.equal(['one', 'two', 'three', 'four'])
  })

  it('sees what is printed in a line that goes on, also across chunks and in a long one', async () => {
    const printed = output.printed('is ready')
    await print(`${'x'.repeat(50_000)} is re`, `ady${'x'.repeat(50_000)}`)
    await printed
  })

  it('finds words and numbers when nothing can make them longer, each once', async () => {
    let found = 0
    output.search(
      () => new WordSearch('Clients: 1'),
      () => found++,
    )
    await print('Clients: ', '1', '2\nClients: 1', '00\nClients: 1')
    expect(found).to.equal(0)
    await print('\n', 'Clients: 1\n')
    expect(found).to.equal(1)
  })

  it('finds what was printed before, and nothing once the search has been ended', async () => {
    const found: string[] = []
    const search = (text: string) =>
      output.search(
        () => new WordSearch(text),
        () => found.push(text),
      )
    await print('one\ntwo\nthree')
    search('two\nthree')
    search('one\ntwo')
    search('four five')()
    await print(' four', ' five\n')
    expect(found).to.deep.equal(['one\ntwo', 'two\nthree'])
  })

  it('finds what ends with a line end that chunks cut in two, and what is written over later', async () => {
    const found: string[] = []
    for (const text of ['50%', 'one\ntwo']) {
      output.search(
        () => new WordSearch(text),
        () => found.push(text),
      )
    }
    await print('50%\r')
    expect(found).to.deep.equal(['50%'])
    await print('one\r', '\u001b', '[0m\n', 'two\n')
    expect(found).to.deep.equal(['50%', 'one\ntwo'])
    expect(output.text).to.equal('50%\rone\ntwo\n')
  })

  it('keeps both outputs apart in a line that goes on', async () => {
    const errors = new PassThrough()
    output.readFrom(errors)
    const isFound = output.printed('is ready')
    await print('is ')
    errors.write('ready or not\n')
    await print('rea')
    expect(output.text).to.equal('ready or not\nis rea')
    await print('dy')
    await isFound
  })

  it('shows no part of a control sequence that a chunk cuts in two', async () => {
    await print('50%\r', '51%\r\u001b[3')
    expect(output.text).to.equal('50%\r51%\r')
    await print('2m\u001b]8;;http://a/', '\u0007link\u001b]8;;\u0007')
    expect(output.text).to.equal('50%\r51%\rlink')
  })

  it('reads the same in whatever chunks it comes', () => {
    const piece = fc.constantFrom(
      ...[
        'one',
        ' ',
        '12',
        ',',
        '\n',
        '\r\n',
        '\r',
        '\u001b[32m',
        '\u001b[1;31m',
        '\u001b[0m',
        '\u001b]8;;http://a/\u0007',
        'é',
      ],
    )
    const cuts = fc.array(fc.nat(12))
    const wanted = fc.constantFrom('one', '12', 'one 12', '1', 'one\n12', '12,12')
    fc.assert(
      fc.property(fc.array(piece), cuts, wanted, (pieces, lengths, text) => {
        const printed = pieces.join('')
        const chunks: string[] = []
        for (const length of [...lengths, printed.length]) {
          chunks.push(printed.slice(chunks.join('').length, chunks.join('').length + length))
        }
        const [whole, parts] = [readChunks([printed], text), readChunks(chunks, text)]
        expect(parts.text).to.equal(whole.text)
        expect(parts.isFound).to.equal(whole.isFound)
        const lines = whole.text.replace(/\r/g, '\n')
        expect(whole.isFound).to.equal(includesWords(lines.slice(0, lastWordStart(lines)), text))
      }),
      { numRuns: 500 },
    )
  })

  for (const [kind, line] of [
    ['of many words', 'a word '],
    ['of one word', 'letters'],
    ['with colours', '\u001b[1mA\u001b[0m'],
  ] as const) {
    it(`is read and searched in steps that grow with its length alone, in a long line ${kind}`, () => {
      const steps = (count: number) => countCharacters(() => readChunks(Array(count).fill(line.repeat(100)), 'Done: 7'))
      const [short, long] = [steps(100), steps(400)]
      expect(long).to.be.below(4.5 * short)
      expect(long).to.be.below(20 * 400 * 100 * line.length)
    })
  }

  async function print(...chunks: string[]): Promise<void> {
    for (const chunk of chunks) {
      stream.write(chunk)
      await new Promise(setImmediate)
    }
  }
})

/** What is read of chunks that are there at once, and whether a text is found in it by then. */
function readChunks(chunks: readonly string[], text: string): { text: string; isFound: boolean } {
  const output = new ProcessOutput()
  const stream = new PassThrough()
  output.readFrom(stream)
  let isFound = false
  output.search(
    () => new WordSearch(text),
    () => {
      isFound = true
    },
  )
  void output.printed(text)
  for (const chunk of chunks) stream.emit('data', chunk)
  return { text: output.text, isFound }
}
