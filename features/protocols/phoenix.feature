Feature: Phoenix Channels
  With the protocol `phoenix`, what is pushed and broadcast to the topics that a client has joined is what is received.
  What is sent pushes an event to the topic that was joined last:
  `protocols: { rooms: { name: 'phoenix', subscribe: ['room:lobby'], event: 'say' } }`. Joining, heartbeats and the
  numbers of messages are nobody's business but the protocol's.

  The server of these scenarios is not Phoenix, which is not to be had by the package managers of this project: it was
  written after Phoenix's documentation, and is tested with Phoenix's own client.

  Background:
    Given "port" stands for a free port
    And the "Phoenix" program is running
    And the server is at "ws://127.0.0.1:${port}/socket?name=${client}"
    And the server speaks "rooms"

  Scenario: Two people meet
    Given when Ann receives "Bob: Hello, Ann!" she sends "Hello, Bob!"
    And Ann and Bob are connected
    When Bob sends "Hello, Ann!"
    Then Ann and Bob receive "Ann: Hello, Bob!" on "room:lobby"

  Scenario: The server refuses a client
    When Eve tries to connect
    Then she is refused with status 403

  Scenario: An event with content, and one that is answered
    Given Ann and Bob are connected
    When Ann emits "say" with "Hello"
    Then Bob receives the event "said" with "Ann: Hello"
    When he calls "seat" with {"guest": "Bob"}
    Then he is answered {"seat": 3}
    When he calls "dance"
    Then he is answered with the error {"reason": "nobody dances here"}

  Scenario: Who joins a topic receives what others say there
    Given Ann and Bob are connected
    When Ann and Bob subscribe to "room:kitchen"
    And Ann publishes "Dinner is ready" to "room:kitchen"
    And she publishes "Is anybody here?" to "room:lobby"
    Then Bob receives "Ann: Dinner is ready" on "room:kitchen"
    And he receives "Ann: Is anybody here?" on "room:lobby"
    When he unsubscribes from "room:kitchen"
    And Ann publishes "The plates are empty" to "room:kitchen"
    Then Ann receives "Ann: The plates are empty" on "room:kitchen"
    And Bob does not receive "Ann: The plates are empty"

  Scenario: Bytes travel as bytes
    Given Ann and Bob are connected
    When Ann emits "photo" with the bytes "01 02"
    Then Bob receives the bytes "01 02 ff" on "room:lobby"
    When Bob calls "photo" with the bytes "01 02 03"
    Then he is answered the bytes "03"
    When he emits "whisper"
    Then he receives the bytes "70 73 73 74" on "room:lobby"

  Scenario: Heartbeats keep the connection
    When Ann connects
    Then she receives the event "alive" with "You are still there"
    And she receives nothing else
    And she is still connected

  Scenario: A channel is closed, and another fails
    Given Ann is connected
    When she emits "close"
    Then she receives the event "phx_close" on "room:lobby"
    When she subscribes to "room:kitchen"
    And she emits "crash"
    Then she receives the event "phx_error" on "room:kitchen"
    And she is still connected

  Scenario: The server ends the conversation
    Given Ann is connected
    When she emits "bye"
    Then she is disconnected with code 1000 and reason "Bye"

  Rule: A topic may want to know who joins it

    Scenario: What a client is told when it joins
      Given the server speaks "staff news"
      When Ann connects
      Then she receives {"unread": 2} on "staff:news"

    Scenario: A client that may not join a topic is refused
      Given the server speaks "news for strangers"
      When Ann tries to connect
      Then she is refused
