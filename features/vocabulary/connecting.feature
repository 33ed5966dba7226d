Feature: Connecting
  Who takes part, where they connect to and what they bring along. Every sentence waits until the connection is open,
  so the next one can speak to somebody who is there.

  Rule: People connect, one after the other

    Scenario: One person
      When Rob connects
      Then Rob receives "Rob has connected"

    Scenario: Several people, in the order of the sentence
      When Ann, Bob and Carol connect
      Then Ann receives these messages:
        | Ann has connected   |
        | Bob has connected   |
        | Carol has connected |

    Scenario: A state that is given, whether or not it has come about before
      Given Rob is connected
      And Rob is connected
      Then Rob receives "Rob has connected"
      And he receives nothing else

    Scenario: I am a client like any other
      Given I am connected
      When I send "Here I am"
      Then I receive "I: Here I am"

    Scenario: A role, a name with a blank, a name with a digit
      When the dispatcher, "Rob Anderson" and user_1 connect
      Then the dispatcher receives "Rob Anderson has connected"
      And the dispatcher receives "user_1 has connected"

    Scenario: As people say it
      When Ann opens a connection
      And Bob opens a connection to "/?name=Robert"
      And 2 guests connect
      Then Ann receives "Robert has connected"
      And the first guest receives "guest-2 has connected"
      And both guests stay connected
      And their connections stay open

    Scenario: A crowd
      Given 20 listeners are connected
      When Rob connects
      Then every listener receives "Rob has connected"
      And the listeners are still connected

  Rule: Everybody can have an address of their own

    Scenario: A crowd in one room
      Given the tutorial's server
      And 5 guests are connected to "/ws/room/lobby"
      When Rob connects to "/ws/room/lobby"
      Then every guest receives a message containing "joined"

    Scenario: A crowd that comes to a room
      Given the tutorial's server
      When 2 guests connect to "/ws/room/lobby"
      And Rob connects to "/ws/room/lobby"
      Then all guests receive a message containing "joined"

    Scenario: Relative to the server
      When Rob connects to "/?name=Robert"
      Then Rob receives "Robert has connected"

    Scenario: The name of whoever connects, in the address
      Given Rob is connected to "/?name=${client}-1"
      Then Rob receives "Rob-1 has connected"

    Scenario: Another server
      Given a server that says "Welcome" to everyone who comes
      When Rob connects
      Then Rob receives:
        """text
        Welcome
        """

    Scenario: Parameters
      When Rob connects to "/" with:
        | parameter | name | Rob the Great |
      Then Rob receives "Rob the Great has connected"

    Scenario: Headers, cookies and parameters
      Given a server that tells everyone who comes how they came
      When Rob connects with:
        | parameter | room          | lobby         |
        | header    | Authorization | Bearer rob123 |
        | cookie    | session       | abc           |
      Then Rob receives a message with:
        | url                   | /?room=lobby  |
        | headers.authorization | Bearer rob123 |
        | headers.cookie        | session=abc   |

    Scenario: A token, where the settings say
      Given a server that tells everyone who comes how they came
      When Rob connects with token "rob123"
      And Ann connects to "/lobby" with the token "ann456"
      And Bob is connected with token "bob789"
      Then Rob receives a message with "headers.authorization" "Bearer rob123"
      And Ann receives a message with "headers.authorization" "Bearer ann456"
      And Bob receives a message with "headers.authorization" "Bearer bob789"

    Scenario: The server is told in the feature
      Given "echo" stands for "echo"
      And a server that answers each message with the same
      And the server is at "${server}/${echo}"
      When Rob connects
      And Rob sends {"type": "ping"}
      Then Rob receives {"type": "ping"}

    Scenario: A subprotocol
      Given a server that chooses the subprotocol "chat.v2"
      When Rob connects with:
        | subprotocol | chat.v1 |
        | subprotocol | chat.v2 |
      Then Rob speaks the subprotocol "chat.v2"

  Rule: A server may refuse

    Scenario: Refused, for whatever reason
      When Rob tries to connect to "/?name="
      Then Rob is refused

    Scenario: Refused with a status
      Given a server that lets nobody in, with status 401
      When Rob tries to connect
      Then he is refused with status 401

    Scenario: Refused in spite of what somebody brings
      Given a server that lets nobody in, with status 403
      When Rob tries to connect with:
        | header | Authorization | Bearer wrong |
      Then Rob is refused with status 403
      When Rob tries to connect to "/elsewhere" with:
        | cookie | session | wrong |
      Then Rob is refused with status 403

    Scenario: Refused, as people say it
      Given a server that lets nobody in, with status 401
      When Rob tries to connect with token "wrong"
      Then the handshake fails with status 401
      And the connection is refused
      And Rob's connection is refused with status 401
      And Rob is not connected
      And Rob cannot connect
      And Rob cannot connect to "/elsewhere"

    Scenario: Refused at the first attempt, which the sentence makes itself
      Given a server that lets nobody in, with status 401
      Then Rob cannot connect
      And he is refused with status 401

  Rule: Connections end, and are made again

    Scenario: Somebody leaves
      Given Ann and Bob are connected
      When Bob disconnects
      Then Ann receives "Bob has disconnected"

    Scenario: Somebody leaves with a code and a reason
      Given Ann, Bob and Carol are connected
      When Bob disconnects with code 4000
      And Carol disconnects with code 4000 and reason "Good night"
      Then Ann receives "Carol has disconnected"

    Scenario: Leaving, as people say it
      Given Ann, Bob, Carol, Dave and Eve are connected
      When Bob hangs up
      And Carol closes the connection
      And Dave hangs up with reason "Good night"
      And Eve closes her connection with code 4000
      Then Ann receives these messages:
        | Bob has disconnected   |
        | Carol has disconnected |
        | Dave has disconnected  |
        | Eve has disconnected   |
      And Ann is not disconnected

    Scenario: A connection is lost, and made again as it was
      Given Ann and Bob are connected
      When Bob loses the connection
      Then Ann receives "Bob has disconnected" without receiving "Bob has come back"
      When Bob reconnects
      Then Ann receives "Bob has connected"

    Scenario: The server disconnects somebody
      Given a server that disconnects whoever speaks, with 4001 "Kicked"
      And Ann and Bob are connected
      When Bob sends "Hello"
      Then Bob is disconnected
      And Bob is disconnected within 1 second
      And Bob is disconnected with code 4001
      And Bob is disconnected with code 4001 and reason "Kicked"
      But Ann is still connected
      And Ann stays connected for 50 ms
      And Ann is still connected after 50 ms
      And her connection is still open
      And Bob is not connected

    Scenario: The server disconnects somebody, as people say it
      Given a server that disconnects whoever speaks, with 4001 "Kicked"
      And Bob is connected
      When Bob sends "Hello"
      Then Bob is not connected
      And the server disconnects Bob
      And the server disconnects Bob with reason "Kicked"
      And the server closes Bob's connection
      And the server closes the connection with code 4001
      And the connection is closed
      And Bob is not connected
      And Bob's connection is closed with code 4001 and reason "Kicked"
      And Bob is disconnected with code 4001 within 1 second

  Rule: What is said may travel in the frames of a protocol

    Scenario: A protocol for one scenario
      Given "port" stands for a free port
      And the "calculator" program is running
      And the server is at "ws://127.0.0.1:${port}"
      And the server speaks "json-rpc"
      When Rob connects
      Then Rob receives {"clients": 1}
