/** Cucumber's JUnit report: whatever a server says, it has the test cases that ran, and is well-formed. */

import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { SaxesParser } from 'saxes'
import { WebSocketServer } from 'ws'
import { runScenarios } from './support/run-scenarios'

const FORGED = ']]></failure></testcase><testcase name="forged"/><testcase name="z"><failure><![CDATA['

const TEXTS = [
  `a]]>b${FORGED}`,
  'a]]>b]]>c',
  ']]]>]]]]>>]]>',
  '&lt;<!--<?xml?>-->&#0;&nope;',
  String.fromCharCode(...Array(0x20).keys(), 0x7f, 0xfffe, 0xffff),
]
/** As JSON escapes them, lone surrogates can be sent, too. */
const MESSAGES = TEXTS.flatMap((text) => [text, JSON.stringify({ [text]: [[`${text}\ud800]]>\udc00]]>`]] })])

const FAILING = [
  'Then Rob does not receive any message',
  'Then Rob receives "a"',
  'Then Rob receives {"a": 1}',
  'Then Rob receives a message matching "^b$"',
]

describe("Cucumber's JUnit report", function () {
  this.timeout(60_000)

  it('has the scenarios that ran, whatever a server says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'junit-'))
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    server.on('connection', (client) => client.on('message', (index) => client.send(MESSAGES[Number(index)] ?? '')))
    try {
      await once(server, 'listening')
      const scenarios = MESSAGES.flatMap((_, index) =>
        FAILING.map(
          (step, place) =>
            [`${index}, ${place}`, ['Given Rob is connected', `When Rob sends "${index}"`, step]] as const,
        ),
      )
      const report = join(folder, 'junit.xml')
      const settings = { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, timeout: 100, quiet: 100 }
      const { results } = await runScenarios(Object.fromEntries(scenarios), settings, '', [
        '--format',
        `junit:"${report}"`,
      ])
      expect([...results.values()].filter(({ status }) => status === 'PASSED')).to.deep.equal([])
      expect(namesIn(await readFile(report, 'utf8'))).to.have.members(scenarios.map(([name]) => name))
    } finally {
      server.close()
      await rm(folder, { recursive: true })
    }
  })
})

/** The names of the test cases in a report; throws if it is not well-formed. */
function namesIn(report: string): string[] {
  const names: string[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'testcase') names.push(String(attributes.name))
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(report).close()
  return names
}
