/** Which deviations of a server each sentence about messages must detect. */

/** What a server may do to the messages of one client. */
type Kind =
  | 'drops'
  | 'doubles'
  | 'swaps'
  | 'alters'
  | 'delays'
  | 'adds a member'
  | 'repeats a member'
  | 'says too much'
  | 'says it too early'
  | 'says too much in a binary frame'
  | 'says too much in deep JSON'
  | 'says too much without the template'
  | 'leaves out the template'
  | 'says what is meant for another'

/** The messages of an honest server by client, in order: numbers, sent as `{"n": 1}`, or as phrases in `{"n": "1"}`. */
type Honest = Readonly<Record<string, readonly number[]>>

/** A lie: its kind, about which client, at which of its messages. */
export interface Lie {
  readonly kind: Kind
  readonly client: string
  readonly at: number
}

/** A scenario that passes with an honest server, and the lies with which it must fail. */
export interface Claim {
  readonly sentence: string
  readonly honest: Honest
  /** Whether the numbers are phrases, for which there is a template. */
  readonly hasTemplate?: boolean
  /** Whether the template names the client for whom a phrase is meant. */
  readonly isPersonal?: boolean
  /** The only client about which lies are tried. */
  readonly about?: string
  readonly steps: readonly string[]
  readonly detects: (lie: Lie) => boolean
}

/** The number of a message that an honest server does not send. */
const EXTRA = 99

const among =
  (...kinds: Kind[]) =>
  ({ kind }: Lie) =>
    kinds.includes(kind)
const missing = among('drops', 'alters', 'delays', 'leaves out the template', 'repeats a member')
const tooMuch = among(
  'says too much',
  'says it too early',
  'says too much in a binary frame',
  'says too much in deep JSON',
)
const anythingMore = (lie: Lie) => tooMuch(lie) || lie.kind === 'says too much without the template'
/** Where such a message must not come, also one that has it beside another value. */
const unwanted = (lie: Lie) => tooMuch(lie) || lie.kind === 'repeats a member'
const personal = (lie: Lie) => anythingMore(lie) || lie.kind === 'says what is meant for another'
const table = (...numbers: number[]) => numbers.map((number) => `  | {"n": ${number}} |`)

/** What makes phrases of the numbers. */
export function templateOf({ isPersonal = false }: Claim): string[] {
  const template = isPersonal ? '  {"n": "${phrase}", "to": "${client}"}' : '  {"n": "${phrase}"}'
  return ['Given phrases are received as:', '  """', template, '  """']
}

/** So many that none can be left out because there are many. */
const CROWD = Array.from({ length: 25 }, (_, index) => `Ann${index + 1}`)
const toEachOfCrowd = Object.fromEntries(CROWD.map((name) => [name, [EXTRA]]))
const crowd = `${CROWD.slice(1).join(', ')} and ${CROWD[0]}`

/** All sentences about messages. */
export const CLAIMS: readonly Claim[] = [
  {
    sentence: 'receives a message',
    honest: { Rob: [1, 2, 3] },
    steps: ['Then Rob receives {"n": 2}'],
    detects: (lie) => missing(lie) && lie.at === 1,
  },
  {
    sentence: 'receives a message within a time',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives {"n": 2} within 1 second'],
    detects: (lie) => missing(lie) && lie.at === 1,
  },
  {
    sentence: 'receives a doc string',
    honest: { Rob: [1] },
    steps: ['Then Rob receives:', '  """', '  {"n": 1}', '  """'],
    detects: missing,
  },
  {
    sentence: 'receives exactly a doc string',
    honest: { Rob: [1] },
    steps: ['Then Rob receives exactly:', '  """', '  {"n": 1}', '  """'],
    detects: (lie) => missing(lie) || lie.kind === 'adds a member',
  },
  {
    sentence: 'receives a message with members',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives a message with:', '  | n | 2 |'],
    detects: (lie) => missing(lie) && lie.at === 1,
  },
  {
    sentence: 'receives a message containing a text',
    honest: { Rob: [12] },
    steps: ['Then Rob receives a message containing ":12"'],
    // Its text is there, whatever else is.
    detects: (lie) => missing(lie) && lie.kind !== 'repeats a member',
  },
  {
    sentence: 'receives a message matching a pattern',
    honest: { Rob: [12] },
    steps: ['Then Rob receives a message matching "^.{5}1[0-3]"'],
    detects: missing,
  },
  {
    sentence: 'receives these messages',
    honest: { Rob: [1, 2, 3] },
    steps: ['Then Rob receives these messages:', ...table(1, 2, 3)],
    detects: (lie) => missing(lie) || lie.kind === 'swaps',
  },
  {
    sentence: 'receives these messages in any order',
    honest: { Rob: [1, 2, 3] },
    steps: ['Then Rob receives these messages in any order:', ...table(3, 1, 2)],
    detects: missing,
  },
  {
    sentence: 'receives exactly these messages',
    honest: { Rob: [1, 2, 3] },
    steps: ['Then Rob receives exactly these messages:', ...table(1, 2, 3)],
    // One more before or after the run is another message; within it, it is one too many.
    detects: (lie) => missing(lie) || lie.kind === 'swaps' || (lie.kind === 'doubles' && lie.at === 1),
  },
  {
    sentence: 'receives exactly these messages before another',
    honest: { Rob: [1, 2, 9] },
    steps: ['Then Rob receives exactly these messages before {"n": 9}:', ...table(1, 2)],
    detects: (lie) =>
      missing(lie) || among('swaps', 'says it too early')(lie) || (lie.kind === 'doubles' && lie.at < 2),
  },
  {
    sentence: 'receives a number of messages',
    honest: { Rob: [1, 2, 3] },
    steps: ['Then Rob receives 3 messages'],
    detects: among('drops', 'delays'),
  },
  {
    sentence: 'has this as the next message',
    honest: { Rob: [1, 2] },
    steps: [`Then Rob's next message is {"n": 1}`],
    detects: (lie) => (missing(lie) && lie.at === 0) || among('swaps', 'says it too early')(lie),
  },
  {
    sentence: 'receives nothing',
    honest: { Rob: [1] },
    steps: ['Then Rob receives {"n": 1}', 'And Rob receives nothing'],
    detects: (lie) =>
      missing(lie) || (lie.kind !== 'says it too early' && (lie.kind === 'doubles' || anythingMore(lie))),
  },
  {
    sentence: 'receives nothing for a time',
    honest: { Rob: [] },
    steps: ['Then Rob receives nothing for 100 ms'],
    detects: anythingMore,
  },
  {
    sentence: 'receives nothing else',
    honest: { Rob: [1] },
    steps: ['Then Rob receives {"n": 1}', 'And Rob receives nothing else'],
    detects: (lie) => missing(lie) || lie.kind === 'doubles' || anythingMore(lie),
  },
  {
    sentence: 'receives nothing before a message',
    honest: { Rob: [9] },
    steps: ['Then Rob receives nothing before {"n": 9}'],
    detects: (lie) => missing(lie) || lie.kind === 'says it too early',
  },
  {
    sentence: 'does not receive a message',
    honest: { Rob: [1] },
    steps: [`Then Rob does not receive {"n": ${EXTRA}}`],
    detects: unwanted,
  },
  {
    sentence: 'receives a message without receiving another',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives {"n": 1} without receiving {"n": 2}'],
    detects: (lie) => (missing(lie) && lie.at === 0) || lie.kind === 'swaps',
  },
  {
    sentence: 'everyone receives a message',
    honest: { Ann: [1], Bob: [1] },
    steps: ['Then everyone receives {"n": 1}'],
    detects: missing,
  },
  {
    sentence: 'only some receive a message',
    honest: { Ann: [EXTRA], Bob: [] },
    steps: [`Then only Ann receives {"n": ${EXTRA}}`],
    detects: (lie) => (lie.client === 'Ann' && missing(lie)) || (lie.client === 'Bob' && tooMuch(lie)),
  },
  {
    sentence: 'nobody else receives a message',
    honest: { Ann: [EXTRA], Bob: [1] },
    steps: [`Then Ann receives {"n": ${EXTRA}}`, `And nobody else receives {"n": ${EXTRA}}`],
    detects: (lie) => (lie.client === 'Ann' && missing(lie)) || (lie.client === 'Bob' && unwanted(lie)),
  },
  {
    sentence: 'nobody else receives a message that everyone but one has received',
    honest: { Ann: [EXTRA], Bob: [EXTRA], Rob: [] },
    steps: [`Then everyone but Rob receives {"n": ${EXTRA}}`, `And nobody else receives {"n": ${EXTRA}}`],
    detects: (lie) => (lie.client === 'Rob' ? tooMuch(lie) : missing(lie)),
  },
  {
    sentence: 'nobody else receives a message that everyone else has received',
    honest: { Ann: [EXTRA], Bob: [EXTRA], Rob: [1] },
    steps: [
      'Then Rob receives {"n": 1}',
      `And everyone else receives {"n": ${EXTRA}}`,
      `And nobody else receives {"n": ${EXTRA}}`,
    ],
    detects: (lie) => missing(lie) || (lie.client === 'Rob' && tooMuch(lie)),
  },
  {
    sentence: 'receives a phrase',
    honest: { Rob: [1] },
    hasTemplate: true,
    steps: ['Then Rob receives "1"'],
    detects: missing,
  },
  {
    sentence: 'receives exactly a phrase',
    honest: { Rob: [1] },
    hasTemplate: true,
    steps: ['Then Rob receives exactly:', '  """', '  1', '  """'],
    detects: (lie) => missing(lie) || lie.kind === 'adds a member',
  },
  {
    sentence: 'does not receive a phrase',
    honest: { Rob: [1] },
    hasTemplate: true,
    steps: [`Then Rob does not receive "${EXTRA}"`],
    detects: (lie) => anythingMore(lie) || lie.kind === 'repeats a member',
  },
  {
    sentence: 'only some receive a phrase that is meant for each',
    honest: { ...toEachOfCrowd, Rob: [] },
    about: 'Rob',
    hasTemplate: true,
    isPersonal: true,
    steps: [`Then only ${crowd} receive "${EXTRA}"`],
    detects: personal,
  },
  {
    sentence: 'nobody else receives a phrase that is meant for each',
    honest: { ...toEachOfCrowd, Rob: [] },
    about: 'Rob',
    hasTemplate: true,
    isPersonal: true,
    steps: [`Then ${crowd} receive "${EXTRA}"`, `And nobody else receives "${EXTRA}"`],
    detects: personal,
  },
  {
    sentence: 'nobody receives a phrase that is meant for somebody',
    honest: { ...Object.fromEntries(CROWD.map((name) => [name, []])), Rob: [1] },
    about: 'Rob',
    hasTemplate: true,
    isPersonal: true,
    steps: [`Then nobody receives "${EXTRA}"`],
    detects: (lie) => personal(lie) || lie.kind === 'repeats a member',
  },
  {
    sentence: 'nobody receives a message',
    honest: { Ann: [1], Bob: [1] },
    steps: [`Then nobody receives {"n": ${EXTRA}}`],
    detects: unwanted,
  },
  {
    sentence: 'has caught up with a message',
    honest: { Rob: [1, 2] },
    steps: ['Given Rob has caught up with {"n": 2}', 'Then Rob does not receive {"n": 1}'],
    detects: (lie) => (missing(lie) && lie.at === 1) || lie.kind === 'swaps',
  },
  {
    sentence: 'answers a message',
    honest: { Rob: [1, 2] },
    steps: ['When Rob receives {"n": 2} he sends "Hello"'],
    detects: (lie) => missing(lie) && lie.at === 1,
  },
  {
    sentence: 'remembers a part of a message',
    honest: { Rob: [5, 6], Ann: [5] },
    steps: ['When Rob receives any message', 'And Rob remembers "n" as "number"', 'Then Ann receives {"n": ${number}}'],
    detects: (lie) =>
      (lie.client === 'Ann' && missing(lie)) ||
      (lie.client === 'Rob' && lie.at === 0 && (missing(lie) || among('swaps', 'says it too early')(lie))),
  },
  {
    sentence: 'waits for a message',
    honest: { Rob: [1, 2] },
    steps: ['When Rob waits for {"n": 2}'],
    detects: (lie) => missing(lie) && lie.at === 1,
  },
  {
    sentence: 'receives a message where a member is compared',
    honest: { Rob: [60] },
    steps: ['Then Rob receives a message where "n" is between 50 and 65'],
    detects: missing,
  },
  {
    sentence: 'receives a message with a member',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives a message with "n" 2'],
    detects: (lie) => missing(lie) && lie.at === 1,
  },
  {
    sentence: 'receives a message whose member a marker compares',
    honest: { Rob: [60] },
    steps: ['Then Rob receives {"n": "#between 50 and 65"}'],
    detects: missing,
  },
  {
    sentence: 'has a member in the message that was read',
    honest: { Rob: [60, 1] },
    steps: ['When Rob receives any message', `Then the message's "n" is between 50 and 65`],
    detects: (lie) => lie.at === 0 && (missing(lie) || among('swaps', 'says it too early')(lie)),
  },
  {
    sentence: 'receives exactly a number of messages',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives exactly 2 messages'],
    detects: (lie) => among('drops', 'delays', 'doubles')(lie) || anythingMore(lie),
  },
  {
    sentence: 'receives at most a number of messages',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives at most 2 messages'],
    detects: (lie) => lie.kind === 'doubles' || anythingMore(lie),
  },
  {
    sentence: 'receives a message so often',
    honest: { Rob: [1, 2, 1] },
    steps: ['Then Rob receives {"n": 1} twice'],
    detects: (lie) => lie.at !== 1 && (missing(lie) || lie.kind === 'doubles'),
  },
  {
    sentence: 'receives a message once',
    honest: { Rob: [EXTRA] },
    steps: [`Then Rob receives {"n": ${EXTRA}} exactly once`],
    detects: (lie) => missing(lie) || tooMuch(lie) || lie.kind === 'doubles',
  },
  {
    sentence: 'receives a message at least so often',
    honest: { Rob: [1, 2, 1] },
    steps: ['Then Rob receives {"n": 1} at least twice'],
    detects: (lie) => lie.at !== 1 && missing(lie),
  },
  {
    sentence: 'receives a message at most so often',
    honest: { Rob: [EXTRA, 1] },
    steps: [`Then Rob receives {"n": ${EXTRA}} at most once`],
    detects: (lie) => unwanted(lie) || (lie.at === 0 && lie.kind === 'doubles'),
  },
  {
    sentence: 'receives a message before another',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives {"n": 1} before {"n": 2}'],
    detects: (lie) => missing(lie) || lie.kind === 'swaps',
  },
  {
    sentence: 'receives a message after another',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives {"n": 2} after {"n": 1}'],
    detects: (lie) => missing(lie) || lie.kind === 'swaps',
  },
  {
    sentence: 'receives a message after another that has been read',
    honest: { Rob: [1, 2] },
    steps: ['Given Rob receives {"n": 1}', 'Then Rob receives {"n": 2} after {"n": 1}'],
    detects: (lie) => missing(lie) || lie.kind === 'swaps',
  },
  {
    sentence: 'has this as the next message after another',
    honest: { Rob: [1, 2] },
    steps: [`Then Rob's next message after {"n": 1} is {"n": 2}`],
    detects: (lie) => missing(lie) || lie.kind === 'swaps' || (lie.kind === 'doubles' && lie.at === 0),
  },
  {
    sentence: 'has this as the last message',
    honest: { Rob: [1, 2] },
    steps: [`Then Rob's last message is {"n": 2}`],
    detects: (lie) =>
      (missing(lie) && lie.at === 1) || lie.kind === 'swaps' || (lie.kind !== 'says it too early' && anythingMore(lie)),
  },
  {
    sentence: 'receives one of two messages',
    honest: { Rob: [1] },
    steps: ['Then Rob receives either {"n": 1} or {"n": 5}'],
    detects: missing,
  },
  {
    sentence: 'receives the same message as another',
    honest: { Rob: [5], Ann: [5] },
    steps: ['When Rob receives any message', 'Then Ann receives the same message as Rob'],
    detects: (lie) =>
      missing(lie) || lie.kind === 'adds a member' || (lie.client === 'Rob' && lie.kind === 'says it too early'),
  },
  {
    sentence: 'receives no message',
    honest: { Rob: [1] },
    steps: ['Then Rob receives {"n": 1}', 'And Rob receives no messages'],
    detects: (lie) =>
      missing(lie) || (lie.kind !== 'says it too early' && (lie.kind === 'doubles' || anythingMore(lie))),
  },
  {
    sentence: 'receives no other message',
    honest: { Rob: [1] },
    steps: ['Then Rob receives {"n": 1}', 'And Rob receives no other message'],
    detects: (lie) => missing(lie) || lie.kind === 'doubles' || anythingMore(lie),
  },
  {
    sentence: 'does not receive anything else',
    honest: { Rob: [1] },
    steps: ['Then Rob receives {"n": 1}', 'And Rob should not receive anything else'],
    detects: (lie) => missing(lie) || lie.kind === 'doubles' || anythingMore(lie),
  },
  {
    sentence: 'never receives a message',
    honest: { Rob: [1] },
    steps: [`Then Rob never receives {"n": ${EXTRA}}`],
    detects: unwanted,
  },
  {
    sentence: 'receives neither of two messages',
    honest: { Rob: [1] },
    steps: [`Then Rob receives neither {"n": 5} nor {"n": ${EXTRA}}`],
    detects: unwanted,
  },
  {
    sentence: 'no one receives a message',
    honest: { Ann: [1], Bob: [1] },
    steps: [`Then no one receives {"n": ${EXTRA}}`],
    detects: unwanted,
  },
  {
    sentence: 'no one else receives a message',
    honest: { Ann: [EXTRA], Bob: [1] },
    steps: [`Then Ann receives {"n": ${EXTRA}}`, `And no one else receives {"n": ${EXTRA}}`],
    detects: (lie) => (lie.client === 'Ann' && missing(lie)) || (lie.client === 'Bob' && unwanted(lie)),
  },
  {
    sentence: 'both receive a message',
    honest: { Ann: [1, 2], Bob: [1, 2] },
    steps: ['Then Ann and Bob receive {"n": 1}', 'And both receive {"n": 2}'],
    detects: missing,
  },
  {
    sentence: 'the others receive a message',
    honest: { Ann: [1], Bob: [2], Eve: [2] },
    steps: ['Then Ann receives {"n": 1}', 'And the others receive {"n": 2}'],
    detects: missing,
  },
]

const OF_ONE = [
  'drops',
  'doubles',
  'alters',
  'delays',
  'adds a member',
  'repeats a member',
  'leaves out the template',
] as const

const BESIDES = [
  'says too much',
  'says it too early',
  'says too much in a binary frame',
  'says too much in deep JSON',
  'says too much without the template',
] as const

/** Every lie about these messages. */
export function liesAbout({ honest, about, isPersonal }: Claim): Lie[] {
  const clients = Object.entries(honest).filter(([client]) => about === undefined || client === about)
  return clients.flatMap(([client, numbers]): Lie[] => {
    const ofOne = numbers.flatMap((_, at) => OF_ONE.map((kind) => ({ kind, client, at })))
    const ofTwo = numbers.slice(1).map((_, at) => ({ kind: 'swaps' as const, client, at }))
    const besides = BESIDES.map((kind) => ({ kind, client, at: 0 }))
    const misdirected = isPersonal
      ? CROWD.map((_, at) => ({ kind: 'says what is meant for another' as const, client, at }))
      : []
    return [...ofOne, ...ofTwo, ...besides, ...misdirected]
  })
}

/** A message of the server. */
export interface SentMessage {
  readonly text: string
  /** After how many ms it is sent. Default 0. */
  readonly after?: number
  readonly isBinary?: boolean
}

/** The messages for a client, with this lie or without. */
export function messagesTo(client: string, claim: Claim, lie?: Lie): SentMessage[] {
  const { honest, hasTemplate = false, isPersonal = false } = claim
  const numbers = honest[client] ?? []
  const write = (number: number, to = client) => ({
    text: `{"n":${hasTemplate ? `"${number}"` : number}${isPersonal ? `,"to":"${to}"` : ''}}`,
  })
  const messages: SentMessage[] = numbers.map((number) => write(number))
  if (lie?.client !== client) return messages
  const { kind, at } = lie
  const [message, number] = [messages[at] as SentMessage, numbers[at]]
  const more = write(EXTRA)
  switch (kind) {
    case 'drops':
      return messages.toSpliced(at, 1)
    case 'doubles':
      return messages.toSpliced(at, 0, message)
    case 'swaps':
      return messages.toSpliced(at, 2, messages[at + 1] as SentMessage, message)
    case 'alters':
      return messages.with(at, write(Number(`7${number}`)))
    case 'adds a member':
      return messages.with(at, { text: message.text.replace('}', ',"m":0}') })
    case 'repeats a member':
      return messages.with(at, { text: message.text.replace('{', more.text.replace(/(?:,"to".*)?\}/, ',')) })
    case 'delays':
      return messages.with(at, { ...message, after: 60_000 })
    case 'leaves out the template':
      return messages.with(at, { text: `${number}` })
    case 'says too much':
      return [...messages, more]
    case 'says it too early':
      return [more, ...messages]
    case 'says too much in a binary frame':
      return [...messages, { ...more, isBinary: true }]
    case 'says too much in deep JSON':
      return [...messages, { text: more.text.replace('}', `,"m":${'['.repeat(600)}${']'.repeat(600)}}`) }]
    case 'says what is meant for another':
      return [...messages, write(EXTRA, CROWD[at])]
    case 'says too much without the template':
      return [...messages, { text: `${EXTRA}` }]
  }
}
