Feature: What is easily overlooked
  A check that cannot fail is worse than none: whom the server has thrown out, or what it sends beside the phrase,
  must not slip through.

  Scenario: Everyone is asked for, also whom the server has thrown out
    Given a server that disconnects whoever speaks, with 1000 "Bye"
    When this scenario runs:
      """
      Given Ann and Bob are connected
      When Bob sends "Hello"
      Then Bob is disconnected
      When Bob reconnects
      And Bob sends "Hello"
      And 100 ms pass
      Then everyone is still connected
      """
    Then it fails, saying:
      """
      Bob is not connected any more: Bob was disconnected by the server with 1000 "Bye".
      """

  Scenario: Others hear it, too, later than silence is watched for
    Given a server that tells everyone what somebody says, 150 ms later
    And these settings:
      """
      {"quiet": "50ms", "timeout": "3s"}
      """
    When this scenario runs:
      """
      Given Rob and Eve are connected
      When Rob sends "secret"
      Then only Rob receives "secret"
      """
    Then it fails, saying:
      """
      Eve should not receive "secret", but number 1 came.
      Unread
        1  +1 ms  {"message":"secret"}
      Eve is connected to ws://server/.
      """

  Scenario: Nobody received it, but somebody who has left had
    When this scenario runs:
      """
      Given Ann and Eve are connected
      When Ann sends "secret"
      And Ann sends "over"
      Then Eve receives "Ann: over"
      When Eve disconnects
      Then Ann receives "Ann: secret"
      And nobody else receives "Ann: secret"
      """
    Then it fails, saying:
      """
      Eve should not receive "Ann: secret", but number 2 came.
      Unread
        1  +1 ms  {"message":"Eve has connected"}
        2  +1 ms  {"message":"Ann: secret"}
      Eve has disconnected.
      """

  Scenario: A word stands beside the phrase
    Given a server that answers each message with the same
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends {"message": "Hi", "password": "secret"}
      Then Rob does not receive a message containing "secret"
      """
    Then it fails, saying:
      """
      Rob should not receive a message containing "secret", but number 1 came.
      Unread
        1  +1 ms  {"message": "Hi", "password": "secret"}
      Rob is connected to ws://server/.
      """

  Scenario: There is more in the message than the template
    Given a server that answers each message with the same
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends {"message": "Hi", "admin": true}
      Then Rob receives exactly:
        \"\"\"
        Hi
        \"\"\"
      """
    Then it fails, saying:
      """
      Rob did not receive exactly "Hi" within 300 ms.
      The only unread message is
        1  +1 ms  {"message": "Hi", "admin": true}
      Rob is connected to ws://server/.
      """

  Scenario: A name in "everyone but" that nobody has
    When this scenario runs:
      """
      Given Rob and Ann are connected
      Then everyone but Robb receives "Ann has connected"
      """
    Then it fails, saying:
      """
      There is no client Robb in this scenario yet. Known: Rob and Ann. Did you mean Rob?
      """

  Scenario: The connection is gone and no sentence speaks of it
    Given a server that answers with an unfinished message and cuts the line
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      And 100 ms pass
      """
    Then it fails, saying:
      """
      Rob was disconnected by the server without a closing handshake (1006).
      No sentence says so. If it is right, write: Rob is disconnected
      """

  Scenario: A bracket is missing in the middle of a sentence
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives {"type": "order" within 1 second
      """
    Then it fails, saying:
      """
      {"type": "order" is not valid JSON: Expected ',' or '}' after property value in JSON at position 16.
      Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}
      """

  Scenario: A connection is still open, but will not be for long
    Given a server that disconnects whoever speaks, with 1008 "Nonsense"
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      Then Rob is still connected
      """
    Then it fails, saying:
      """
      Rob is not connected any more: Rob was disconnected by the server with 1008 "Nonsense".
      """

  Scenario: The words are there, but not where phrases stand
    Given a server that says "Hello" to everyone who comes
    When this feature runs:
      """
      Feature: Bare words
        Scenario: Expected
          When Rob connects
          Then Rob receives "Hello"
        Scenario: Denied
          When Rob connects
          Then Rob does not receive "Hello"
      """
    Then it fails, saying:
      """
      Rob did not receive "Hello" within 300 ms.
      The only unread message is
        1  +1 ms  Hello
      Rob is connected to ws://server/.
      No unread message fits the template for received phrases, {"message":"${phrase}"}. Set it by «phrases are received as:» or by "phrases" in the settings. To expect number 1 as it is, write it below the sentence, as a doc string of the type text.

      Rob should not receive "Hello", but number 1 came.
      Unread
        1  +1 ms  Hello
      Rob is connected to ws://server/.
      """

  Scenario: What must not come, comes in a binary message
    Given a server that answers each message with the same
    When this feature runs:
      """
      Feature: Bytes
        Background:
          Given Rob is connected
          When Rob sends the bytes "7b 22 61 22 3a 31 7d"
        Scenario: JSON
          Then Rob does not receive {"a": 1}
        Scenario: A part of a text
          Then nobody receives a message containing "a"
      """
    Then it fails, saying:
      """
      Rob should not receive {"a":1}, but number 1 came.
      Unread
        1  +1 ms  bytes 7b2261223a317d
      Rob is connected to ws://server/.

      Rob should not receive a message containing "a", but number 1 came.
      Unread
        1  +1 ms  bytes 7b2261223a317d
      Rob is connected to ws://server/.
      """

  Scenario: A rule about somebody who never comes
    When this feature runs:
      """
      Feature: Names
        Background:
          Given Rob is connected
        Scenario: Misspelt
          Given whenever Rbo receives "Hello" he sends "Hi"
        Scenario: Forgotten
          Given the waiter ignores {"type": "heartbeat"}
      """
    Then it fails, saying:
      """
      Rbo never connected, so that no rule about Rbo could do anything. Did you mean Rob?

      waiter never connected, so that no rule about waiter could do anything. Write: the waiter is connected
      """

  Scenario: A pronoun that means somebody else
    When this feature runs:
      """
      Feature: Pronouns
        Scenario: The first person
          Given when Rob receives "Hello" I send "Hi"
        Scenario: Somebody beside the first person
          Given when I receive "Hello" she sends "Hi"
        Scenario: One of several
          Given when Ann and Bob receive "Hello" she sends "Hi"
      """
    Then it fails, saying:
      """
      "I" does not mean whom this rule is about: write he, she, it or they.

      "she" does not mean whom this rule is about: write I.

      "she" does not mean whom this rule is about: write they.
      """

  Scenario: An echo after everyone else has received it
    Given a server that tells everyone what somebody says, 0 ms later
    When this feature runs:
      """
      Feature: Echo
        Background:
          Given Ann, Bob and Rob are connected
          When Rob sends "Hello"
        Scenario: Everyone else
          Then everyone else receives "Hello"
          And nobody else receives "Hello"
        Scenario: Everyone but one
          Then everyone but Rob receives "Hello"
          And nobody else receives "Hello"
      """
    Then it fails, saying:
      """
      Rob should not receive "Hello", but number 1 came.
      Unread
        1  +1 ms  {"message":"Hello"}
      Rob is connected to ws://server/.

      Rob should not receive "Hello", but number 1 came.
      Unread
        1  +1 ms  {"message":"Hello"}
      Rob is connected to ws://server/.
      """

  Scenario: A longer number than the one that is to be printed
    Given these settings:
      """
      {"timeout": "2s", "commands": {"count": "node -e \"console.log('Jobs done: 12')\""}}
      """
    When this scenario runs:
      """
      When the "count" command runs
      Then the command prints "Jobs done: 1"
      """
    Then it fails, saying:
      """
      The command "count" should print "Jobs done: 1".
      The last that it printed was
        Jobs done: 12
      """

  Scenario: A reaction has requested something meanwhile
    Given a server that answers each request with "fine"
    When this scenario runs:
      """
      Given Rob is connected
      When Rob receives "go" he requests "/reaction"
      Then the response status is 200
      """
    Then it fails, saying:
      """
      There is no response: no sentence has requested anything yet, and the responses to reactions are not kept. Write before this: Rob requests "GET /orders"
      """

  Scenario: A name that no variable can have, and a place that is several
    Given a server that answers each message with the same
    When this feature runs:
      """
      Feature: Variables
        Scenario: Reserved
          Given "client" stands for "Bob"
        Scenario: Always known
          Given "uuid" stands for "A"
        Scenario: Remembered as what is always known
          Given Rob is connected
          When Rob sends {"id": 7}
          And Rob receives any message
          And Rob remembers "id" as "now"
        Scenario: Braces
          Given "${room}" stands for "kitchen"
        Scenario: Several places
          Given Rob is connected
          When Rob sends {"items": [{"id": 1}, {"id": 2}]}
          And Rob receives any message
          And Rob remembers "items[*].id" as "id"
      """
    Then it fails, saying:
      """
      "client" cannot be the name of a variable: ${client} has a meaning of its own.

      "uuid" cannot be the name of a variable: ${uuid} has a meaning of its own.

      "now" cannot be the name of a variable: ${now} has a meaning of its own.

      "${room}" cannot be the name of a variable: write a name without braces, such as "room".

      The message that Rob read last has 2 values at "items[*].id", and one is to be remembered: name its place.
      """

  Scenario: A request that is none
    When this scenario runs:
      """
      When Rob requests "FOO BAR BAZ"
      """
    Then it fails, saying:
      """
      "FOO BAR BAZ" is not a valid request: write a method and an address, such as "POST /orders".
      """

  Scenario: A message for one client that goes to another one, too
    Given a server that tells everyone what somebody says, 0 ms later
    When this scenario runs:
      """
      Given phrases are received as:
        \"\"\"
        {"to": "${client}", "text": "${phrase}"}
        \"\"\"
      And Rob and Ann are connected
      When Rob sends {"to": "Rob", "text": "secret"}
      Then only Rob receives "secret"
      """
    Then it fails, saying:
      """
      Ann should not receive "secret", but number 1 came.
      Unread
        1  +1 ms  {"to": "Rob", "text": "secret"}
      Ann is connected to ws://server/.
      """

  Scenario: Words that JSON writes with escapes
    Given a server that answers each message with the same
    When this feature runs:
      """
      Feature: Escapes
        Background:
          Given Rob is connected
          When Rob sends {"message": "Hi", "user": "Zo\u00eb \"the boss\"", "link": "http:\/\/x"}
        Scenario: Letters
          Then Rob does not receive a message containing "Zoë"
        Scenario: Quotes
          Then Rob does not receive a message containing 'the "boss"'
          Then Rob does not receive a message containing '"the boss"'
        Scenario: Slashes
          Then Rob does not receive a message matching "http://x"
      """
    Then it fails, saying:
      """
      Rob should not receive a message containing "Zoë", but number 1 came.
      Unread
        1  +1 ms  {"message": "Hi", "user": "Zoë \"the boss\"", "link": "http:\/\/x"}
      Rob is connected to ws://server/.

      Rob should not receive a message containing ""the boss"", but number 1 came.
      Unread
        1  +1 ms  {"message": "Hi", "user": "Zoë \"the boss\"", "link": "http:\/\/x"}
      Rob is connected to ws://server/.

      Rob should not receive a message matching "http://x", but number 1 came.
      Unread
        1  +1 ms  {"message": "Hi", "user": "Zoë \"the boss\"", "link": "http:\/\/x"}
      Rob is connected to ws://server/.
      """

  Scenario: A text that is empty
    Given a server that answers each message with the same
    When this feature runs:
      """
      Feature: Nothing
        Scenario: Received
          Given Rob is connected
          And "name" stands for ""
          When Rob sends "Hello"
          Then Rob receives a message containing "${name}"
      """
    Then it fails, saying:
      """
      An empty text stands in everything: write what is expected, and see which variables are empty.
      """

  Scenario: Of two refusals only one is told
    Given a server that lets nobody in, with status 500
    When this scenario runs:
      """
      When Rob tries to connect
      And Rob tries to connect
      Then Rob is refused
      """
    Then it fails, saying:
      """
      Rob was refused by ws://server/ with status 500 No: "Who are you?".
      No sentence says so. If it is right, write: Rob is refused
      """

  Scenario: Bytes that must not come, come as a text
    Given a server that answers each message with the same
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends:
        \"\"\"text
        abc
        \"\"\"
      Then Rob does not receive the bytes "61 62 63"
      """
    Then it fails, saying:
      """
      Rob should not receive the bytes "61 62 63", but number 1 came.
      Unread
        1  +1 ms  abc
      Rob is connected to ws://server/.
      """

  Scenario: Variables in what a server closes with
    Given a server that disconnects whoever speaks, with 4001 "Bye, Rob"
    When this scenario runs:
      """
      Given "name" stands for "Rob"
      And Rob is connected
      When Rob sends "Hello"
      Then Rob is disconnected with code 4001 and reason "Bye, ${name}"
      """
    Then it passes
