Feature: SignalR
  With the protocol `signalr`, what the hub calls is received, and what is sent calls a method of the hub, which the
  settings
  name: `protocols: { hub: { name: 'signalr', method: 'Say' } }`. The handshake, the pings and the records are nobody's
  business but the protocol's.

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
