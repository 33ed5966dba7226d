Feature: SignalR
  With the protocol `signalr`, what the hub calls is received, and what is sent calls a method of the hub, which the
  settings name: `protocols: { hub: { name: 'signalr', method: 'Say' } }`. The handshake, the pings and the records are
  nobody's business but the protocol's.

  Background:
    Given "port" stands for a free port
    And the "hub" program is running
    And the server is at "ws://127.0.0.1:${port}/?name=${client}"
    And the server speaks "hub"

  Scenario: Two people meet
    Given when Ann receives "Bob: Hello, Ann!" she sends "Hello, Bob!"
    And Ann and Bob are connected
    When Bob sends "Hello, Ann!"
    Then Ann and Bob receive "Ann: Hello, Bob!"

  Scenario: What the hub says first stands in the same frame as its handshake
    When Ann connects
    Then she receives "Welcome, Ann!"
    And she receives exactly:
      """
      [1, "clients"]
      """

  Scenario: The hub refuses a client
    When Eve tries to connect
    Then she is refused

  Scenario: A method of the hub that answers, and one that fails
    Given Ann is connected
    When she calls "Add" with [20, 3]
    Then she is answered a message matching "^23$"
    When she calls "Fly"
    Then she is answered with error a message containing "no method Fly"

  Scenario: Items of a stream, and its end
    Given Ann is connected
    When she calls "Count" with [3]
    Then she receives these messages:
      | the event "Count" with a message matching "^1$" |
      | the event "Count" with a message matching "^2$" |
      | the event "Count" with a message matching "^3$" |
    And she is answered any message

  Scenario: Pings keep the connection
    Given the server speaks "patient hub"
    When Ann connects
    Then she receives the event "alive" with "You are still there"
    And she is still connected

  Scenario: What the hub cannot read
    Given Ann is connected
    When she sends the frame "garbage"
    Then she receives the event "close" with a message containing "incomplete"
    And she is disconnected

  Scenario: The hub ends the conversation
    Given Ann is connected
    When she emits "Stop"
    Then she receives the event "close" with a message containing "closed"
    And she is disconnected
