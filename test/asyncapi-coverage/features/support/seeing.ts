/** Steps that attach what a conversation would. */

import { BeforeAll, type DataTable, Given, Then } from '@cucumber/cucumber'
import type { ContractModel, Observation } from '../../../../src/asyncapi/contract-model'
import { attachCoverage, beginRun, type CoveredWorld } from '../../../../src/coverage/attachment'

const chat: ContractModel = {
  document: 'docs/chat.yaml',
  hash: 'a1',
  title: 'Chat of the house',
  asyncapi: '3.0.0',
  channels: [
    {
      name: 'rooms',
      address: '/rooms/{room}',
      operations: [
        { name: 'say', sender: 'client', isReply: false, messages: [{ name: 'Say', parts: [] }] },
        {
          name: 'said',
          sender: 'server',
          isReply: true,
          messages: [
            { name: 'Said', parts: ['$.mood: "glad"', '$.mood: "sad"', '$.mood: "<angry>"'] },
            { name: 'Refused', parts: ['$.reason: TooLong', '$.reason: TooLoud'] },
          ],
        },
      ],
    },
    {
      name: 'news',
      address: undefined,
      operations: [
        {
          name: 'told',
          sender: 'server',
          isReply: false,
          messages: [
            { name: 'Opened', parts: [] },
            { name: 'Closed', parts: [] },
            { name: 'Moved', parts: [] },
          ],
        },
      ],
    },
  ],
}

BeforeAll(beginRun)

Given('a scenario that sees:', function (this: CoveredWorld, table: DataTable) {
  const observations = table.hashes().map(
    (row): Observation => ({
      channel: row.channel || undefined,
      operation: row.operation || undefined,
      message: row.message || undefined,
      sender: row.operation === 'say' ? 'client' : 'server',
      verdict: row.verdict as Observation['verdict'],
      isOnPurpose: row['on purpose'] === 'yes',
      count: Number(row.count ?? 1),
      parts: (row.parts ?? '').split('; ').filter((part) => part !== ''),
      complaint: row.complaint || undefined,
    }),
  )
  attachCoverage(this, { document: chat.document, hash: chat.hash, observations }, () => chat)
})

let tries = 0
Then('it passes the second time', () => {
  if (tries++ === 0) throw new Error('This was the first time.')
})
Given('a scenario without a document', () => {})
