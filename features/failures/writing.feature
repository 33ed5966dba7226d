Feature: What a slip of the pen is answered with
  A wrong name, a missing bracket or an unknown setting is told before anything is waited for:
  what was written, and what to write instead.

  Scenario: An unknown name, with the nearest one
    When this scenario runs:
      """
      Given Rob and Ann are connected
      When Rbo sends "Hello"
      """
    Then it fails, saying:
      """
      There is no client Rbo in this scenario yet. Known: Rob and Ann. Did you mean Rob?
      """

  Scenario: Somebody who has not connected
    When this scenario runs:
      """
      Given when Ann receives "Hello" she disconnects
      Then Ann receives "Hello"
      """
    Then it fails, saying:
      """
      Ann has not connected yet. Write before this: Ann is connected
      """

  Scenario: A pronoun that may mean several people
    When this scenario runs:
      """
      Given Rob and Ann are connected
      When she sends "Hello"
      """
    Then it fails, saying:
      """
      "she" may be any of Rob and Ann, whom the sentence before named: write the name, or "they".
      """

  Scenario Outline: JSON that is none
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends <json>
      """
    Then it fails, saying:
      """
      <json> is not valid JSON: <problem>.
      Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}
      """

    Examples:
      | json            | problem                                                         |
      | {"type": "ping" | Expected ',' or '}' after property value in JSON at position 15 |
      | {type: "ping"}  | Expected property name or '}' in JSON at position 1             |
      | {"type": "ping} | Unterminated string in JSON at position 15                      |
      | {"a": [1, 2}    | Expected ',' or ']' after array element in JSON at position 11  |

  Scenario: A doc string that should be JSON
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends:
        \"\"\"json
        Hello
        \"\"\"
      """
    Then it fails, saying:
      """
      Hello is not valid JSON: Unexpected token 'H', "Hello" is not valid JSON.
      Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}
      """

  Scenario: An unknown marker
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives {"id": "#strnig"}
      """
    Then it fails, saying:
      """
      "#strnig" is not a known marker. Did you mean #string? The markers are #string #number #boolean #array #object #null #notnull #present #notpresent #ignore #uuid #date-time #email #uri #[3] #regex ^a.*z$ #> 100 #>= 100 #< 100 #<= 100 #!= 100 #between 1 and 5 #contains lo #startsWith He #endsWith lo #/^he/i.
      For a text that begins with # write "#regex ^#strnig$".
      """

  Scenario: An unknown variable
    When this scenario runs:
      """
      Given Rob is connected
      And "order" stands for "12"
      When Rob sends "Hello ${oder}"
      """
    Then it fails, saying:
      """
      There is no variable ${oder}. Known: ${client}, ${now}, ${order}, ${timestamp}, ${uuid}, ${env.NAME}.
      Did you mean ${order}?
      """

  Scenario: A path that is none
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives a message with:
        | names[0 | Rob |
      """
    Then it fails, saying:
      """
      "names[0" is not a valid path: unclosed bracketed selection ('$.names[0':9). Write it like payload.message, items[0].colour, items[*].colour, ['first-name'] or /payload/message.
      """

  Scenario: A pattern in a path that is none
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives a message with:
        | names[?match(@.id, "\\\\d+")].name | Rob |
      """
    Then it fails, saying:
      """
      "names[?match(@.id, \"\\\\d+\")].name" is not a valid path: "\d+" is not a pattern that match knows, which are those of I-Regexp (RFC 9485): write [0-9] for \d, [A-Za-z0-9_] for \w, [$] for \$, ( for (?:. Write it like payload.message, items[0].colour, items[*].colour, ['first-name'] or /payload/message.
      """

  Scenario: A regular expression that is none
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives a message matching "(Hello"
      """
    Then it fails, saying:
      """
      "(Hello" is not a valid regular expression: Invalid regular expression: /(Hello/u: Unterminated group.
      """

  Scenario: A template that no message fits
    When this scenario runs:
      """
      Given phrases are received as:
        \"\"\"json
        {"payload": {"text": "${phrase}"}}
        \"\"\"
      And Rob is connected
      Then Rob receives "Rob has connected"
      """
    Then it fails, saying:
      """
      Rob did not receive "Rob has connected" within 300 ms.
      The only unread message is
        1  +1 ms  {"message":"Rob has connected"}
      Rob is connected to ws://server/?name=Rob.
      No unread message fits the template for received phrases, {"payload":{"text":"${phrase}"}}. Set it by «phrases are received as:» or by "phrases" in the settings.
      """

  Scenario: A template without a place for the phrase
    When this scenario runs:
      """
      Given phrases travel as:
        \"\"\"json
        {"message": "Hello"}
        \"\"\"
      """
    Then it fails, saying:
      """
      The template {"message":"Hello"} needs one place for the phrase. Write it like {"message": "${phrase}"}.
      """

  Scenario: An address that is none
    When this scenario runs:
      """
      Given the server is at "localhost:8080"
      When Rob connects
      """
    Then it fails, saying:
      """
      "localhost:8080" is not a valid address of a WebSocket server. Write it like ws://localhost:8080/chat or wss://example.org, without a # in it.
      """

  Scenario: Unknown and wrong settings
    Given these settings:
      """
      {"timout": "5s", "quiet": true, "phrases": {"send": "x"}, "timeout": "soon"}
      """
    When this scenario runs:
      """
      Given Rob is connected
      """
    Then it fails, saying:
      """
      The settings in worldParameters.websocket are wrong.
      "phrases.send" is not a known setting. Did you mean "sent"?
      "quiet" should be a duration, such as "5s" or 200, not true.
      "timout" is not a known setting. Did you mean "timeout"?
      """

  Scenario: A message that can only be expected
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends any message
      """
    Then it fails, saying:
      """
      «any message» can be expected, not sent: write the message itself.
      """

  Scenario: None at all, where there should be some
    When this feature runs:
      """
      Feature: None
        Background:
          Given Rob is connected
        Scenario: Sending
          When Rob sends "Hello" 0 times
        Scenario: Receiving
          Then Rob receives 0 messages
        Scenario: A crowd
          Given 0 listeners are connected
      """
    Then it fails, saying:
      """
      A message cannot be sent 0 times: write 1 to 100000.

      A client cannot wait for 0 messages: write 1 or more, or "receives nothing".

      A group cannot have 0 listeners: write 1 or more.
      """

  Scenario: Names that mean nobody, or several people
    When this feature runs:
      """
      Feature: Names
        Scenario: A pronoun
          When she sends "Hello"
        Scenario: Everyone
          When everyone sends "Hello"
        Scenario: A member of a group
          Given 2 guests are connected
          When every listener sends "Hello"
        Scenario: A group where one is asked for
          Given 2 guests are connected
          When the guests remember "id" as "order"
        Scenario: A group that is there already
          Given 2 guests are connected
          And 3 guests are connected
      """
    Then it fails, saying:
      """
      "she" means nobody: no sentence before this one named a client.

      "everyone" means nobody: no such client is connected now.

      There is no group with a listener in it. There are guests. Introduce it with: 100 listeners are connected

      "the guests" means 2 clients, and this sentence is about one: name it.

      There are 2 guests already. Call the others something else, or write: the guests …
      """

  Scenario: A table that does not fit its sentence
    When this feature runs:
      """
      Feature: Tables
        Background:
          Given Ann is connected
        Scenario: A column too many
          When Ann sends a message with:
            | user | name | Ann |
        Scenario: No values to send
          When Ann sends a message with:
            | user |
        Scenario: Several places for one value
          When Ann sends a message with:
            | users[*] | Ann |
        Scenario: Two messages in a row
          Then Ann receives these messages:
            | Hello | Ann |
        Scenario: What nobody brings along
          When Rob connects with:
            | heder | Authorization | Bearer rob123 |
        Scenario: A subprotocol with a blank
          When Rob connects with:
            | subprotocol | chat v2 |
        Scenario: A header that comes twice
          When Rob tries to connect with:
            | header | Authorization | Bearer rob123 |
            | header | Authorization | Bearer ann456 |
        Scenario: A header without a value
          When Ann requests "/orders" with:
            | Authorization |
        Scenario: No table
          When Ann requests "/orders" with:
      """
    Then it fails, saying:
      """
      A message's table has two columns, a path and a value: | payload.name | Rob |

      "user" has no value to send: the table needs a second column.

      "users[*]" means several places, and a value has one: write each in a row of its own.

      A table of messages has one column, with one message in each row.

      A client cannot connect with a "heder". Did you mean header? Write it like | header | Authorization | Bearer x |

      ws://server/?name=Rob cannot be connected to: An invalid or duplicated subprotocol was specified. The client offers: chat v2

      The header "Authorization" stands twice, and one of them would be lost: leave it out, or write both values in one.

      A request's table has two columns, a header and its value: | Authorization | Bearer x |
      or three, of which the first says what the others are:
        | header | Authorization | Bearer x |
        | query | page | 2 |
        | cookie | session | abc |
        | body | {"amount": 3} | |
        | member | order.amount | 3 |

      This sentence needs a doc string with the body below it, or a table of headers, with rows like
        | Authorization | Bearer x |
      """

  Scenario: A doc string of another kind
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends:
        \"\"\"xml
        <hello/>
        \"\"\"
      """
    Then it fails, saying:
      """
      A message cannot have the media type "xml": write json or text.
      """

  Scenario: What no connection can carry
    When this feature runs:
      """
      Feature: Too much
        Background:
          Given Rob is connected
        Scenario: A code that no connection is closed with
          When Rob disconnects with code 999
        Scenario: A code that no server closes with
          Then Rob is disconnected with code 99
        Scenario: A reason that is too long
          When Rob disconnects with code 4000 and reason "I have to go now: the train leaves in a minute, my coffee is cold, and everything that could be said has been said twice today."
        Scenario: Bytes that are none
          When Rob sends the bytes "hello"
        Scenario: A time that is too long
          When 1000 hours pass
      """
    Then it fails, saying:
      """
      A connection cannot be closed with code 999: write 1000 to 1003, 1007 to 1014, or 3000 to 4999.

      A connection is never closed with code 99: write one from 1000 to 4999.

      A reason for closing has room for 123 bytes; this one has 127.

      "hello" is not valid hexadecimal. Write two digits for each byte: "de ad be ef".

      1000 hours is too long: the longest duration is 24 days.
      """

  Scenario: Values that nobody can know
    When this feature runs:
      """
      Feature: Values
        Background:
          Given Rob is connected
        Scenario: A message without a reaction
          When Rob sends "I heard: ${received}"
        Scenario: A variable that the environment does not have
          When Rob sends "${env.NOT_THERE}"
      """
    Then it fails, saying:
      """
      ${received} is known in the answer of a reaction alone: when Rob receives … he sends …

      ${env.NOT_THERE}: the environment has no variable NOT_THERE.
      """

  Scenario: Nothing to remember
    When this feature runs:
      """
      Feature: Remembering
        Background:
          Given Rob is connected
        Scenario: Nothing was read
          When Rob remembers "order.id" as "order"
        Scenario: Nothing is there
          Then Rob receives "Rob has connected"
          When Rob remembers "order.id" as "order"
        Scenario: A variable of a variable
          Given "order" stands for "${oder}"
      """
    Then it fails, saying:
      """
      Rob has read no message yet, so there is nothing to remember.

      The message that Rob read last has nothing at "order.id": it is {"message":"Rob has connected"}

      There is no variable ${oder}. Known: ${now}, ${timestamp}, ${uuid}, ${env.NAME}.
      Introduce it with: "oder" stands for "…"
      """

  Scenario: A template for one direction without a place for the phrase
    When this feature runs:
      """
      Feature: Templates
        Scenario: Sent
          Given phrases are sent as:
            \"\"\"
            {"message": "Hello"}
            \"\"\"
        Scenario: Received
          Given phrases are received as:
            \"\"\"
            {"message": "Hello"}
            \"\"\"
      """
    Then it fails, saying:
      """
      The template {"message":"Hello"} needs one place for the phrase. Write it like {"message": "${phrase}"}.

      The template {"message":"Hello"} needs one place for the phrase. Write it like {"message": "${phrase}"}.
      """
