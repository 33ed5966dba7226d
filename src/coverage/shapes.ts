/** What attachments and reports hold, checked: anybody may have attached or written them. */

import * as v from 'valibot'
import type { ContractModel, ObservedContract } from '../asyncapi/contract-model'
import { parseAs } from '../json/parse-as'
import { ATTACHMENT_VERSION } from './attachment'
import type { Coverage } from './coverage'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const sender = v.picklist(['client', 'server'])
const head = { document: v.string(), hash: v.string(), title: v.string(), asyncapi: v.string() }

const message = v.object({ name: v.string(), parts: v.array(v.string()) })

const model = v.object({
  ...head,
  channels: v.array(
    v.object({
      name: v.string(),
      address: v.optional(v.string()),
      operations: v.array(
        v.object({
          name: v.string(),
          sender,
          isReply: v.boolean(),
          messages: v.array(message),
        }),
      ),
      others: v.optional(v.array(message)),
    }),
  ),
})

const observed = v.object({
  document: v.string(),
  hash: v.string(),
  observations: v.array(
    v.object({
      channel: v.optional(v.string()),
      operation: v.optional(v.string()),
      message: v.optional(v.string()),
      sender,
      verdict: v.picklist(['valid', 'wrong', 'undocumented', 'unvalidated']),
      isOnPurpose: v.boolean(),
      count,
      parts: v.array(v.string()),
      complaint: v.optional(v.string()),
    }),
  ),
})

const attachmentShape = v.object({ version: v.literal(ATTACHMENT_VERSION), model: v.optional(model), observed })

/** Of the report: one of another version is not read. */
export const REPORT_VERSION = 1

/** What a report holds that others are made of; figures and outcomes follow from it. */
const reportShape = v.object({
  version: v.literal(REPORT_VERSION),
  documents: v.array(
    v.object({
      ...head,
      messages: v.array(
        v.object({
          channel: v.string(),
          address: v.optional(v.string()),
          operation: v.optional(v.string()),
          sender: v.optional(sender),
          isReply: v.boolean(),
          message: v.string(),
          valid: count,
          wrong: count,
          wrongOnPurpose: count,
          unvalidated: count,
          parts: v.array(v.object({ part: v.string(), isSeen: v.boolean() })),
          scenarios: v.array(v.string()),
        }),
      ),
      findings: v.array(
        v.object({
          verdict: v.picklist(['wrong', 'undocumented']),
          isOnPurpose: v.boolean(),
          channel: v.optional(v.string()),
          operation: v.optional(v.string()),
          message: v.optional(v.string()),
          sender,
          complaint: v.optional(v.string()),
          count,
          scenarios: v.array(v.string()),
        }),
      ),
    }),
  ),
  scenarios: v.array(v.object({ at: v.string(), name: v.string() })),
})

/** What an attachment holds. */
export interface AttachedCoverage {
  readonly model?: ContractModel | undefined
  readonly observed: ObservedContract
}

/** Reads an attachment, if it is what it says. */
export function parseAttachment(text: string): AttachedCoverage | undefined {
  // In JSON a member that is undefined is left out.
  return parseAs(attachmentShape, text) as AttachedCoverage | undefined
}

/** Reads a report, if it is one of this version. */
export function parseReport(text: string): Coverage | undefined {
  return parseAs(reportShape, text)
}
