/** What no sentence says, and what to do instead. */

/** Of the first ones, whatever sentence comes near says something else. */
const CERTAIN = 11

/** What a step asks for, and the advice. */
const ADVICE: readonly (readonly [asked: RegExp, advice: string])[] = [
  [
    /\b(?:database|table "|saved|stored in|persisted|written in)/i,
    'No sentence looks into a database: ask the server by a request, such as Rob requests "GET /orders", or write a step of your own.',
  ],
  [
    /\b(?:screen|button|icon|badge|click|chart|page|LED|colou?r|red|grey|scoreboard|user interface|map)\b/i,
    'No sentence looks at a user interface: say what the client receives, or write a step of your own.',
  ],
  [
    /\b(?:CPU|memory|MB|disk|battery|load)\b/,
    'No sentence measures a machine: write a step of your own, or a load test.',
  ],
  [
    /\b(?:e-?mail|SMS|phone|push notification|bank|payment|money)\b/i,
    'No sentence reaches beyond the server: write a step of your own, or a command in the settings.',
  ],
  [
    /\b(?:feels?|suspects?|probably|because (?:he|she|it|they) |realises?|thinks?|fair|guess)\b/i,
    'No sentence judges what somebody means: say what is sent and received.',
  ],
  [
    /\bping(?:s| frame)?\b/i,
    'Pings of the server are answered by themselves and are not seen by sentences: write Rob pings the server, then Rob receives a pong.',
  ],
  [
    /\bcode between\b|with (?:code )?\d{4} or \d{4}/i,
    'No sentence takes several close codes: write Rob is disconnected, or one of the codes.',
  ],
  [
    /^(?:exactly one|at least \d+ of|one of|none of|some of)\b/i,
    'No sentence counts clients: name them, such as only Ann receives "…", or nobody receives "…".',
  ],
  [
    /\b(?:same(?! (?:messages?|time|device|session))|equal)\b.*\b(?:as|to)\b|\bthe same(?! (?:messages?|time|device|session))\b/i,
    'To compare two messages, remember a value of the first one: Rob remembers "id" as "id", then Ann receives {"id": "${id}"}.',
  ],
  [
    /\b(?:increas\w+|in every|always|in each|without any gap|per second|not earlier than)\b/i,
    'No sentence compares all messages with one another: write a step of your own on client.expect.',
  ],
  [
    /\bremembered\b|\{\w+\}|<[\w ]+>|\bfrom before\b|\bstored before\b/i,
    'A remembered value is written ${name}: Rob remembers "id" as "id", then Rob sends {"id": "${id}"}.',
  ],
  [
    /\b(?:fake|stub|mock)\b|server on port \d+ that/i,
    'The server is the real one: start it by the "…" program is running, with its command in the settings.',
  ],
  [
    /\bexits?\b|\bends with exit code\b/i,
    'No sentence waits for the end of a program: run it as a command, the "…" command runs.',
  ],
  [/\blog\b.*(?:\bnot|n['’]t)\b/i, 'No sentence denies what a program prints: the "…" program prints "…" expects it.'],
  [
    /\b(?:does|do|must|may|should) not contain\b|has no field|not have the field/i,
    'To ask for a missing member, write a table: Rob receives a message with: | password | #notpresent |.',
  ],
  [
    /\b(?:\d+ (?:items|bytes)|has (?:a|an|\d+)|field|list|array|should match)\b/i,
    'To ask for members, write a table: Rob receives a message with: | lots | #[3] |.',
  ],
  [
    /\bin the meantime|while\b|until\b/i,
    'To wait, name the message: Rob receives nothing before "…", or Rob waits for "…".',
  ],
]

/** What a step is about whose verb is known, and how that is said. */
const THEMES: readonly (readonly [about: RegExp, advice: string])[] = [
  [
    /\b(?:program|process|service|backend|restart\w*|crash\w*|prints?|logs?)\b|^(?:the )?server (?:runs|starts|stops|is)\b/,
    'Of a program is said: the "…" program is running, is restarted, is stopped, crashes, is still running, or prints "…".',
  ],
  [
    /\b(?:response|status|header|HTTP)\b/,
    'To say what is requested, and answered, write Rob requests "GET /orders", the response status is 200, the response has: or the response contains "…".',
  ],
  [
    /\b(?:when|whenever|answers?|answered|repl(?:y|ies)|responds?|reacts?)\b/,
    'To say what somebody answers, write when Rob receives "…" he sends "…", or whenever Rob receives "…" he sends "…"; to say what is answered, Rob asks {…} and is answered {…}.',
  ],
  [
    /\b(?:receiv(?:e|es|ed|ing)|gets?|got|hears?|heard|sees?|saw|notified|told|informed)\b/,
    'To say what is received, write Rob receives "…", Rob receives a message of type "…", Rob receives a message with: (and a table), Rob receives these messages: or Rob receives nothing.',
  ],
  [
    /\b(?:dis|re)?connect(?:s|ed|ing|ions?)?\b|\b(?:token|handshake|socket|websocket|online|offline|refused|rejected|kicked|closed)\b/,
    'To say how somebody connects, or does not, write Rob connects to "…", Rob connects with: (and a table), Rob tries to connect, Rob is refused, Rob disconnects, Rob is disconnected, or Rob loses the connection.',
  ],
  [
    /\b(?:sends?|sent|says?|writes?|types?|publish(?:es)?|broadcasts?|posts?|transmits?|uploads?|messages?)\b/,
    'To say what is sent, write Rob sends "…", Rob sends {"…": …}, Rob sends a message with: (and a table), Rob sends "…" 3 times or Rob sends "…" every 2 seconds.',
  ],
]

const OF_YOUR_OWN = ' What no sentence says may be a step of your own.'

/** A step about what somebody does. */
const ACTION =
  /^(?:[Tt]he [\w-]+|[A-Z][\w-]*|he|she|they|I|we|everyone|everybody|somebody|bidder \d+)(?:'s [\w-]+)? (?!is\b|are\b)[a-z]+/

/**
 * One line of advice for a step that no sentence says; undefined for one that is about nobody.
 * @param options.isCertain whether it is sought only if it cannot be said, whatever sentence comes near. Default `false`.
 */
export function adviceFor(text: string, { isCertain = false } = {}): string | undefined {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|\{.*\}/g, '"…"')
  for (const [asked, advice] of isCertain ? ADVICE.slice(0, CERTAIN) : ADVICE) if (asked.test(bare)) return advice
  if (isCertain) return undefined
  for (const [about, advice] of THEMES) if (about.test(bare)) return advice + OF_YOUR_OWN
  if (!ACTION.test(bare)) return undefined
  return (
    'Say it as a message, such as Rob sends {"type": "…"} or Rob receives a message of type "…", ' +
    'or define it as a step of your own on a client.'
  )
}
