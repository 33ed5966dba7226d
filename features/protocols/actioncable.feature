@action-cable
Feature: Action Cable
  With the protocol `actioncable`, what the channels of Rails transmit is what is received. What is sent goes to the
  channel that was subscribed to last; the settings name channels with their parameters:
  `protocols: { cable: { name: 'actioncable', channels: { lobby: { channel: 'ChatChannel', room: 'lobby' } }, subscribe:
  ['lobby'] } }`.

  Background:
    Given "port" stands for a free port
    And the "Action Cable" program is running
    And the server is at "ws://127.0.0.1:${port}/cable?name=${client}"
    And the server speaks "cable"

  Scenario: Two people meet
    Given when Ann receives "Bob: Hello, Ann!" she sends "Hello, Bob!"
    And Ann and Bob are connected
    When Bob sends "Hello, Ann!"
    Then Ann and Bob receive "Ann: Hello, Bob!" on "lobby"

  Scenario: The server refuses a client
    When Eve tries to connect
    Then she is refused

  Scenario: A channel that rejects a client
    Given the server speaks "cable for staff"
    When Ann tries to connect
    Then she is refused

  Scenario: Actions of a channel
    Given Ann and Bob are connected
    When Ann emits "say" with "Hello"
    Then Bob receives "Ann: Hello"
    When he emits "wave"
    Then Ann receives {"waving": "Bob"} on "lobby"

  Scenario: Who subscribes receives what others say there
    Given Ann and Bob are connected
    When Ann and Bob subscribe to "kitchen"
    And Ann publishes "Dinner is ready" to "kitchen"
    And she publishes "Is anybody here?" to "lobby"
    Then Bob receives "Ann: Dinner is ready" on "kitchen"
    And he receives "Ann: Is anybody here?" on '{"channel": "ChatChannel", "room": "lobby"}'
    When he unsubscribes from "kitchen"
    Then Ann receives {"left": "Bob"} on "kitchen"
    When she publishes "The plates are empty" to "kitchen"
    Then Ann receives "Ann: The plates are empty" on "kitchen"
    And Bob does not receive "Ann: The plates are empty"

  Scenario: A channel without parameters, and heartbeats that keep the connection
    Given Ann is connected
    When she subscribes to "ClockChannel"
    Then she receives "You are still there" on "ClockChannel"
    And she is still connected

  Scenario: The server ends the conversation
    Given Ann is connected
    When she emits "bye"
    Then she receives the event "disconnect"
    And she is disconnected
