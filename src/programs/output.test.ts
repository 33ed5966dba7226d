import { PassThrough } from 'node:stream'
import { expect } from 'chai'
import { ProcessOutput } from './output'

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

  it('keeps a million characters of a line that never ends', async () => {
    await print(...Array(25).fill('x'.repeat(100_000)), 'end')
    expect(output.text).to.have.length(1_000_000)
    expect(output.text.endsWith('xend')).to.equal(true)
  })

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

  async function print(...chunks: string[]): Promise<void> {
    for (const chunk of chunks) {
      stream.write(chunk)
      await new Promise(setImmediate)
    }
  }
})
