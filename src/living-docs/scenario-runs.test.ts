import type { TestCaseStarted } from '@cucumber/messages'
import { Query } from '@cucumber/query'
import { expect } from 'chai'
import { messagesOf } from '../../test/support/cucumber-messages'
import { collectRuns } from './scenario-runs'

describe('The run of a scenario', () => {
  const runOf = (envelopes: ReturnType<typeof messagesOf>) => {
    const query = new Query()
    const attempts: TestCaseStarted[] = []
    for (const envelope of envelopes) {
      query.update(envelope)
      if (envelope.testCaseStarted) attempts.push(envelope.testCaseStarted)
    }
    const [[run] = []] = [...collectRuns(query, attempts).values()]
    return { status: run?.status, steps: run?.steps.map(({ keyword, status }) => [keyword, status]) }
  }

  it('has passed if all its steps have', () => {
    expect(runOf(messagesOf({ outcomes: { One: ['passed'] } }))).to.deep.equal({
      status: 'passed',
      steps: [['Given', 'passed']],
    })
  })

  it('has failed if its process has ended before it was over, whatever has passed', () => {
    const cut = messagesOf({ outcomes: { One: ['passed'] } }).filter(({ testCaseFinished }) => !testCaseFinished)
    expect(runOf(cut)).to.deep.equal({
      status: 'failed',
      steps: [
        ['Given', 'passed'],
        ['Broken off', 'failed'],
      ],
    })
  })
})
