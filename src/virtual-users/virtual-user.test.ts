import { DataTable } from '@cucumber/cucumber'
import type { GherkinDocument, Pickle } from '@cucumber/messages'
import { expect } from 'chai'
import type { CompiledHook, CompiledScenario, CompiledStep } from './compile-scenarios'
import { messageOf, VirtualUser } from './virtual-user'

type Code = (...args: unknown[]) => unknown

describe('VirtualUser', () => {
  let happened: string[]
  const project = {
    isStrict: true,
    formatError: (error: unknown) => ({ message: messageOf(error) }),
    createTable: (table: ConstructorParameters<typeof DataTable>[0]) => new DataTable(table),
  }

  beforeEach(() => {
    happened = []
  })

  it('runs hooks around the scenario and its sentences', async () => {
    const outcome = await run({
      before: [note('before')],
      beforeStep: [note('before step'), async () => void happened.push('and later')],
      steps: [note('one'), note('two')],
      afterStep: [note('after step')],
      after: [note('after')],
    })
    expect(outcome).to.deep.equal({ status: 'passed' })
    expect(happened).to.deep.equal([
      'before',
      ...['before step', 'and later', 'one', 'passed 0', 'after step'],
      ...['before step', 'and later', 'two', 'passed 1', 'after step'],
      'after',
    ])
  })

  for (const [what, fail] of [
    ['throws', () => thrown(new Error('Oh'))],
    ['rejects', () => Promise.reject(new Error('Oh'))],
  ] as const) {
    it(`ends with a hook before the scenario that ${what}`, async () => {
      const outcome = await run({ before: [fail, note('before')], steps: [note('one')], after: [note('after')] })
      expect(outcome).to.include({ status: 'failed', step: undefined, part: 'hook' })
      expect(happened).to.deep.equal(['after'])
    })

    it(`ends with a hook before a sentence that ${what}`, async () => {
      const outcome = await run({
        beforeStep: [fail],
        steps: [note('one'), note('two')],
        afterStep: [note('after step')],
      })
      expect(outcome).to.have.nested.property('step.text', '0')
      expect(happened).to.deep.equal(['after step'])
    })

    it(`ends with a sentence that ${what}`, async () => {
      const outcome = await run({ steps: [fail, note('two')], afterStep: [note('after step')], after: [note('after')] })
      expect(outcome).to.have.nested.property('error.message', 'Oh')
      expect(outcome).to.have.property('part', 'sentence')
      expect(happened).to.deep.equal(['after step', 'after'])
    })

    it(`fails with a hook after a sentence that ${what}`, async () => {
      const outcome = await run({ steps: [note('one'), note('two')], afterStep: [fail] })
      expect(outcome).to.have.nested.property('step.text', '0')
      expect(outcome).to.have.property('part', 'hook')
      const atEnd = await run({ steps: [note('one')], afterStep: [fail] })
      expect(atEnd).to.have.nested.property('step.text', '0')
      expect(atEnd).to.have.property('part', 'end')
      happened.splice(2)
      expect(happened).to.deep.equal(['one', 'passed 0'])
    })

    it(`fails with a hook after the scenario that ${what}, and tells what failed first`, async () => {
      expect(await run({ after: [fail] })).to.include({ status: 'failed', step: undefined, part: 'hook' })
      expect(await run({ steps: [note('one')], after: [fail] })).to.include({ status: 'failed', part: 'end' })
      const outcome = await run({ steps: [() => thrown(new Error('First'))], after: [fail] })
      expect(outcome).to.have.nested.property('error.message', 'First')
    })
  }

  it('skips what follows a sentence or a hook that says so', async () => {
    expect(await run({ steps: [() => 'skipped', note('two')], after: [note('after')] })).to.deep.equal({
      status: 'skipped',
    })
    expect(await run({ before: [() => 'skipped'], steps: [note('one')] })).to.deep.equal({ status: 'skipped' })
    expect(await run({ steps: [() => 'skipped'], afterStep: [() => 'skipped'] })).to.deep.equal({ status: 'skipped' })
    expect(happened).to.deep.equal(['after'])
  })

  it('fails if a sentence or a hook is pending', async () => {
    expect(await run({ steps: [async () => 'pending'] })).to.have.nested.property(
      'error.message',
      'The step definition is pending.',
    )
    expect(await run({ before: [async () => 'pending'] })).to.have.nested.property(
      'error.message',
      'The hook is pending.',
    )
  })

  it('tells hooks how it went', async () => {
    const told: unknown[] = []
    const tell: Code = (parameter) => {
      const { result, error } = parameter as { result?: { status: string; message?: string }; error?: unknown }
      told.push([result?.status, result?.message, messageOf(error)])
    }
    await run({ steps: [note('one')], afterStep: [tell], after: [tell] })
    await run({ steps: [() => 'skipped'], after: [tell] })
    await run({ steps: [() => thrown('Oh')], afterStep: [tell], after: [tell] })
    expect(told).to.deep.equal([
      ['PASSED', undefined, 'undefined'],
      ['PASSED', undefined, 'undefined'],
      ['SKIPPED', undefined, 'undefined'],
      ['FAILED', 'Oh', 'Oh'],
      ['FAILED', 'Oh', 'Oh'],
    ])
  })

  it('passes if there is nothing to do', async () => {
    expect(await run({})).to.deep.equal({ status: 'passed' })
  })

  it('tells in words what was thrown', () => {
    const thrownThings = [new Error('Oh'), new TypeError(), 'Oh', '', { a: 1 }, undefined]
    expect(thrownThings.map(messageOf)).to.deep.equal(['Oh', 'TypeError', 'Oh', 'Error', '{ a: 1 }', 'undefined'])
  })

  it('gives sentences their values, and what stands below them', async () => {
    const given: unknown[][] = []
    const take = (...args: unknown[]) => void given.push(args)
    const world = { name: 'Ann' }
    const ofWorld = { getValue: (self: object) => self }
    const later = { getValue: async () => 'later' }
    const scenario = compiled({ steps: [take, take] })
    const [first, second] = scenario.steps as [CompiledStep, CompiledStep]
    const table = { rows: [{ cells: [{ value: 'a' }] }] }
    const steps = [
      { ...first, arguments: [ofWorld], step: { ...first.step, argument: { docString: { content: 'text' } } } },
      { ...second, arguments: [later], step: { ...second.step, argument: { dataTable: table } } },
    ]
    await new VirtualUser({ ...scenario, steps }, world, project, { sentencePassed() {} }).run()
    const [ofFirst, [value, rows]] = given as [unknown[], [unknown, DataTable]]
    expect(ofFirst.slice(0, 2)).to.deep.equal([world, 'text'])
    expect(value).to.equal('later')
    expect(rows.raw()).to.deep.equal([['a']])
  })

  function note(what: string): Code {
    return () => void happened.push(what)
  }

  function run(parts: Partial<Record<Part, readonly Code[]>>) {
    const listener = { sentencePassed: (text: string) => void happened.push(`passed ${text}`) }
    return new VirtualUser(compiled(parts), {}, project, listener).run()
  }
})

type Part = 'before' | 'after' | 'beforeStep' | 'afterStep' | 'steps'

function compiled(parts: Partial<Record<Part, readonly Code[]>>): CompiledScenario {
  const call = (code: Code) => ({ code, timeout: -1, definition: {} as never })
  const hooks = (codes: readonly Code[] = []): CompiledHook[] => codes.map(call)
  const { before, after, beforeStep, afterStep, steps = [] } = parts
  return {
    ...{ name: 'Hello', location: 'a.feature:3', document: {} as GherkinDocument },
    pickle: { name: 'Hello', steps: steps.map((_, index) => ({ text: String(index) })) } as unknown as Pickle,
    ...{ before: hooks(before), after: hooks(after), beforeStep: hooks(beforeStep), afterStep: hooks(afterStep) },
    steps: steps.map((code, index) => ({
      ...call(code),
      ...{ text: String(index), location: `a.feature:${index + 4}`, arguments: [] },
      step: { id: String(index), text: String(index), astNodeIds: [] },
    })),
  }
}

function thrown(error: unknown): never {
  throw error
}
