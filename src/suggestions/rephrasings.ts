/** Whole steps as people say them, and the sentence that means the same. */

/** A name, as sentences write one; group of a pattern. */
const WHO = String.raw`((?:"[^"]*"|(?:[Tt]he|all|every|each|both)(?: of| the| other)* [\w-]+?(?: [\w-]+)??|everyone (?:but|except) [\w-]+|[A-Z][\w-]*|he|she|they|it|everyone(?: else)?|everybody)(?:(?:,| and) (?:the )?[\w-]+)*)`
const SAID = String.raw`("(?:[^"\\]|\\.)*"|\{.*\}|\[.*\])`
const TIME = String.raw`(\d+(?:\.\d+)? ?(?:ms|milliseconds?|s|secs?|seconds?|minutes?)|(?:a|one|half a) (?:second|minute))`

const CALLS = `(?:(?:requests?|does an?|sends an?|makes an?|calls?) )?(GET|POST|PUT|PATCH|DELETE)(?: request)?(?: to)?`

/** What is said, and what is meant; `$1` is what stands in the first bracket. The first that fits is suggested. */
const REPHRASINGS: readonly (readonly [said: string, meant: string])[] = [
  // Connecting
  [`${WHO} (?:is|are) connected for ${TIME}`, '$1 stays connected for $2'],
  [`${WHO} posts "(/[^"]*)"`, '$1 requests "POST $2"'],
  [
    `${WHO} (?:is|are|has been|have) (?:now )?(?:connected|online|logged in)(?: to| on| in)? the [\\w ]+`,
    '$1 is connected',
  ],
  [`${WHO} (?:has|have) (?:joined|connected|logged in)(?: to "([^"]*)")?`, '$1 is connected'],
  [`(?:there are|we have) (\\d+) (\\w+) connected(?: to(?: the path)? ("[^"]*"))?`, '$1 $2 are connected[ to $3]'],
  [`(\\d+) (\\w+) (?:are|have) (?:in|on|joined|online).*`, '$1 $2 are connected'],
  [`trader ${WHO} is connected to ("[^"]*")`, '$1 is connected to $2'],
  [`${WHO} (?:are|is) all connected`, '$1 are connected'],
  [
    `${WHO} (?:logs?|has logged|have logged|signs?) (?:in|on).* at ("[^"]*") with the token ("[^"]*")`,
    '$1 connects to $2 with token $3',
  ],
  [
    `${WHO} (?:logs?|has logged|have logged|signs?) (?:in|on)(?: .*?)? (?:with|using)(?: the)? (?:token|key|API key) ("[^"]*")`,
    '$1 connects with token $2',
  ],
  [`${WHO} connects? to ("[^"]*") (?:using|with) the API key ("[^"]*")`, '$1 connects to $2 with token $3'],
  [`${WHO} (?:connects?|is connected) with the header .*`, '$1 connects with:'],
  [
    `${WHO} (?:opens?|connects?|opens? a \\w+|opens? a connection) to ("[^"]*") with (?:the |these )?headers?.*`,
    '$1 connects to $2 with:',
  ],
  [
    `${WHO} (?:is connecting|connects?|uses?|speaks?)(?: with)?(?: the)? subprotocol ("[^"]*")`,
    '$1 speaks the subprotocol $2',
  ],
  [
    `(?:a|an|the) ([\\w-]+)(?: \\w+)* (?:tries|wants|attempts) to (?:connect|join|enter)(?: to)?( "[^"]*")?.*`,
    'the $1 tries to connect[ to$2]',
  ],
  [
    `(?:a|an) ([\\w-]+) without (?:a|any) token tries to (?:join|connect to) ("[^"]*")`,
    'the $1 tries to connect to $2',
  ],
  [
    `${WHO} (?:tries|wants|attempts) to (?:enter|join|log in|connect)(?: to| the| without| any| a| [\\w-]+)*`,
    '$1 tries to connect',
  ],
  [
    `${WHO} (?:cannot|can not|can't|could not|couldn't|is unable to|fails to) (?:connect|enter|join|log in)(?:, because .*)?`,
    '$1 cannot connect',
  ],
  [
    `(?:the )?(?:connection|handshake|request) of ${WHO} is (?:rejected|refused|denied) with(?: status)? (\\d+)`,
    '$1 is refused with status $2',
  ],
  [
    `${WHO}'s (?:connection|handshake|request) (?:is|was) (?:rejected|refused|denied) with(?: status)? (\\d+)`,
    '$1 is refused with status $2',
  ],
  [
    `${WHO} (?:is|was) (?:turned away|rejected|refused|denied)(?: with| by)?(?: status)? (\\d+)`,
    '$1 is refused with status $2',
  ],
  [
    `${WHO} (?:should|must|will)?(?: still be| is still| are still| stays?| remains?) (?:connected|online) (?:after|for) ${TIME}`,
    '$1 stays connected for $2',
  ],
  [`${WHO} remains? connected the whole time`, '$1 stays connected'],
  [
    `${WHO} (?:leaves?|closes?|disconnects?|quits?|exits?)(?: the [\\w ]+?)? with (?:close )?code (\\d+) (?:and says )?("[^"]*")`,
    '$1 disconnects with code $2 and reason $3',
  ],
  [
    `${WHO} (?:leaves?|closes?|quits?|exits?)(?: the [\\w ]+?)? with (?:close )?code (\\d+)`,
    '$1 disconnects with code $2',
  ],
  [`${WHO} (?:leaves?|closes?|quits?|exits?|hangs? up)(?: the [\\w ]+| normally)`, '$1 disconnects'],
  [`${WHO} (?:loses|lost) (?:his|her|its|their|the) connection with code (\\d+)`, '$1 disconnects with code $2'],
  [
    `${WHO} (?:loses?|drops?|has lost) (?!.*with code)(?:his|her|its|their|the)?.*connection.*`,
    '$1 loses the connection',
  ],
  [`${WHO} (?:comes?|gets?|goes?) back(?: online| within .*)?`, '$1 reconnects'],
  [`${WHO} reconnects? \\d+ times.*`, '$1 reconnects'],
  [`${WHO} sends? ${SAID} at the same time`, '$1 sends $2'],
  [
    `the server (?:kicks?|throws?) ${WHO} (?:out|off)(?: with code (\\d+) and reason ("[^"]*"))?`,
    'the server disconnects $1[ with code $2 and reason $3]',
  ],
  [`the server disconnects (?:the )?(?:idle |silent )?([\\w-]+) within ${TIME}`, 'the $1 is disconnected within $2'],
  [
    `(?:the (?:silent|idle) ([\\w-]+)) is disconnected(?: by the server)? (?:after|within|in) ${TIME}.*`,
    'the $1 is disconnected within $2',
  ],
  [
    `${WHO}(?:'s connection)? (?:is|was|gets) (?:disconnected|closed|kicked(?: out)?) with(?: code)? (\\d+)(?: because .*)?`,
    '$1 is disconnected with code $2',
  ],
  [
    `${WHO} (?:is|was|gets) (?:kicked|thrown|banned)[\\w ]*? with code (\\d+)(?: and reason ("[^"]*"))?`,
    '$1 is disconnected with code $2[ and reason $3]',
  ],
  [`${WHO} (?:is|was) disconnected because ("[^"]*")`, '$1 is disconnected with reason $2'],
  [`every (\\w+) reconnects.*|all (\\w+) reconnect.*`, 'every $1$2 reconnects'],
  [`(?:every|all(?: the)?) ([\\w-]+) (?:connects?|joins?) at the same time`, 'all $1 connect'],
  ['(?:a|the|one) (?:client|user|participant) (is|connects|disconnects|receives|sends)\\b(.*)', 'Ann $1$2'],
  [`${WHO} (?:connects?|logs? in) with (?:an?|the|his|her|its) (?:\\w+ )?token`, '$1 connects with token "…"'],
  // Sending
  [`${WHO} sends (?:these|the)(?: following)? [\\w ]+ one after another:`, '$1 sends these messages:'],
  [`${WHO} (?:transmits|sends) the following [\\w ]+ one after another:`, '$1 sends these messages:'],
  [`${WHO} (sends?|receives?) an? ("[^"]*") message`, '$1 $2 the $3 message'],
  [
    `${WHO} (?:is sending|sends|has sent) (?:the|a|this|these)(?: \\w+)*(?: message)?(?: with these (?:fields|values))?:`,
    '$1 sends a message with:',
  ],
  [`${WHO} (?:transmits|broadcasts|publishes|sends) the following \\w+.*:`, '$1 sends the following message:'],
  [`${WHO} sends the message from the file "([\\w -]+)\\.(?:json|ya?ml|txt)"`, '$1 sends the "$2" message'],
  [`${WHO} sends ([\\w-]+)\\.(?:json|ya?ml) with .*`, '$1 sends the "$2" message with:'],
  [
    `${WHO} (?:uploads|sends)(?: the)? (?:binary file|screenshot|file|image|picture) ("[^"]*").*`,
    '$1 sends the file $2',
  ],
  [`${WHO} sends (?:the )?(?:garbage )?(?:bytes|binary message) "?((?:0x[\\dA-F]{2} ?)+)"?`, '$1 sends the bytes "$2"'],
  [`${WHO} sends the (?:canned |named )?(?:answer|message|template) ("[^"]*")`, '$1 sends the $2 message'],
  [`${WHO} (?:sends?|types?|writes?|says?) ${SAID} (\\d+) times(?: in a row)?`, '$1 sends $2 $3 times'],
  [`${WHO}'s client sends ${SAID} every ${TIME}`, '$1 sends $2 every $3'],
  [`${WHO} sends (?:his|her|its|their|a|an|the) [\\w ]+ every ${TIME}`, '$1 sends "…" every $2'],
  [`${WHO} stops sending (?:his|her|its|their|a|an|the) [\\w ]+`, '$1 stops sending "…"'],
  [`${WHO} sends (?:a|the) ping(?: frame)?`, '$1 pings the server'],
  [
    `${WHO} (?:asks|requests) (?:for )?${SAID} (?:with id \\d+|and (?:gets|receives) (?:an|the) (?:answer|response|reply) with the same .*)`,
    '$1 asks $2 and is answered {"…": …}',
  ],
  // Receiving
  [
    `${WHO} (?:must|should|has to|shall)(?: be)? receives? a (?:JSON|message) with ("[^"]*") (?:is|=|equal to|equals) ("[^"]*"|\\d+)`,
    '$1 receives a message where $2 is $3',
  ],
  [
    `${WHO} (?:receives?|gets?|sees?) (?:a |an )?(?:\\w+ )?(?:where|whose|with) ("[^"]*") (?:is )?(greater than|more than|less than|at least|at most|between) (\\d[\\d.]*(?: and \\d[\\d.]*)?)`,
    '$1 receives a message where $2 is $3 $4',
  ],
  [
    `${WHO} (?:receives?|gets?|is told) .*(?:price|amount|temperature|position|value|\\w+) (?:is )?(?:of )?(?:lower|less|smaller|below) than (\\d[\\d.]*)`,
    '$1 receives a message where "…" is less than $2',
  ],
  [
    `${WHO} (?:receives?|gets?|is told) .*(?:higher|greater|more|bigger|above) than (\\d[\\d.]*)`,
    '$1 receives a message where "…" is greater than $2',
  ],
  [
    `${WHO} (?:receives?|gets?) .* between (\\d[\\d.]*) and (\\d[\\d.]*)`,
    '$1 receives a message where "…" is between $2 and $3',
  ],
  [`${WHO} (?:receives?|gets?) .* of at least (\\d[\\d.]*)`, '$1 receives a message where "…" is at least $2'],
  [`${WHO} (?:receives?|gets?)(?: a| an)? JSON(?: message)? (?:like this|matching|with this).*:`, '$1 receives:'],
  [`${WHO} (?:receives?|gets?) exactly this (?:JSON|message).*:`, '$1 receives exactly:'],
  [`the message (?:that )?${WHO} (?:got|received|gets|receives) looks like this:`, '$1 receives:'],
  [
    `${WHO} (?:must |should )?(?:receives?|gets?|hears?)(?: \\w+)*,? no matter in (?:what|which) order:`,
    '$1 receives these messages in any order:',
  ],
  [`${WHO} (?:must |should )?(?:receives?|gets?|hears?|receive) in this order:`, '$1 receives these messages:'],
  [
    `${WHO} (?:receives?|gets?|hears?) ("[^"]*"(?:, "[^"]*")* and "[^"]*") in that order with nothing in between`,
    '$1 receives exactly these messages:',
  ],
  [
    `the last (?:thing|message|word)(?: that)? ${WHO} (?:heard|received|got|saw)(?: so far)? (?:is|was) ${SAID}`,
    'the last message $1 received is $2',
  ],
  [
    `the last message(?: that)? ${WHO} received contains ${SAID}`,
    'the last message $1 received is a message containing $2',
  ],
  [`the next (?:thing|message) (?:for|that) ${WHO}(?: receives| gets)? is ${SAID}`, "$1's next message is $2"],
  [`${WHO}'s next message is an? ("[^"]*")`, "$1's next message is a message of type $2"],
  [`${WHO} (?:is|are) (?:told|informed|notified|sent) (?:about )?${SAID}`, '$1 receives $2'],
  [
    `${WHO} (?:must |should )?(?:receives?|gets?|hears?) ("[^"]*"(?:, "[^"]*")* and "[^"]*") in (?:this|that) order`,
    '$1 receives these messages:',
  ],
  [
    `${WHO} (?:must |should )?(?:receives?|gets?) at least (\\d+) messages of type ("[^"]*").*`,
    '$1 receives a message of type $3 at least $2 times',
  ],
  [
    `${WHO} (?:does not|doesn't|do not|don't) (?:get|receive|see|hear) any ("[^"]*") messages? for ${TIME}`,
    '$1 does not receive a message of type $2 for $3',
  ],
  [`${WHO} (?:has|have) received exactly one ("[^"]*") message`, '$1 receives a message of type $2 exactly once'],
  [`${WHO} receives? exactly (\\d+) (?!messages?)(?:\\w+ ?)+`, '$1 receives a message of type "…" exactly $2 times'],
  [
    `${WHO} (?:receives?|gets?) at least (\\d+) (?!messages?)[\\w ]+ (?:in|within|in the next) ${TIME}`,
    '$1 receives at least $2 messages within $3',
  ],
  [`${WHO} has (?:received )?(\\d+) (?:messages received|\\w+ in total).*`, '$1 receives exactly $2 messages'],
  [
    `${WHO} (?:receives?|gets?|sees?) (?:the|an?|his|her|its|their) (?!message|same|ping|push|taxi|answer|missed|commands?|readings)[\\w ]+ within ${TIME}`,
    '$1 receives a message of type "…" within $2',
  ],
  [`only ${WHO} (?:receives?|gets?) (?:the|an?) (?!message)[\\w ]+`, 'only $1 receives a message of type "…"'],
  [
    `${WHO} (?:does not|doesn't|do not|don't) (?:get|receive|see|hear) any (?!thing|message)[\\w ]+ for ${TIME}`,
    '$1 does not receive a message of type "…" for $2',
  ],
  [
    `${WHO} (?:does not|doesn't|do not|don't) (?:get|receive|see|hear) (?:anything|any messages?) for ${TIME}`,
    '$1 receives nothing for $2',
  ],
  [`${WHO} (?:hears?|receives?|gets?) nothing back`, '$1 receives nothing'],
  [`(?:nobody|no one) but ${WHO} (?:receives|gets|sees|hears) ${SAID}`, 'only $1 receives $2'],
  [`${WHO} (?:receives?|gets?) (?:an?|the) error(?: message)?(?: with .*)?`, '$1 receives a message of type "error"'],
  [
    `${WHO} (?:receives?|gets?)(?: an?| the)? (?:\\w+ )?matching (?:the pattern )?/?(\\S+?)/?`,
    '$1 receives a message matching "$2"',
  ],
  [
    `(?:the bot's|${WHO}'s) (?:reply|answer|message) contains(?: the word)? ("[^"]*")`,
    '$1 receives a message containing $2',
  ],
  [`the (?:value of )?("[^"]*")(?: of the message)? is ("[^"]*"|\\d[\\d.]*)`, "the message's $1 is $2"],
  [`the ("[^"]*") should match the pattern (.+)`, '$1'],
  [`(?:the )?(?:value|field) (?:of )?("[^"]*") (?:is|should be|equals) ("[^"]*"|\\d[\\d.]*)`, "the message's $1 is $2"],
  [
    `(?:nobody|no one) (?:hears|receives|gets|sees) (?:anything|any messages?) for ${TIME}`,
    'everyone receives nothing for $1',
  ],
  [`${WHO} ignores everything.*`, '$1 ignores any message'],
  [`${WHO} receives a binary message of \\d+ bytes`, '$1 receives a binary message'],
  [
    `${WHO} (?:receives?|gets?|hears?) (?:an?|the) [\\w ]+, (he|she|it|they) .*`,
    'when $1 receives a message of type "…" $2 sends {"…": …}',
  ],
  [`it (?:is|stays) quiet for ${TIME}`, 'everyone receives nothing for $1'],
  [`(?:we|I)? ?waits? (?:for )?${TIME}`, '$1 pass'],
  // Reacting
  [
    `(whenever|when)? ?${WHO} (?:receives?|gets?|hears?) an? ("[^"]*"),? (he|she|it|they) (?:replies|answers|responds)(?: with)? ${SAID}`,
    '$1 $2 receives $3 $4 sends $5',
  ],
  [`${WHO} answers every ("[^"]*") with ("[^"]*")`, 'whenever $1 receives $2 it sends $3'],
  [
    `${WHO} (?:receives?|gets?) ((?:a|the) (?:message|command)[^,]*? ?"[^"]*"),?(?: then)? (he|she|it|they) (?:replies|answers) after ${TIME} with ${SAID}`,
    'when $1 receives $2 $3 sends $5 after $4',
  ],
  [
    `(?:only )?(?:the first time )${WHO} (?:gets?|receives?) ${SAID} (he|she|it|they) (?:answers|replies|sends).*`,
    'when $1 receives $2 $3 sends {"…": …}',
  ],
  // Remembering and requesting
  [
    `(?:we |I )?(?:${WHO} )?(?:remembers?|keeps?|saves?|stores?) (?:the )?("[^"]*") from (?:the last|${WHO}'s(?: \\w+)?) message as ("[^"]*")`,
    '$1$3 remembers $2 as $4',
  ],
  [`${WHO} (?:remembers?|keeps?|saves?|stores?) (?:the )?("[^"]*") from the last message`, '$1 remembers $2 as "…"'],
  [`${WHO} (?:keeps?|saves?|stores?|remembers?) the [\\w ]+ as ("[^"]*")`, '$1 remembers "…" as $2'],
  [
    `${WHO} (?:requests|does an?|sends an?|makes an?|calls|GETs?) (GET|POST|PUT|PATCH|DELETE)(?: request)?(?: to)? "([^"]*)".*(:)`,
    '$1 requests "$2 $3" with:',
  ],
  [`(?:somebody|I) ${CALLS} "([^"]*)" with.*`, 'I request "$1 $2" with:'],
  [`(?:somebody|I) ${CALLS} "([^"]*)".*`, 'I request "$1 $2"'],
  [`${WHO} ${CALLS} "([^"]*)" with.*`, '$1 requests "$2 $3" with:'],
  [`${WHO} ${CALLS} "([^"]*)".*`, '$1 requests "$2 $3"'],
  [`${WHO} posts to "([^"]*)".*:`, '$1 requests "POST $2" with:'],
  [
    `the (?:HTTP |REST )?(?:response|answer)(?: of the HTTP request)? (?:is|has(?: the)?|should have|status should be|status is)(?: the)?(?: status)? (\\d{3})(?: and .*)?`,
    'the response status is $1',
  ],
  [
    `the (?:HTTP |REST )?(?:response|answer) has the header ("[^"]*") with ("[^"]*").*`,
    "the response's $1 header is $2",
  ],
  [`the (?:HTTP |REST )?(?:response|answer) says ("[^"]*") = ("[^"]*").*`, 'the response has:'],
  // Programs
  [
    `the ("[^"]*") (?:server|program|service) (?:is|has been) (?:started|up|up and running)`,
    'the $1 program is running',
  ],
  ['the server (?:is|has been)(?: up and)? still running', 'the "…" program is still running'],
  [
    `the ([\\w-]+(?: (?!exits|ends|prints|crashes|server|program|service|while|is)[\\w-]+)?) (?:server|program|service)? ?is(?: up and)? still running`,
    'the "$1" program is still running',
  ],
  [
    `the ([\\w-]+(?: (?!exits|ends|prints|crashes|server|program|service|while|is)[\\w-]+)?) (?:server|program|service) (?:is|has been)(?: up and)? (?:running|started)(?: on port \\d+)?`,
    'the "$1" program is running',
  ],
  [`the program ("[^"]*") (?:is|has been|was) started.*`, 'the $1 program is running'],
  [
    `the ([\\w-]+(?: (?!exits|ends|prints|crashes|server|program|service|while|is)[\\w-]+)?) was started by .*`,
    'the "$1" program is running',
  ],
  [
    `the ([\\w-]+(?: (?!exits|ends|prints|crashes|server|program|service|while|is)[\\w-]+)?) (?:server|program|service|feed)? ?crashes and is started again.*`,
    'the "$1" program crashes',
  ],
  [
    `the ([\\w-]+(?: (?!exits|ends|prints|crashes|server|program|service|while|is)[\\w-]+)?) (?:server|program|service) crashes`,
    'the "$1" program crashes',
  ],
  [
    `the ([\\w-]+(?: (?!exits|ends|prints|crashes|server|program|service|while|is)[\\w-]+)?)(?: (?:server|program|service))? is stopped`,
    'the "$1" program is stopped',
  ],
  [
    `I restart the ([\\w-]+(?: (?!exits|ends|prints|crashes|server|program|service|while|is)[\\w-]+)?)(?: .*)?`,
    'the "$1" program is restarted',
  ],
  [
    `the ([\\w-]+(?: (?!exits|ends|prints|crashes|server|program|service|while|is)[\\w-]+)?)(?: server| program)? prints ("[^"]*").*`,
    'the "$1" program prints $2',
  ],
  [
    `the log of the ([\\w-]+(?: (?!exits|ends|prints|crashes|server|program|service|while|is)[\\w-]+)?)(?: server| program)? (?:shows|contains|says) ("[^"]*")`,
    'the "$1" program prints $2',
  ],
  [
    `the server (?:is|has been)(?: up and)?(?: still)? (?:running|started)(?: on port \\d+)?`,
    'the "…" program is running',
  ],
]

/** A longer step is not one that people say. */
const MAX_LENGTH = 300

let patterns: readonly (readonly [pattern: RegExp, meant: string])[] | undefined

/** The sentences that a step as a whole may have meant, the nearest first; whether they are defined is not checked. */
export function* rephrase(text: string): Iterable<string> {
  if (text.length > MAX_LENGTH) return
  patterns ??= REPHRASINGS.map(([said, meant]) => [new RegExp(`^(?:${said})$`), meant])
  for (const [pattern, meant] of patterns) {
    const groups = pattern.exec(text)
    if (groups) yield agree(fill(meant, groups))
  }
}

/** Fills in what was said; what stands in square brackets is left out if a part of it was not said. */
function fill(meant: string, groups: RegExpExecArray): string {
  const isMissing = (part: string) =>
    [...part.matchAll(/\$(\d)/g)].some(([, index]) => groups[Number(index)] === undefined)
  return meant
    .replace(/\[([^[\]]*\$[^[\]]*)\]/g, (_, part: string) => (isMissing(part) ? '' : part))
    .replace(/\$(\d)/g, (_, index: string) => groups[Number(index)] ?? '')
    .replaceAll(/0x([\dA-F]{2})/g, '$1')
    .trim()
}

/** Several clients receive, one receives, and I receive. */
function agree(sentence: string): string {
  const { reaction = '', subject = '', verb = '' } = SUBJECT.exec(sentence)?.groups ?? {}
  const start = `${reaction}${subject} ${verb}`
  if (verb === '') return sentence
  const isPlural = / and |^(?:all|both|they)\b|^the (?:\w+ )*\w+s$|^\d+ /.test(subject)
  const rest = sentence.slice(start.length)
  if (subject.startsWith('every ')) return `${reaction}${subject.replace(/s$/, '')} ${verb}${rest}`
  if (subject === 'I') return `${reaction}I ${verb === 'is' ? 'am' : verb.replace(/s$/, '')}${rest}`
  return isPlural ? `${reaction}${subject} ${verb === 'is' ? 'are' : verb.replace(/(?<!s)s$/, '')}${rest}` : sentence
}

/** Whom a sentence is about, and what they do. */
const SUBJECT = new RegExp(`^(?<reaction>(?:when|whenever|only) )?(?<subject>${WHO}|I) (?<verb>[a-z]+)`)
