/** What each sentence about what is heard claims to see, of a server that lies. */

/** What a server may do to the messages of one client. */
type Kind =
  | 'drops'
  | 'doubles'
  | 'swaps'
  | 'alters'
  | 'delays'
  | 'adds a member'
  | 'says too much'
  | 'says it too early'

/** What each client hears of an honest server, in this order: numbers, sent as `{"n": 1}`. */
export type Honest = Readonly<Record<string, readonly number[]>>

/** A lie: its kind, about which client, at which of its messages. */
export interface Lie {
  readonly kind: Kind
  readonly client: string
  readonly at: number
}

/** A scenario that is true of an honest server, and the lies for which it must fail. */
export interface Claim {
  readonly sentence: string
  readonly honest: Honest
  readonly steps: readonly string[]
  readonly sees: (lie: Lie) => boolean
}

/** What a lying server says besides. */
const TOO_MUCH = 99

const among =
  (...kinds: Kind[]) =>
  ({ kind }: Lie) =>
    kinds.includes(kind)
const missing = among('drops', 'alters', 'delays')
const table = (...numbers: number[]) => numbers.map((number) => `  | {"n": ${number}} |`)

/** All claims. */
export const CLAIMS: readonly Claim[] = [
  {
    sentence: 'receives a message',
    honest: { Rob: [1, 2, 3] },
    steps: ['Then Rob receives {"n": 2}'],
    sees: (lie) => missing(lie) && lie.at === 1,
  },
  {
    sentence: 'receives a message within a time',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives {"n": 2} within 1 second'],
    sees: (lie) => missing(lie) && lie.at === 1,
  },
  {
    sentence: 'receives a doc string',
    honest: { Rob: [1] },
    steps: ['Then Rob receives:', '  """', '  {"n": 1}', '  """'],
    sees: missing,
  },
  {
    sentence: 'receives exactly a doc string',
    honest: { Rob: [1] },
    steps: ['Then Rob receives exactly:', '  """', '  {"n": 1}', '  """'],
    sees: (lie) => missing(lie) || lie.kind === 'adds a member',
  },
  {
    sentence: 'receives a message with members',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives a message with:', '  | n | 2 |'],
    sees: (lie) => missing(lie) && lie.at === 1,
  },
  {
    sentence: 'receives a message containing a text',
    honest: { Rob: [12] },
    steps: ['Then Rob receives a message containing ":12"'],
    sees: missing,
  },
  {
    sentence: 'receives a message matching a pattern',
    honest: { Rob: [12] },
    steps: ['Then Rob receives a message matching "^.{5}1[0-3]"'],
    sees: missing,
  },
  {
    sentence: 'receives these messages',
    honest: { Rob: [1, 2, 3] },
    steps: ['Then Rob receives these messages:', ...table(1, 2, 3)],
    sees: (lie) => missing(lie) || lie.kind === 'swaps',
  },
  {
    sentence: 'receives these messages in any order',
    honest: { Rob: [1, 2, 3] },
    steps: ['Then Rob receives these messages in any order:', ...table(3, 1, 2)],
    sees: missing,
  },
  {
    sentence: 'receives exactly these messages',
    honest: { Rob: [1, 2, 3] },
    steps: ['Then Rob receives exactly these messages:', ...table(1, 2, 3)],
    // One more before or after the run is another message; within it, it is one too many.
    sees: (lie) => missing(lie) || lie.kind === 'swaps' || (lie.kind === 'doubles' && lie.at === 1),
  },
  {
    sentence: 'receives exactly these messages before another',
    honest: { Rob: [1, 2, 9] },
    steps: ['Then Rob receives exactly these messages before {"n": 9}:', ...table(1, 2)],
    sees: (lie) => missing(lie) || among('swaps', 'says it too early')(lie) || (lie.kind === 'doubles' && lie.at < 2),
  },
  {
    sentence: 'receives a number of messages',
    honest: { Rob: [1, 2, 3] },
    steps: ['Then Rob receives 3 messages'],
    sees: among('drops', 'delays'),
  },
  {
    sentence: 'has this as the next message',
    honest: { Rob: [1, 2] },
    steps: [`Then Rob's next message is {"n": 1}`],
    sees: (lie) => (missing(lie) && lie.at === 0) || among('swaps', 'says it too early')(lie),
  },
  {
    sentence: 'receives nothing',
    honest: { Rob: [1] },
    steps: ['Then Rob receives {"n": 1}', 'And Rob receives nothing'],
    sees: (lie) => missing(lie) || among('doubles', 'says too much')(lie),
  },
  {
    sentence: 'receives nothing for a time',
    honest: { Rob: [] },
    steps: ['Then Rob receives nothing for 100 ms'],
    sees: among('says too much', 'says it too early'),
  },
  {
    sentence: 'receives nothing else',
    honest: { Rob: [1] },
    steps: ['Then Rob receives {"n": 1}', 'And Rob receives nothing else'],
    sees: (lie) => missing(lie) || among('doubles', 'says too much', 'says it too early')(lie),
  },
  {
    sentence: 'receives nothing before a message',
    honest: { Rob: [9] },
    steps: ['Then Rob receives nothing before {"n": 9}'],
    sees: (lie) => missing(lie) || lie.kind === 'says it too early',
  },
  {
    sentence: 'does not receive a message',
    honest: { Rob: [1] },
    steps: [`Then Rob does not receive {"n": ${TOO_MUCH}}`],
    sees: among('says too much', 'says it too early'),
  },
  {
    sentence: 'receives a message without receiving another',
    honest: { Rob: [1, 2] },
    steps: ['Then Rob receives {"n": 1} without receiving {"n": 2}'],
    sees: (lie) => (missing(lie) && lie.at === 0) || lie.kind === 'swaps',
  },
  {
    sentence: 'everyone receives a message',
    honest: { Ann: [1], Bob: [1] },
    steps: ['Then everyone receives {"n": 1}'],
    sees: missing,
  },
  {
    sentence: 'only some receive a message',
    honest: { Ann: [TOO_MUCH], Bob: [] },
    steps: [`Then only Ann receives {"n": ${TOO_MUCH}}`],
    sees: (lie) =>
      (lie.client === 'Ann' && missing(lie)) ||
      (lie.client === 'Bob' && among('says too much', 'says it too early')(lie)),
  },
  {
    sentence: 'nobody else receives a message',
    honest: { Ann: [TOO_MUCH], Bob: [1] },
    steps: [`Then Ann receives {"n": ${TOO_MUCH}}`, `And nobody else receives {"n": ${TOO_MUCH}}`],
    sees: (lie) =>
      (lie.client === 'Ann' && missing(lie)) ||
      (lie.client === 'Bob' && among('says too much', 'says it too early')(lie)),
  },
  {
    sentence: 'nobody receives a message',
    honest: { Ann: [1], Bob: [1] },
    steps: [`Then nobody receives {"n": ${TOO_MUCH}}`],
    sees: among('says too much', 'says it too early'),
  },
  {
    sentence: 'has caught up with a message',
    honest: { Rob: [1, 2] },
    steps: ['Given Rob has caught up with {"n": 2}', 'Then Rob does not receive {"n": 1}'],
    sees: (lie) => (missing(lie) && lie.at === 1) || lie.kind === 'swaps',
  },
  {
    sentence: 'answers a message',
    honest: { Rob: [1, 2] },
    steps: ['When Rob receives {"n": 2} he sends "Hello"'],
    sees: (lie) => missing(lie) && lie.at === 1,
  },
  {
    sentence: 'remembers a part of a message',
    honest: { Rob: [5, 6], Ann: [5] },
    steps: ['When Rob receives any message', 'And Rob remembers "n" as "number"', 'Then Ann receives {"n": ${number}}'],
    sees: (lie) =>
      (lie.client === 'Ann' && missing(lie)) ||
      (lie.client === 'Rob' && lie.at === 0 && among('drops', 'alters', 'delays', 'swaps', 'says it too early')(lie)),
  },
]

/** Every lie that can be told of what is honest. */
export function liesAbout(honest: Honest): Lie[] {
  return Object.entries(honest).flatMap(([client, numbers]): Lie[] => {
    const each: readonly Kind[] = ['drops', 'doubles', 'alters', 'delays', 'adds a member']
    const ofOne = numbers.flatMap((_, at) => each.map((kind) => ({ kind, client, at })))
    const ofTwo = numbers.slice(1).map((_, at) => ({ kind: 'swaps' as const, client, at }))
    const besides = (['says too much', 'says it too early'] as const).map((kind) => ({ kind, client, at: 0 }))
    return [...ofOne, ...ofTwo, ...besides]
  })
}

/** A message of the server, and after how many ms it is said. */
export interface Said {
  readonly text: string
  readonly after: number
}

/** What a client hears of a server that tells this lie; without one, of an honest server. */
export function saidTo(client: string, honest: Honest, lie?: Lie): Said[] {
  const said = (honest[client] ?? []).map((number): Said => ({ text: `{"n":${number}}`, after: 0 }))
  if (lie?.client !== client) return said
  const { kind, at } = lie
  const message = said[at] as Said
  const more = { text: `{"n":${TOO_MUCH}}`, after: 0 }
  switch (kind) {
    case 'drops':
      return said.toSpliced(at, 1)
    case 'doubles':
      return said.toSpliced(at, 0, message)
    case 'swaps':
      return said.toSpliced(at, 2, said[at + 1] as Said, message)
    case 'alters':
      return said.with(at, { text: message.text.replace(':', ':7'), after: 0 })
    case 'adds a member':
      return said.with(at, { text: message.text.replace('}', ',"m":0}'), after: 0 })
    case 'delays':
      return said.with(at, { ...message, after: 60_000 })
    case 'says too much':
      return [...said, more]
    case 'says it too early':
      return [more, ...said]
  }
}
