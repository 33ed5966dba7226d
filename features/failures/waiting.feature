Feature: What a failed expectation says
  Whoever reads a failure was not there. It says who lacked what and within how long, what came instead,
  how the connection is, and which reactions still wait. In these runs an expectation waits 300 ms.

  Scenario: Nothing came at all
    Given a server that answers each message with the same
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives "Hello"
      """
    Then it fails, saying:
      """
      Rob did not receive "Hello" within 300 ms.
      Rob has received no message at all.
      Rob is connected to ws://server/.
      """

  Scenario: Something close came
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hullo"
      Then Rob receives "Rob: Hello"
      """
    Then it fails, saying:
      """
      Rob did not receive "Rob: Hello" within 300 ms.
      The closest of 2 unread messages is
        2  +1 ms  {"message":"Rob: Hullo"}
      Also unread
        1  +1 ms  {"message":"Rob has connected"}
      Rob is connected to ws://server/?name=Rob.
          + expected - actual

          -Rob: Hullo
          +Rob: Hello
      """

  Scenario: A null came
    Given a server that answers each message with the same
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends {"type": "order", "by": null}
      Then Rob receives {"type": "order", "by": "Rob"}
      """
    Then it fails, saying:
      """
      Rob did not receive {"type":"order","by":"Rob"} within 300 ms.
      The only unread message is
        1  +1 ms  {"type": "order", "by": null}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "by": null
          +  "by": "Rob"
             "type": "order"
           }
      """

  Scenario: JSON came that differs in one member
    Given a server that answers each message with the same
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends {"type": "order", "price": 12, "placed": "2026-11-21"}
      Then Rob receives {"type": "order", "price": 13, "placed": "#string"}
      """
    Then it fails, saying:
      """
      Rob did not receive {"type":"order","price":13,"placed":"#string"} within 300 ms.
      The only unread message is
        1  +1 ms  {"type": "order", "price": 12, "placed": "2026-11-21"}
      Rob is connected to ws://server/.
          + expected - actual

           {
             "placed": "2026-11-21"
          -  "price": 12
          +  "price": 13
             "type": "order"
           }
      """

  Scenario: Only some of a list came
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives these messages:
        | Rob has connected |
        | Ann has connected |
      """
    Then it fails, saying:
      """
      Rob did not receive these messages in this order within 300 ms.
        received  "Rob has connected"
        missing   "Ann has connected"
      Unread
        1  +1 ms  {"message":"Rob has connected"}
      Rob is connected to ws://server/?name=Rob.
      """

  Scenario: The message had been read before
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives "Rob has connected"
      And Rob receives "Rob has connected"
      """
    Then it fails, saying:
      """
      Rob did not receive "Rob has connected" within 300 ms.
      No message is unread: Rob has read the only one that came.
      Rob is connected to ws://server/?name=Rob.
      Rob had received it before, as number 1, and a sentence had read it.
      """

  Scenario: Somebody else received it
    When this scenario runs:
      """
      Given Rob is connected
      And Ann is connected
      Then Ann receives "Rob has connected"
      """
    Then it fails, saying:
      """
      Ann did not receive "Rob has connected" within 300 ms.
      The only unread message is
        1  +1 ms  {"message":"Ann has connected"}
      Ann is connected to ws://server/?name=Ann.
      Rob has received it.
          + expected - actual

          -Ann has connected
          +Rob has connected
      """

  Scenario: Another message came next
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob's next message is "Ann has connected"
      """
    Then it fails, saying:
      """
      Rob should receive "Ann has connected" as the next message, but number 1 is the next.
      Unread
        1  +1 ms  {"message":"Rob has connected"}
      Rob is connected to ws://server/?name=Rob.
          + expected - actual

          -Rob has connected
          +Ann has connected
      """

  Scenario: The server closed the connection while somebody waited
    Given a server that disconnects whoever speaks, with 4001 "Kicked"
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      Then Rob receives "Hello"
      """
    Then it fails, saying:
      """
      Rob did not receive "Hello": Rob was disconnected by the server with 4001 "Kicked".
      Rob has received no message at all.
      """

  Scenario: Silence was broken
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives nothing
      """
    Then it fails, saying:
      """
      Rob should receive nothing, but number 1 came.
      Unread
        1  +1 ms  {"message":"Rob has connected"}
      Rob is connected to ws://server/?name=Rob.
      """

  Scenario: An unwanted message came first
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives "Rob: Hello" without receiving "Rob has connected"
      """
    Then it fails, saying:
      """
      Rob should receive "Rob: Hello" without "Rob has connected", but number 1 came first.
      Unread
        1  +1 ms  {"message":"Rob has connected"}
      Rob is connected to ws://server/?name=Rob.
      """

  Scenario: More came than was listed
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      Then Rob receives exactly these messages before "Rob: Hello":
        | Rob is here |
      """
    Then it fails, saying:
      """
      Rob should receive exactly these messages before "Rob: Hello", but number 1 is not "Rob is here".
      Unread
        1  +1 ms  {"message":"Rob has connected"}
        2  +1 ms  {"message":"Rob: Hello"}
      Rob is connected to ws://server/?name=Rob.
          + expected - actual

          -Rob has connected
          +Rob is here
      """

  Scenario: Several people lacked a message
    When this scenario runs:
      """
      Given 3 listeners are connected
      Then every listener receives "listener-1 has connected"
      """
    Then it fails, saying:
      """
      listener-2 did not receive "listener-1 has connected" within 300 ms.
      The closest of 2 unread messages is
        1  +1 ms  {"message":"listener-2 has connected"}
      Also unread
        2  +1 ms  {"message":"listener-3 has connected"}
      listener-2 is connected to ws://server/?name=listener-2.
      listener-1 has received it.
      1 other of 3 failed too:
        listener-3 did not receive "listener-1 has connected" within 300 ms.
          + expected - actual

          -listener-2 has connected
          +listener-1 has connected
      """

  Scenario: Nobody can hear anything on a connection that is closed
    When this scenario runs:
      """
      Given Rob is connected
      When Rob disconnects
      Then Rob does not receive "Hello"
      """
    Then it fails, saying:
      """
      Rob has disconnected, and so could not receive anything.
      Unread
        1  +1 ms  {"message":"Rob has connected"}
      """

  Scenario: However a message is written, the failure says what was asked for and what came
    Given a server that answers each message with the same
    When this feature runs:
      """
      Feature: What came says Hullo to Ann
        Background:
          Given Rob is connected
          When Rob sends {"message": "Hullo", "to": "Ann"}
        Scenario: A part of it
          Then Rob receives a message containing "Hello"
        Scenario: A pattern
          Then Rob receives a message matching "^He"
        Scenario: JSON of several lines
          Then Rob receives:
            \"\"\"
            {
              "to": "Bob"
            }
            \"\"\"
        Scenario: JSON and nothing else
          Then Rob receives exactly:
            \"\"\"
            {"message": "Hullo"}
            \"\"\"
        Scenario: A table of paths and values
          Then Rob receives a message with:
            | message | Hullo    |
            | to      | Bob      |
            | from    | #present |
      """
    Then it fails, saying:
      """
      Rob did not receive a message containing "Hello" within 300 ms.
      The only unread message is
        1  +1 ms  {"message": "Hullo", "to": "Ann"}
      Rob is connected to ws://server/.

      Rob did not receive a message matching "^He" within 300 ms.
      The only unread message is
        1  +1 ms  {"message": "Hullo", "to": "Ann"}
      Rob is connected to ws://server/.

      Rob did not receive {"to":"Bob"} within 300 ms.
      The only unread message is
        1  +1 ms  {"message": "Hullo", "to": "Ann"}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "to": "Ann"
          +  "to": "Bob"
           }

      Rob did not receive exactly {"message":"Hullo"} within 300 ms.
      The only unread message is
        1  +1 ms  {"message": "Hullo", "to": "Ann"}
      Rob is connected to ws://server/.
          + expected - actual

           {
             "message": "Hullo"
          -  "to": "Ann"
           }

      Rob did not receive a message with message "Hullo", to "Bob", from present within 300 ms.
      The only unread message is
        1  +1 ms  {"message": "Hullo", "to": "Ann"}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "to": "Ann"
          +  "from": "#present"
          +  "to": "Bob"
           }
      """

  Scenario: A message that stands in a file is not the one that came
    Given a server that answers each message with the same
    And a file "place order.json":
      """
      {"type": "order", "pieces": 2}
      """
    And a file "order.schema.json":
      """
      {"properties": {"pieces": {"type": "integer"}}, "required": ["by"]}
      """
    And these settings:
      """
      {"messages": "."}
      """
    When this feature runs:
      """
      Feature: Orders
        Background:
          Given Rob is connected
          When Rob sends {"type": "order", "pieces": "two"}
        Scenario: A message by its name
          Then Rob receives the "place order" message
        Scenario: A message by its name, with other values
          Then Rob receives the "place order" message with:
            | pieces | #number |
        Scenario: A schema
          Then Rob receives a message valid against "order.schema.json"
      """
    Then it fails, saying:
      """
      Rob did not receive the "place order" message within 300 ms.
      The only unread message is
        1  +1 ms  {"type": "order", "pieces": "two"}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "pieces": "two"
          +  "pieces": 2
             "type": "order"
           }

      Rob did not receive the "place order" message with pieces #number within 300 ms.
      The only unread message is
        1  +1 ms  {"type": "order", "pieces": "two"}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "pieces": "two"
          +  "pieces": "#number"
             "type": "order"
           }

      Rob did not receive a message valid against "order.schema.json" within 300 ms.
      The only unread message is
        1  +1 ms  {"type": "order", "pieces": "two"}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "/pieces": "two"
          +  "/by": "must have required property 'by'"
          +  "/pieces": "must be integer"
           }
      """

  Scenario: Binary messages differ
    Given a server that answers each message with the same
    And a file "logo.svg":
      """
      <svg/>
      """
    When this feature runs:
      """
      Feature: Binary messages
        Background:
          Given Rob is connected
          When Rob sends the bytes "de ad"
        Scenario: Bytes
          Then Rob receives the bytes "de ad be ef"
        Scenario: A file
          Then Rob receives the file "logo.svg"
      """
    Then it fails, saying:
      """
      Rob did not receive the bytes "de ad be ef" within 300 ms.
      The only unread message is
        1  +1 ms  bytes dead
      Rob is connected to ws://server/.
          + expected - actual

          -dead
          +deadbeef

      Rob did not receive the file "logo.svg" within 300 ms.
      The only unread message is
        1  +1 ms  bytes dead
      Rob is connected to ws://server/.
          + expected - actual

          -dead
          +3c7376672f3e
      """

  Scenario: Nothing of what was waited for came in time
    Given a server that answers each message with the same
    When this feature runs:
      """
      Feature: Nothing comes
        Background:
          Given Rob is connected
        Scenario: In a time of its own
          Then Rob receives "Hello" within 50 ms
        Scenario: Whatever it is
          Then Rob receives any message
        Scenario: The next one
          Then Rob's next message is "Hello"
        Scenario: To catch up with
          Then Rob has caught up with "Hello"
        Scenario: So many
          When Rob sends "Hello"
          Then Rob receives 2 messages
        Scenario: For one alone
          Then only Rob receives "Hello"
        Scenario: To be silent before
          Then Rob receives nothing before "Hello"
        Scenario: To come without another
          Then Rob receives "Hello" without receiving "Bye"
      """
    Then it fails, saying:
      """
      Rob did not receive "Hello" within 50 ms.
      Rob has received no message at all.
      Rob is connected to ws://server/.

      Rob did not receive any message within 300 ms.
      Rob has received no message at all.
      Rob is connected to ws://server/.

      Rob did not receive "Hello" as the next message within 300 ms.
      Rob has received no message at all.
      Rob is connected to ws://server/.

      Rob did not receive "Hello" within 300 ms.
      Rob has received no message at all.
      Rob is connected to ws://server/.

      Rob did not receive 2 messages within 300 ms.
        received 1 of 2
      Unread
        1  +1 ms  {"message":"Hello"}
      Rob is connected to ws://server/.

      Rob did not receive "Hello" within 300 ms.
      Rob has received no message at all.
      Rob is connected to ws://server/.

      Rob did not receive "Hello" within 300 ms.
      Rob has received no message at all.
      Rob is connected to ws://server/.

      Rob did not receive "Hello" within 300 ms.
      Rob has received no message at all.
      Rob is connected to ws://server/.
      """

  Scenario: Only some of a list came, in whatever order, or something came between
    Given a server that answers each message with the same
    When this feature runs:
      """
      Feature: Lists
        Background:
          Given Rob is connected
          When Rob sends "One"
          And Rob sends "Two"
          And Rob sends "Three"
        Scenario: In any order
          Then Rob receives these messages in any order:
            | Four |
            | One  |
        Scenario: Without a gap
          Then Rob receives exactly these messages:
            | One   |
            | Three |
      """
    Then it fails, saying:
      """
      Rob did not receive these messages in any order within 300 ms.
        missing   "Four"
        received  "One"
      Unread
        1  +1 ms  {"message":"One"}
        2  +1 ms  {"message":"Two"}
        3  +1 ms  {"message":"Three"}
      Rob is connected to ws://server/.

      Rob did not receive exactly these messages, and none between, within 300 ms.
        received  "One"
        missing   "Three": number 2 came in its place
      Unread
        1  +1 ms  {"message":"One"}
        2  +1 ms  {"message":"Two"}
        3  +1 ms  {"message":"Three"}
      Rob is connected to ws://server/.
      """

  Scenario: More or less came before the closing message, or the closing message did not come
    Given a server that answers each message with the same
    When this feature runs:
      """
      Feature: Up to a closing message
        Background:
          Given Rob is connected
          When Rob sends "One"
          And Rob sends "Two"
        Scenario: One too many
          When Rob sends "Over"
          Then Rob receives exactly these messages before "Over":
            | One |
        Scenario: One is missing
          When Rob sends "Over"
          Then Rob receives exactly these messages before "Over":
            | One   |
            | Two   |
            | Three |
        Scenario: No end
          Then Rob receives exactly these messages before "Over":
            | One |
            | Two |
      """
    Then it fails, saying:
      """
      Rob should receive exactly these messages before "Over", but number 2 is one too many.
      Unread
        1  +1 ms  {"message":"One"}
        2  +1 ms  {"message":"Two"}
        3  +1 ms  {"message":"Over"}
      Rob is connected to ws://server/.

      Rob should receive exactly these messages before "Over", but "Three" is missing.
      Unread
        1  +1 ms  {"message":"One"}
        2  +1 ms  {"message":"Two"}
        3  +1 ms  {"message":"Over"}
      Rob is connected to ws://server/.

      Rob did not receive "Over" within 300 ms.
      The closest of 2 unread messages is
        1  +1 ms  {"message":"One"}
      Also unread
        2  +1 ms  {"message":"Two"}
      Rob is connected to ws://server/.
          + expected - actual

          -One
          +Over
      """

  Scenario: Silence was broken, however it was asked for
    Given a server that answers each message with the same
    When this feature runs:
      """
      Feature: Silence
        Background:
          Given Rob is connected
          When Rob sends "One"
        Scenario: For a time of its own
          Then Rob receives nothing for 50 ms
        Scenario: Nothing else
          When Rob sends "Two"
          Then Rob receives "Two"
          And Rob receives nothing else
        Scenario: Nothing before
          Then Rob receives nothing before "Two"
        Scenario: Not this one
          Then Rob does not receive "One"
        Scenario: Not this one, for a time of its own
          Then Rob does not receive "One" for 50 ms
        Scenario: Nobody
          Given Ann is connected
          Then nobody receives "One"
      """
    Then it fails, saying:
      """
      Rob should receive nothing, but number 1 came.
      Unread
        1  +1 ms  {"message":"One"}
      Rob is connected to ws://server/.

      Rob should receive nothing else, but number 1 came.
      Unread
        1  +1 ms  {"message":"One"}
      Rob is connected to ws://server/.

      Rob should receive nothing before "Two", but number 1 came first.
      Unread
        1  +1 ms  {"message":"One"}
      Rob is connected to ws://server/.

      Rob should not receive "One", but number 1 came.
      Unread
        1  +1 ms  {"message":"One"}
      Rob is connected to ws://server/.

      Rob should not receive "One", but number 1 came.
      Unread
        1  +1 ms  {"message":"One"}
      Rob is connected to ws://server/.

      Rob should not receive "One", but number 1 came.
      Unread
        1  +1 ms  {"message":"One"}
      Rob is connected to ws://server/.
      """

  Scenario: Nobody is there to be silent
    When this scenario runs:
      """
      Then nobody receives "Hello"
      """
    Then it fails, saying:
      """
      Nobody has connected yet, so nobody could receive anything.
      """
