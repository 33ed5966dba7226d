/** Which members the objects of a document may have, as the specification lists them for each version. */

/** An object, as an error calls it. */
export type Noun = keyof typeof MEMBERS

/** The version of AsyncAPI, without what stands behind its first dot. */
export type MajorVersion = 2 | 3

/** What is said of an object for people is not an error in any of them. */
const DESCRIBED = '$ref title summary description tags externalDocs deprecated'

/** Either of all versions, or of version 2 and of version 3; separated by spaces. */
const MEMBERS = {
  'a document': [
    'asyncapi id info servers defaultContentType channels components',
    'asyncapi id info servers defaultContentType channels operations components',
  ],
  'the info': ['title version description termsOfService contact license'],
  'a server': [
    'url protocol protocolVersion variables security bindings',
    'host pathname protocol protocolVersion variables security bindings',
  ],
  'a channel': ['servers parameters publish subscribe bindings', 'address messages servers parameters bindings'],
  'an operation': [
    'operationId security traits message bindings',
    'action channel messages reply security traits bindings',
  ],
  'a reply': ['address channel messages'],
  'an address of a reply': ['location'],
  'a trait of an operation': ['operationId security bindings', 'security bindings'],
  'a message': [
    'messageId name headers payload correlationId contentType schemaFormat examples traits bindings',
    'name headers payload correlationId contentType schemaFormat examples traits bindings',
  ],
  'a trait of a message': [
    'messageId name headers correlationId contentType schemaFormat examples bindings',
    'name headers correlationId contentType schemaFormat examples bindings',
  ],
  'a choice of messages': ['oneOf'],
  'an example of a message': ['headers payload name'],
  'a payload with a schemaFormat': ['schemaFormat schema'],
  'a correlation id': ['location'],
  'a variable of a server': ['enum default examples'],
  'a parameter': ['schema location', 'enum default examples location'],
  'the bindings': [
    'http ws kafka anypointmq amqp amqp1 mqtt mqtt5 nats jms sns solace sqs stomp redis mercure ibmmq googlepubsub pulsar ros2',
  ],
  'the ws binding of a channel': ['method query headers bindingVersion'],
  'a ws binding that is not of a channel': ['bindingVersion'],
} as const

const OF_OPERATION = 'write it in the operation itself'
const OF_MESSAGE = 'write it in the message itself'

/** What is written instead of a member that belongs to another version, or to another object. */
const ELSEWHERE: { readonly [noun in Noun]?: readonly [Instead, Instead] } = {
  'a document': [
    { operations: 'write "publish" and "subscribe" in its channels', topics: 'write "channels"' },
    { topics: 'write "channels"' },
  ],
  'a server': [{ host: 'write "url"', pathname: 'write it in the "url"' }, { url: 'write "host" and "pathname"' }],
  'a channel': [
    {
      address: 'the key of the channel is its address',
      messages: 'write each as "message" of "publish" or "subscribe"',
    },
    {
      publish: 'write it among the "operations" of the document, with action: receive',
      subscribe: 'write it among the "operations" of the document, with action: send',
    },
  ],
  'an operation': [
    {
      messages: 'write "message", and several as its "oneOf"',
      action: 'write it as "publish" or "subscribe" of its channel',
      channel: 'write it as "publish" or "subscribe" of its channel',
      reply: 'write it as an operation of its own',
    },
    {
      message: 'write "messages", each with a $ref to one of its channel',
      operationId: 'the key of the operation is its name',
    },
  ],
  'a trait of an operation': both({
    action: OF_OPERATION,
    channel: OF_OPERATION,
    message: OF_OPERATION,
    messages: OF_OPERATION,
    reply: OF_OPERATION,
    traits: OF_OPERATION,
  }),
  'a message': [
    { oneOf: 'only the message of an operation has it, and none within it', schema: 'write "payload"' },
    {
      oneOf: 'write each as one of the "messages" of the channel',
      schema: 'write "payload"',
      messageId: 'the key of the message is its name',
    },
  ],
  'a trait of a message': both({ payload: OF_MESSAGE, traits: OF_MESSAGE }),
  'a choice of messages': both({ payload: 'write it in each message of the "oneOf"' }),
  'a parameter': [
    { enum: 'write it in its "schema"', default: 'write it in its "schema"', examples: 'write it in its "schema"' },
    { schema: 'a parameter is a text, with "enum", "default" and "examples"' },
  ],
  'a ws binding that is not of a channel': both({
    query: 'write it in the bindings of the channel',
    headers: 'write it in the bindings of the channel',
    method: 'write it in the bindings of the channel',
  }),
}

type Instead = Readonly<Record<string, string>>

function both(instead: Instead): readonly [Instead, Instead] {
  return [instead, instead]
}

/** The members that an object has; without those that any may have. */
export function membersOf(noun: Noun, version: MajorVersion): readonly string[] {
  const [two, three = two]: readonly string[] = MEMBERS[noun]
  return ((version === 2 ? two : three) as string).split(' ')
}

/** The members that any object may have, since they say nothing that is read. */
export const DESCRIBING_MEMBERS: readonly string[] = DESCRIBED.split(' ')

/** What is to be written instead of members that stand elsewhere. */
export function elsewhere(noun: Noun, version: MajorVersion): ReadonlyMap<string, string> {
  return new Map(Object.entries(ELSEWHERE[noun]?.[version - 2] ?? {}))
}
