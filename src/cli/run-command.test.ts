/** What arguments mean, and what is said of those that mean nothing. */

import { expect } from 'chai'
import { UsageError } from '../errors'
import { redact } from '../redaction'
import { type Command, type GivenArguments, runCommand } from './run-command'

describe('runCommand', () => {
  let ran: [words: string, given: GivenArguments][]
  let printed: string[]
  let complained: string[]

  beforeEach(() => {
    ran = []
    printed = []
    complained = []
  })

  const command = (words: string, more: Partial<Command> = {}): Command => ({
    ...{ words, operands: '<file>...', summary: `Does ${words}.` },
    options: {
      out: { value: '<file>', summary: 'Where it is written to.' },
      minimum: { value: '<share>', summary: 'The least.' },
    },
    run: (given) => {
      ran.push([words, given])
      return 0
    },
    ...more,
  })

  const commands = [
    command('paint'),
    command('paint house'),
    command('wash', { run: () => Promise.resolve(1), options: {} }),
    command('break', {
      run: () => {
        throw new Error('Broken')
      },
    }),
    command('repeat', {
      run: ({ operands }) => {
        throw new UsageError(operands.join())
      },
    }),
    command('refuse', {
      run: () => {
        throw new UsageError('This is refused.')
      },
    }),
  ]

  const run = (...args: string[]) =>
    runCommand(args, commands, {
      print: (text) => printed.push(text),
      complain: (text) => complained.push(text),
    })

  it('shows no password of an address', async () => {
    for (const args of [
      ['redis://rob:hunter2@host'],
      ['wash', '--in=redis://rob:hunter2@host'],
      ['repeat', 'rob:hunter2@host'],
    ])
      expect(await run(...args)).to.equal(2)
    expect(complained.join('\n')).to.include('rob:[redacted]@host').and.not.to.include('hunter2')
    expect(redact('hunter2')).to.equal('hunter2')
  })

  it('runs the command that is named, the longer one if there are two', async () => {
    expect(await run('paint', 'a.yaml', '--out', 'x', 'b.yaml')).to.equal(0)
    expect(await run('paint', 'house', '--out=-x')).to.equal(0)
    expect(await run('paint', '--', 'house', '--out')).to.equal(0)
    expect(ran.map(([words, { operands, options }]) => [words, operands, { ...options }])).to.deep.equal([
      ['paint', ['a.yaml', 'b.yaml'], { out: 'x' }],
      ['paint house', [], { out: '-x' }],
      ['paint', ['house', '--out'], {}],
    ])
  })

  it('exits as the command says', async () => {
    expect(await run('wash')).to.equal(1)
  })

  it('lists all commands, or tells of one', async () => {
    expect(await run('--help')).to.equal(0)
    expect(printed[0]).to.match(
      /^Usage:\n {2}cucumber-websocket paint <file>... \[--out <file>\] \[--minimum <share>\]\n {6}Does paint\./,
    )
    expect(await run('paint', 'house', '-h')).to.equal(0)
    expect(printed[1]).to.equal(
      'Usage: cucumber-websocket paint house <file>... [--out <file>] [--minimum <share>]\n\nDoes paint house.\n\n' +
        '  --out <file>\n      Where it is written to.\n  --minimum <share>\n      The least.',
    )
    expect(ran).to.deep.equal([])
  })

  for (const [args, words] of [
    [[], 'Usage:\n  cucumber-websocket paint <file>...'],
    [['piant'], '"piant" is not a known command. Did you mean "paint"? See cucumber-websocket --help.'],
    [['pait', 'hose'], '"pait" is not a known command. Did you mean "paint house"?'],
    [['xylophone'], '"xylophone" is not a known command. There is "paint", "paint house", "wash"'],
    [['--out', 'x'], '"--out" is not a known command.'],
    [
      ['paint', '--uot', 'x'],
      '"--uot" is not a known option. Did you mean --out? See cucumber-websocket paint --help.',
    ],
    [['paint', '--colour=red'], '"--colour" is not a known option. There is --out, --minimum.'],
    [['wash', '-x'], '"-x" is not a known option. It has none. See cucumber-websocket wash --help.'],
    [['paint', '--out'], '--out has no value: write --out <file>.'],
    [['paint', '--out='], '--out has no value: write --out <file>.'],
    [['paint', '--out', '--minimum', '1'], '--out has no value: write --out <file>.'],
    [['refuse'], 'This is refused.'],
  ] as const) {
    it(`exits with 2 for ${JSON.stringify(args)}`, async () => {
      expect(await run(...args)).to.equal(2)
      expect(complained.join('\n')).to.contain(words)
      expect(ran).to.deep.equal([])
    })
  }

  it('hides no error that nobody has foreseen', async () => {
    const error = await run('break').catch((reason: unknown) => reason)
    expect(error).to.be.an('error').with.property('message', 'Broken')
  })
})
