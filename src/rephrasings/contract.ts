/** How people say what describes the server, and that messages are as it says. */

const DOCUMENT =
  '(?:AsyncAPI(?: (?:document|documentation|specification|spec|schema|contract|file))?|API|contract|document|documentation|specification|spec)'

const FITS =
  '(?:fits?|conforms? to|match(?:es)?|compl(?:y|ies) with|corresponds? to|adheres? to|obeys?|respects?|follows?|(?:is|are) (?:valid|right|correct)(?: (?:against|by|according to|for))?)'

export const CONTRACT = String.raw`
(?:the|our|my|this) (?:[\w-]+ )?(?:server|API|service|socket|endpoint|contract|backend|WebSocket)(?:'s API)? is (?:described|documented|specified|defined) (?:by|in|at) (?:the )?(?:${DOCUMENT} )?<text> => the server is described by $1
(?:the|our|my|its|the server's) ${DOCUMENT} (?:is|is at|is in|lies in|stands in|comes from) <text> => the server is described by $1
(?:I|we) (?:load|use|have|read|validate against) (?:the|an|our) ${DOCUMENT} <text> => the server is described by $1
(?:all|every|each)(?: of the)?(?: sent| received| exchanged)? (?:messages?|frames?|events?)(?: that (?:was|were) (?:sent|received|exchanged))? ${FITS} (?:the|its|their|our) ${DOCUMENT} => every message fits the contract
(?:no messages?|nothing)(?: that (?:was|were) (?:sent|received|exchanged|said))? (?:contradicts?|violates?|breaks?) (?:the|its|our) ${DOCUMENT} => every message fits the contract
the (?:server|conversation|traffic|API|socket) ${FITS} (?:the|its|our) ${DOCUMENT} => every message fits the contract
the ${DOCUMENT} is (?:respected|kept|fulfilled|not violated|not broken|adhered to) => every message fits the contract
<who> (?:<gets>) (?:an?|the) (?:valid |documented )?([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?: message)? => $1 receives a "$2"
<who> (?:<gets>) (?:an?|the) (?:valid |documented )?([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+) with: => $1 receives a "$2" with:
<who> (?:sends?) (?:an?|the) (?:valid |documented )?([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?: message)? => $1 sends a "$2"
<who> (?:sends?) (?:an?|the) (?:valid |documented )?([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+) with: => $1 sends a "$2" with:
<who> (?:sends?) (?:an?|the) (?:invalid|malformed|bad|wrong|undocumented|broken|incorrect)(?: message)? <said> => $1 sends the wrong $2
`
