/** Messages of the AsyncAPI document that describes the server: `a "PongMessage"`, and those that contradict it. */

import { NAME, requireArgument } from '../arguments'
import { UsageError } from '../errors'
import { parseJson, stringifyJson } from '../json/json-text'
import { bothOf } from '../matching/both-matcher'
import { quoted } from '../text/excerpt'
import type { ContractMessage, MessageContext, MessageExpression } from './message-expression'
import { type MessageInput, messageExpression } from './message-input'
import { applyRows, formatRows, type MemberRows, messageWith, requireMemberRows } from './table-message'

/**
 * `a "PongMessage"`: a message of the document that describes the server. Sent, it is an example of the document, or one that the
 * optional package json-schema-faker makes from its schema.
 * @param rows override its members, or are expected beside what the document says
 * @throws UsageError, when it is sent or expected, for a name that the document does not have
 * @example await rob.receives(contractMessage('PongMessage'))
 */
export function contractMessage(name: string, rows: MemberRows = []): MessageExpression {
  requireArgument('contractMessage', 'name', name, NAME)
  requireMemberRows('contractMessage', rows)
  const article = /^[aeiou]/i.test(name) ? 'an' : 'a'
  const description = `${article} ${quoted(name)}${rows.length === 0 ? '' : ` with ${formatRows(rows)}`}`
  const find = (context: MessageContext, isExpected: boolean) => {
    const { contracts, variables } = context
    if (contracts) return contracts.messageNamed(variables.fill(name), { isExpected })
    throw new UsageError(
      `${description} is a message of an AsyncAPI document, and none describes the server: set "asyncapi" in ` +
        'worldParameters.websocket, or write: the server is described by "…"',
    )
  }
  return {
    describe: () => description,
    toSend(context) {
      const message = find(context, false)
      const example = exampleOf(message, rows)
      if (example === undefined && rows.length === 0) throw new UsageError(withoutExample(description))
      const { variables } = context
      const base = example === undefined ? undefined : parseJson(stringifyJson(example))
      const value = applyRows(base, rows, variables, (cell) => variables.cell(cell))
      const other = rows.length === 0 ? undefined : message.otherNameOf(value)
      if (other !== undefined) throw new UsageError(`${description} is the message ${quoted(other)}: name that one.`)
      return message.isText && typeof value === 'string' ? value : stringifyJson(value)
    },
    toMatcher(context) {
      const { matcher } = find(context, true)
      return rows.length === 0 ? matcher : bothOf(matcher, messageWith(rows).toMatcher(context), description)
    },
  }
}

/**
 * `the wrong {"type": "ping"}`: what is sent although it contradicts the document that describes the server.
 * @example await rob.send(contrary({ type: 'ping', count: 'many' }))
 */
export function contrary(message: MessageInput): MessageExpression {
  const content = messageExpression(message)
  const description = `the wrong ${content.describe().replace(/^the /, '')}`
  return {
    kind: content.kind,
    describe: () => description,
    toSend: (context) => content.toSend(context),
    ...(content.toAddress && { toAddress: content.toAddress.bind(content) }),
    ...(content.checkSendable && { checkSendable: content.checkSendable.bind(content) }),
    isContrary: true,
    toMatcher() {
      throw new UsageError(
        `«${description}» can be sent, not expected: what is received is validated against the document.`,
      )
    },
  }
}

/** Of the document, or made; what a table says may be enough without one. */
function exampleOf(message: ContractMessage, rows: MemberRows): unknown {
  const { example } = message
  if (example !== undefined) return example
  try {
    return message.makeExample()
  } catch (error) {
    if (rows.length === 0 || !(error instanceof UsageError)) throw error
    return undefined
  }
}

function withoutExample(description: string): string {
  return (
    `The document has no valid example of ${description}, and none can be made from its schema: write one there, under "examples" ` +
    'of the message, or the members in a table below the sentence.'
  )
}
