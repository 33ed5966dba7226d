/** How people say what protocols do: topics, events, and methods that are called. */

export const PROTOCOLS = String.raw`
<who> (?:joins?|follows?|listens? (?:to|on|for)|watches|subscribes?(?: to| for)?|signs? up (?:to|for)) (?:messages (?:of|on|from) )?(?:the |a )?(?:topic|channel|destination|queue|exchange|feed|stream|subscription) <text> => $1 subscribes to $2
<who> (?:subscribes|signs? up|registers?) (?:to|for|on|at) <text> and <text> => $1 subscribes to $2 + $1 subscribes to $3
<who> (?:subscribes?|signs? up|registers?) (?:for|on|at) <text> => $1 subscribes to $2
<who> (?:leaves?|unsubscribes?(?: from)?|stops? (?:listening|following|watching)(?: to| on)?|unfollows?|cancels?) (?:the )?(?:topic|channel|destination|queue|exchange|feed|stream|subscription)(?: to)? <text> => $1 unsubscribes from $2
<who> (?:publishes|publish|sends?|posts?|writes?|broadcasts?|pushes|says?) <said> (?:to|on|in|into|at) (?:the )?(?:topic|channel|destination|queue|exchange) <text> => $1 publishes $2 to $3
<who> publish(?:es)? <said> (?:on|in|at) <text> => $1 publishes $2 to $3
<who> publish(?:es)? to (?:the )?(?:topic|channel|destination|queue|exchange) <text>(?: the message)? <said> => $1 publishes $3 to $2
<who> (?:<gets>) <said> (?:on|in|from|over|via) (?:the )?(?:topic|channel|destination|queue|exchange) <text> => $1 receives $2 on $3
<who> (?:<gets>) (?:a message|something|anything) (?:on|in|from) (?:the )?(?:(?:topic|channel|destination|queue) )?<text> => $1 receives any message on $2
<who> (?:<gets>) (?:nothing|no messages?) (?:on|in|from) (?:the )?(?:(?:topic|channel|destination|queue) )?<text> => $1 does not receive any message on $2
<who> (?:<notgets>) anything (?:on|in|from) (?:the )?(?:(?:topic|channel|destination|queue) )?<text> => $1 does not receive any message on $2
<who> (?:emits?|fires?|triggers?|sends?|raises?) (?:an|the) event <text> => $1 emits $2
<who> (?:fires?|triggers?|raises?|pushes) (?:the event )?<text> with <said> => $1 emits $2 with $3
<who> (?:emits?|fires?|triggers?|sends?|raises?|pushes) (?:an? |the )?<text> event => $1 emits $2
<who> (?:emits?|fires?|triggers?|sends?|raises?|pushes) (?:an? |the )?(?:event <text>|<text> event) (?:with|containing)(?: the)?(?: data| content| payload)? <said> => $1 emits $2$3 with $4
<who> (?:<gets>) an event <text> with(?: the)?(?: data| content| payload)? <said> => $1 receives the event $2 with $3
<who> (?:<gets>) (?:an?|the) <text> event with(?: the)?(?: data| content| payload)? <said> => $1 receives the event $2 with $3
<who> (?:invokes?|runs?|executes?|requests?|calls?) (?:the )?(?:method|procedure|function|operation|query|mutation|command|action) <text> => $1 calls $2
<who> (?:invokes?|calls?) (?:the )?(?:method |procedure |function |operation |query |mutation |action )?<text> (?:with|on)(?: the)? (?:(?:arguments?|parameters?|params|variables|payload|data) )?<said> => $1 calls $2 with $3
<who> (?:invokes?) <text> => $1 calls $2
<who> (?:<gets>) (?:the |an? )?(?:result|return value) <said> => $1 is answered $2
<who>'s call (?:returns?|is answered|is answered with) <said> => $1 is answered $2
the (?:call|method) (?:returns|answers|is answered)(?: with)? <said> => he is answered $1
<who>'s call (?:fails|is rejected) with(?: the)?(?: error)? <said> => $1 is answered with error $2
<who>'s call (?:fails|is rejected) => $1 is answered with an error
the server (?:speaks|uses|talks)(?: the protocol)? "?([\w.-]+)"? => the server speaks "$1"
<who> is answered with (?!an? )<said> => $1 is answered $2
<who> sends? (?:an? |the )(?:raw )?frame <said> => $1 sends the frame $2
(?:the protocol is|we speak|the clients? speak|the clients? use the protocol) "?([\w.-]+)"? => the server speaks "$1"
`
