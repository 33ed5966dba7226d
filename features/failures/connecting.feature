Feature: What a connection that fails says
  «Refused with 401», «nothing listens there» and «no answer» are different answers to a tester's question.

  Scenario: The server refuses
    Given a server that lets nobody in, with status 401
    When this scenario runs:
      """
      Given Rob is connected
      """
    Then it fails, saying:
      """
      Rob was refused by ws://server/ with status 401 No: "Who are you?".
      """

  Scenario: The server refuses for another reason than expected
    Given a server that lets nobody in, with status 403
    When this scenario runs:
      """
      When Rob tries to connect
      Then Rob is refused with status 401
      """
    Then it fails, saying:
      """
      Rob should be refused with status 401, but was refused by ws://server/ with status 403 No: "Who are you?".
          + expected - actual

          -403
          +401
      """

  Scenario: The server lets in whom it should refuse
    When this scenario runs:
      """
      When Rob tries to connect
      Then Rob is refused
      """
    Then it fails, saying:
      """
      Rob was not refused: Rob is connected to ws://server/?name=Rob.
      Unread
        1  +1 ms  {"message":"Rob has connected"}
      """

  Scenario: Nothing listens there
    When this scenario runs:
      """
      When Rob connects to "ws://127.0.0.1:1/"
      """
    Then it fails, saying:
      """
      Rob could not connect to ws://server/: nothing listens there (ECONNREFUSED).
      """

  Scenario: The server disconnects with another code
    Given a server that disconnects whoever speaks, with 4001 "Kicked"
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      Then Rob is disconnected with code 1000
      """
    Then it fails, saying:
      """
      Rob should be disconnected with 1000 "Kicked", but was disconnected with 4001 "Kicked".
          + expected - actual

           {
          -  "code": 4001
          +  "code": 1000
             "reason": "Kicked"
           }
      """

  Scenario: The server does not disconnect
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob is disconnected
      """
    Then it fails, saying:
      """
      Rob was not disconnected by the server within 300 ms: Rob is connected to ws://server/?name=Rob.
      Unread
        1  +1 ms  {"message":"Rob has connected"}
      """

  Scenario: The connection is lost in the middle of a message
    Given a server that answers with an unfinished message and cuts the line
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      Then Rob receives "Hello"
      """
    Then it fails, saying:
      """
      Rob did not receive "Hello": Rob was disconnected by the server without a closing handshake (1006).
      Rob has received no message at all.
      """

  Scenario: The server sends garbage, and the run goes on
    Given a server that answers with garbage
    When this feature runs:
      """
      Feature: Two scenarios
        Scenario: With garbage
          Given Rob is connected
          When Rob sends "Hello"
          And Rob receives a pong
        Scenario: Without
          Given Rob is connected
          Then Rob is still connected
      """
    Then it fails, saying:
      """
      Rob did not receive a pong: Rob lost the connection to ws://server/: the server broke the WebSocket protocol: Invalid WebSocket frame: invalid opcode 3.
      """
    And 1 scenario of it passed

  Scenario: A connection breaks and no sentence speaks of it
    Given a server that answers with garbage
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      And 100 ms pass
      """
    Then it fails, saying:
      """
      Rob lost the connection to ws://server/: the server broke the WebSocket protocol: Invalid WebSocket frame: invalid opcode 3.
      """
