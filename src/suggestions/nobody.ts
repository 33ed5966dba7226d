/** Words that are nobody's name, however a step is turned into a sentence. */

import { isKnown } from './synonyms'

/** What sentences, or people, call something else than a client. */
const THINGS =
  /^(?:(?:the|each|every|all|both) )?(?:server|servers|backend|connections?|(?:web)?sockets?|handshake|response|messages?|status|code|program|command|rest|reply|answer|token|scenario)$/i

/** Nobody in particular, and what is not a name. */
const WORDS =
  /^(?:clients?|users?|participants?|people|others?|some(?:one|body|thing)|any(?:one|body|thing)|every(?:thing)|nothing|nobody|none|no|one|each|all|both|only|when|whenever|within|after|before|if|then|down|up|off|out|away|back|again|by|to|at|as|and|but)$/i

/** Whether a text is not a client, or a verb that has got into its place. */
export function isNobody(text: string): boolean {
  const [, determiner, noun = ''] = /^(?:(the|each|every|all|both) )?(.*)$/s.exec(text) as RegExpExecArray
  if (THINGS.test(text)) return true
  // `all clients` are everyone, and `the others` somebody.
  if (determiner !== undefined) return isKnown(noun.toLowerCase())
  return (WORDS.test(noun) && !/^(?:both)$/.test(noun)) || isKnown(noun.toLowerCase())
}

/** Whether a sentence is about nobody: `the socket is disconnected`. */
export function namesNobody(sentence: string): boolean {
  const subject =
    /^(?:when |whenever |only )?(?!nobody|no one)((?:the |each |every |all )?[\w-]+) (?:(?:is|are) (?:not )?(?:connected|disconnected|refused)|receives?|gets?|sends?|stays?|loses?|connects?|disconnects?|requests?)\b/
  const [, named] = subject.exec(sentence) ?? []
  return (
    named !== undefined && !/^the (?:server (?:is|disconnects)|connection is refused)/.test(sentence) && isNobody(named)
  )
}
