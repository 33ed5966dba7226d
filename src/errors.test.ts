/** The stack of an error has only frames of the project that uses this library. */

import { EventEmitter } from 'node:events'
import { runInThisContext } from 'node:vm'
import { expect } from 'chai'
import { failureOf } from '../test/support/failures'
import { ConversationError, ExpectationError, UsageError } from './errors'
import { markerFor } from './matching/markers'
import { parseDuration } from './time/duration'

class Unmet extends ConversationError {}

class World {}

describe('Errors', () => {
  it('have a stack of message and frames, without the name of a class', () => {
    const [first, ...frames] = stackOf(new UsageError('Rob is nobody.'))
    expect(first).to.equal('Rob is nobody.')
    expect(frames[0]).to.match(/^ +at .*errors\.test\.ts:\d+:\d+\)?$/)
  })

  it('keep every line of the message in the stack', () => {
    expect(stackOf(new UsageError('Rob is nobody.\nDid you mean Bob?')).slice(0, 2)).to.deep.equal([
      'Rob is nobody.',
      'Did you mean Bob?',
    ])
  })

  it('have no end of CDATA, in which a JUnit report has them', () => {
    const error = new ExpectationError('a]]>b]]>', { expected: 'a]]>', actual: { ']]]>': ['[]]>'] } })
    expect(error.message).to.equal('a]]\\u003eb]]\\u003e')
    expect(error.expected).to.equal('a]]\\u003e')
    expect(error.actual).to.deep.equal({ ']]]\\u003e': ['[]]\\u003e'] })
    expect(error.stack).not.to.contain(']]>')
  })

  it('take no line of the message for a frame', () => {
    const lines = stackOf(new UsageError('Rob is busy.\nHe is at 10:20:30'))
    expect(lines.filter((line) => line.includes('10:20:30'))).to.have.length(1)
  })

  for (const [folder, act] of [
    ['matching', () => markerFor('#nonsense')],
    ['time', () => parseDuration('soon')],
  ] as const) {
    it(`leave out the frames of this library: ${folder}`, () => {
      const stack = stackOf(caught(act))
      expect(stack.filter((line) => /(?:markers|duration)\.ts/.test(line))).to.be.empty
      expect(stack.filter((line) => /errors\.test\.ts/.test(line))).not.to.be.empty
    })
  }

  it("keep the frames of the project's other files", async () => {
    const failure = await failureOf(() => markerFor('#nonsense'))
    expect(stackOf(failure).filter((line) => /failures\.ts/.test(line))).not.to.be.empty
  })

  it('keep the frame of a function without a name', () => {
    // Not of this file, whose functions are named by their source map.
    const act = runInThisContext('(make) => [0].map(() => make())', { filename: '/project/steps.js' })
    const [error] = act(() => new UsageError('Rob is nobody.'))
    expect(stackOf(error).join('\n')).to.match(/^ +at \/project\/steps\.js:1:\d+$/m)
  })

  it('leave out the frames of Node and of the language', () => {
    const emitter = new EventEmitter()
    const errors: UsageError[] = []
    emitter.on('asked', () => [1].map(() => errors.push(new UsageError('Rob is nobody.'))))
    emitter.emit('asked')
    const stack = stackOf(errors[0])
    expect(stack.filter((line) => /node:|Array\.map/.test(line))).to.be.empty
    expect(stack.filter((line) => /errors\.test\.ts/.test(line))).not.to.be.empty
  })

  it('keep the frame of a step, which is a function without a name', () => {
    const step = runInThisContext('(function (make) { "use strict"; return make() })', {
      filename: '/project/steps.js',
    })
    const error = step.call(new World(), () => new UsageError('Rob is nobody.'))
    expect(stackOf(error).join('\n')).to.match(/^ +at World\.\S+ \(\/project\/steps\.js:1:\d+\)$/m)
  })

  it('have no stack where Node keeps none', () => {
    const { stackTraceLimit } = Error
    try {
      Error.stackTraceLimit = undefined as never
      expect(new UsageError('Rob is nobody.')).to.include({ message: 'Rob is nobody.', stack: '' })
    } finally {
      Error.stackTraceLimit = stackTraceLimit
    }
  })

  it('show a difference if they have a comparison', () => {
    const { expected, actual, showDiff } = comparison(new Unmet('Rob differs.', { expected: 'Hello', actual: 'Hullo' }))
    expect({ expected, actual, showDiff }).to.deep.equal({ expected: 'Hello', actual: 'Hullo', showDiff: true })
  })

  it('show no difference otherwise', () => {
    expect(comparison(new Unmet('Rob is nobody.')).showDiff).to.equal(false)
  })
})

function stackOf(error: Error | undefined): string[] {
  return (error?.stack ?? '').split('\n')
}

function caught(act: () => unknown): Error {
  try {
    act()
  } catch (error) {
    return error as Error
  }
  throw new Error('Nothing was thrown.')
}

function comparison(error: Error): Record<string, unknown> {
  return error as unknown as Record<string, unknown>
}
