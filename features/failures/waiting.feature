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
      Rob should receive exactly the 1 listed before "Rob: Hello", but received 1: number 1 is not "Rob is here".
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
