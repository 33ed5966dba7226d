/** How people say what is remembered, what is requested by HTTP, and what programs do. */

export const REQUESTING = String.raw`
<who> (?:remembers?|keeps?|saves?|stores?) (?:the )?<text> (?:from|of|in) (?:the|that|this)(?: last)? message => $1 remembers $2 as $2
the <text> program is (?:started|running|launched) with <text> => !The command of a program stands in the settings: write the $1 program is running.
(?:we |I )?(?:<who> )?(?:remembers?|keeps?|saves?|stores?) (?:the )?<text> from (?:the last|<who>'s(?: \w+)?) message as <text> => $1$3 remembers $2 as $4
<who> (?:remembers?|keeps?|saves?|stores?) (?:the )?<text> (?:of|in) the(?: last)? message as <text> => $1 remembers $2 as $3
<who> (?:remembers?|keeps?|saves?|stores?) (?:the )?<text> from the last message => $1 remembers $2 as "…"
<who> (?:keeps?|saves?|stores?|remembers?) the [\w ]+ as <text> => $1 remembers "…" as $2
<who> posts "(/[^"]*)" => $1 requests "POST $2"
<who> (?:posts|sends) (\{.*\}) to "(/[^"]*)" => $1 requests "POST $3" with: + """ + $2 + """
<who> (?:requests|does an?|sends an?|makes an?|calls|GETs?) (GET|POST|PUT|PATCH|DELETE)(?: request)?(?: to)? "([^"]*)".*(:) => ~$1 requests "$2 $3" with:
(?:somebody|someone|I) <calls> "([^"]*)" with(?: the)?(?: body| JSON)? (\{.*\}|\[.*\]) => I request "$1 $2" with: + """ + $3 + """
(?:somebody|someone|I) <calls> "([^"]*)" with.* => ~I request "$1 $2" with:
(?:somebody|someone|I) <calls> "([^"]*)"(?: as [A-Z]\w*)? => I request "$1 $2"
<who> <calls> "([^"]*)" with.* => ~$1 requests "$2 $3" with:
<who> <calls> "([^"]*)" => $1 requests "$2 $3"
<who> posts to "([^"]*)".*: => $1 requests "POST $2" with:
<answer> (?:is|has(?: the)?|should have|with)(?: the)?(?: status| code)* (\d{3})(?: and .*)? => ~the response status is $1
(?:the )?(?:HTTP |REST )?(?:status|code)(?: code)? (?:is|was) ([45]\d\d) => the response status is $1 OR the handshake fails with status $1
(?:the )?(?:HTTP |REST )?(?:response )?(?:status|code)(?: code)? (?:of the response )?(?:is|equals|was) (\d{3})(?: and .*)? => ~the response status is $1
(?:<answer>|the (?:response )?(?:status|code)(?: code)?)(?:'s)?(?: status)?(?: code)? is not (\d{3}) => !No sentence says which status a response has not: write the one that it has, such as the response status is 404, not $1.
<answer> has the header <text> with <text>.* => the response's $1 header is $2
<answer> has (?:the|an?) <text> header (?:of |with |equal to |set to )?<text> => the response's $1 header is $2
<answer> says <name> = <name>.* => the response has: + | $1 | $2 |
<answer>'s? (?:field |member )?<name> (?:is|equals|=) "?([^"]*)"? => the response has: + | $1 | $2 |
<answer> has (?:the |an? )?([a-z]\w*) (?:of )?<value> => the response has: + | $1 | $2 |
<answer> has (?:a |the )?(?:field )?<name> (?:of |equal to |with value |set to |is )?"?([^"]*)"? => the response has: + | $1 | $2 |
<answer> (?:contains|includes|has) <text> => the response contains $1
<answer> does not (?:contain|include|have) <text> => !No sentence says what a response has not: for a member write the response has: | … | #notpresent |, or a step of your own about $1.
(?:I|we|<who>)? ?(?:runs?|executes?|calls?|starts?) (?:the )?(?:command )?<text>(?: command)?(?: within <time>)? => the $2 command runs[ within $3]
(?:the )?(?:command )?<text>(?: command)? is (?:run|executed|called)(?: within <time>)? => the $1 command runs[ within $2]
<answer> exists => the response status is 200
<prog> (?:is|has been) (?:still |up and )?still (?:running|up|alive) => the <q$1> program is still running
the <program> is still running => the "$1" program is still running
<prog> (?:is|has been|was)(?: up and)? (?:running|started|up|alive|launched|online)(?: on port \d+)?(?: again)? => ~the <q$1> program is running
<prog> (?:starts?|runs?|boots?|starts up|comes back|is back|comes up|recovers)(?: up| online)?(?: again)? => the <q$1> program is running
(?:I|we) (?:start|run|launch) <prog> => the <q$1> program is running
the program <text> (?:is|has been|was) started.* => ~the $1 program is running
the <program> was started by .* => ~the "$1" program is running
the <program> ?(?:server|program|service|feed)? ?crashes and is (?:started again|restarted).* => ~the "$1" program crashes
<prog> (?:is|has been|gets) (?:restarted|rebooted|started again)(?: within <time>)? => the <q$1> program is restarted
<prog> (?:restarts?|reboots?) => the <q$1> program is restarted
<prog> (?:crashes|crashed|dies|is killed|breaks down|has crashed)(?: unexpectedly)? => the <q$1> program crashes
<prog> goes (?:down|offline) => the <q$1> program is stopped OR the <q$1> program crashes
<prog> (?:stops?|is stopped|shuts? down|is shut down|is down|is offline|is unavailable|is unreachable|terminates|quits) => the <q$1> program is stopped
<prog> (?:is not running|does not run|is not up|has stopped|has ended|has exited) => !No sentence looks whether a program has ended: the <q$1> program is stopped ends it.
the <program> is stopped => the "$1" program is stopped
(?:I|we) (?:restart|reboot) <prog>(?: [a-z ]+)? => the <q$1> program is restarted
(?:I|we) (?:restart|reboot) the <program>(?: [a-z ]+)? => the "$1" program is restarted
(?:I|we) (?:stop|kill|shut down) <prog> => the <q$1> program is stopped
<prog> (?:does not|never) (?:prints?|logs?|writes?|outputs?) <text> => !No sentence denies what a program prints: the <q$1> program prints "…" expects it.
<prog> (?:prints|logs|writes|outputs|reports|says) (?:to (?:its|the) log )?<text>(?: within <time>)?(?: and .*)? => ~the <q$1> program prints $2[ within $3]
the <program> prints <text>(?: and .*)? => ~the "$1" program prints $2
the (?:log|output) of <prog> (?:shows|contains|says|has) <text> => the <q$1> program prints $2
the (?:log|output) of the <program> (?:shows|contains|says) <text> => the "$1" program prints $2
<prog>'s (?:log|output) (?:shows|contains|says|has) <text> => the <q$1> program prints $2
`
