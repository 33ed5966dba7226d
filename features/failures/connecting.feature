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
      Rob should be disconnected with 1000, but was disconnected with 4001 "Kicked".
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

  Scenario: However somebody comes, they may be refused
    Given a server that lets nobody in, with status 503
    When this feature runs:
      """
      Feature: Nobody is let in
        Scenario: To an address of their own
          Given Rob is connected to "/lobby"
        Scenario: With a header
          When Rob connects with:
            | header | Authorization | Bearer rob123 |
        Scenario: With a header, to an address of their own
          When Rob connects to "/lobby" with:
            | header | Authorization | Bearer rob123 |
        Scenario: A crowd
          Given 1 guest is connected
        Scenario: A crowd in one room
          Given 1 guest is connected to "/lobby"
      """
    Then it fails, saying:
      """
      Rob was refused by ws://server/lobby with status 503 No: "Who are you?".

      Rob was refused by ws://server/ with status 503 No: "Who are you?".

      Rob was refused by ws://server/lobby with status 503 No: "Who are you?".

      guest-1 was refused by ws://server/ with status 503 No: "Who are you?".

      guest-1 was refused by ws://server/lobby with status 503 No: "Who are you?".
      """

  Scenario: Whoever tries to connect may be refused, but not left without an answer
    When this feature runs:
      """
      Feature: Nothing listens there
        Scenario: Somebody tries
          When Rob tries to connect to "ws://127.0.0.1:1/"
        Scenario: Somebody tries with a header
          When Rob tries to connect to "ws://127.0.0.1:1/lobby" with:
            | header | Authorization | Bearer rob123 |
      """
    Then it fails, saying:
      """
      Rob could not connect to ws://server/: nothing listens there (ECONNREFUSED).

      Rob could not connect to ws://server/lobby: nothing listens there (ECONNREFUSED).
      """

  Scenario: Whoever is connected does not connect again
    When this feature runs:
      """
      Feature: Connected already
        Background:
          Given Rob is connected
        Scenario: Somebody connects
          When Rob connects
        Scenario: Somebody tries to connect
          When Rob tries to connect
        Scenario: Somebody is elsewhere
          Given Rob is connected to "/?name=Robert"
        Scenario: Somebody brings something else
          When Rob connects with:
            | header | Authorization | Bearer x |
      """
    Then it fails, saying:
      """
      Rob is connected already, to ws://server/?name=Rob. To connect again write: Rob reconnects

      Rob is connected already, to ws://server/?name=Rob. To connect again write: Rob reconnects

      Rob is connected already, to ws://server/?name=Rob. Write before this: Rob disconnects

      Rob is connected already, to ws://server/?name=Rob, with other headers. Write before this: Rob disconnects
      """

  Scenario: The place of whoever comes back is taken
    When this scenario runs:
      """
      Given Rob is connected
      When Rob disconnects
      And Robert connects to "/?name=Rob"
      And Rob reconnects
      """
    Then it fails, saying:
      """
      Rob was refused by ws://server/?name=Rob with status 409 Conflict: "Somebody of that name is here already.".
      """

  Scenario: Another subprotocol, or none
    Given a server that chooses the subprotocol "chat.v1"
    When this feature runs:
      """
      Feature: Subprotocols
        Scenario: Another one
          When Rob connects with:
            | subprotocol | chat.v1 |
            | subprotocol | chat.v2 |
          Then Rob speaks the subprotocol "chat.v2"
        Scenario: None
          When Rob connects
          Then Rob speaks the subprotocol "chat.v2"
      """
    Then it fails, saying:
      """
      Rob should speak the subprotocol "chat.v2", but "chat.v1" was agreed on.
          + expected - actual

          -chat.v1
          +chat.v2

      Rob should speak the subprotocol "chat.v2", but none was agreed on.
          + expected - actual

          +chat.v2
      """

  Scenario: The end of the connection is another one than expected
    Given a server that disconnects whoever speaks, with 4001 "Kicked"
    When this feature runs:
      """
      Feature: Ends
        Background:
          Given Rob is connected
        Scenario: Another reason
          When Rob sends "Hello"
          Then Rob is disconnected with code 4001 and reason "Bye"
        Scenario: Not in time
          Then Rob is disconnected within 50 ms
        Scenario: Not by the server
          When Rob disconnects
          Then Rob is disconnected
      """
    Then it fails, saying:
      """
      Rob should be disconnected with 4001 "Bye", but was disconnected with 4001 "Kicked".
          + expected - actual

           {
             "code": 4001
          -  "reason": "Kicked"
          +  "reason": "Bye"
           }

      Rob was not disconnected by the server within 50 ms: Rob is connected to ws://server/.

      Rob was not disconnected by the server: Rob has disconnected.
      """

  Scenario: Silence after an end that no sentence has reported, and an unread message after one that a sentence has
    Given a server that disconnects whoever speaks, with 4003 "Go away"
    When this feature runs:
      """
      Feature: Silence
        Scenario: Nobody says that it ended
          Given Rob is connected
          When Rob sends "Hello"
          Then Rob receives nothing else
        Scenario: Somebody does
          Given Rob is connected
          When Rob sends "Hello"
          Then Rob is disconnected
          And Rob receives nothing else
      """
    Then it fails, saying:
      """
      Rob was disconnected by the server with 4003 "Go away", and so could not receive anything.
      Rob has received no message at all.
      """
    And 1 scenario of it passed

  Scenario: Whoever has left can do nothing any more
    When this feature runs:
      """
      Feature: Rob has left
        Background:
          Given Rob is connected
          When Rob disconnects
        Scenario: Speaking
          When Rob sends "Hello"
        Scenario: Pinging
          When Rob pings the server
        Scenario: Leaving
          When Rob disconnects
        Scenario: Being cut off
          When Rob loses the connection
        Scenario: Staying
          Then Rob is still connected
      """
    Then it fails, saying:
      """
      Rob cannot send: Rob has disconnected. To connect again write: Rob reconnects

      Rob cannot ping: Rob has disconnected. To connect again write: Rob reconnects

      Rob cannot disconnect: Rob has disconnected. To connect again write: Rob reconnects

      Rob cannot lose the connection: Rob has disconnected. To connect again write: Rob reconnects

      Rob is not connected any more: Rob has disconnected.
      Unread
        1  +1 ms  {"message":"Rob has connected"}
      """

  Scenario: Whom the server has thrown out stays outside until a sentence says otherwise
    Given a server that disconnects whoever speaks, with 4001 "Kicked"
    When this feature runs:
      """
      Feature: Rob was thrown out
        Background:
          Given Rob is connected
          When Rob sends "Hello"
          Then Rob is disconnected
        Scenario: Speaking
          When Rob sends "Hello again"
        Scenario: Being there as before
          Given Rob is connected
      """
    Then it fails, saying:
      """
      Rob cannot send: Rob was disconnected by the server with 4001 "Kicked".

      Rob was disconnected by the server with 4001 "Kicked". To connect again write: Rob reconnects
      """

  Scenario: A message that is too big
    Given a server that says "Welcome to the chat" to everyone who comes
    And these settings:
      """
      {"maxMessageBytes": 10}
      """
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives "Welcome to the chat"
      """
    Then it fails, saying:
      """
      Rob did not receive "Welcome to the chat": Rob lost the connection to ws://server/: the server sent a message of more than 10 bytes; "maxMessageBytes" in the settings allows more.
      Rob has received no message at all.
      """

  Scenario: No pong came
    When this scenario runs:
      """
      Given Rob is connected
      When Rob pings the server
      Then Rob receives a pong
      And Rob receives a pong
      """
    Then it fails, saying:
      """
      Rob did not receive a pong within 300 ms: Rob is connected to ws://server/?name=Rob.
      No ping is unanswered. Write before this: Rob pings the server
      Unread
        1  +1 ms  {"message":"Rob has connected"}
      """

  Scenario: I am told what I lack
    When this feature runs:
      """
      Feature: First person
        Scenario: I hear nothing
          Given I am connected
          And I have caught up
          When I lose the connection
          Then I receive "Hello"
        Scenario: I have left
          Given I am connected
          And I disconnect
          When I send "Hello"
      """
    Then it fails, saying:
      """
      I did not receive "Hello": I have lost the connection.
      No message is unread: I have read the only one that came.

      I cannot send: I have disconnected. To connect again write: I reconnect
      """

  Scenario: What the settings call noise cannot be understood
    Given these settings:
      """
      {"ignore": ["the \"heartbeat\" message"]}
      """
    When this scenario runs:
      """
      Given Rob is connected
      """
    Then it fails, saying:
      """
      There is no message "heartbeat" in features/messages. There are none yet: write it to features/messages/heartbeat.json, .yaml or .txt.
      """
