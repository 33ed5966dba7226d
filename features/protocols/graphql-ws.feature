Feature: GraphQL over WebSocket
  With the protocol `graphql-ws`, the results of operations are what is received: the value of a field. A client
  subscribes to what the settings say, and what is sent are the variables of an operation:
  `subscribe: ['subscription { said { message } }'], send: 'mutation ($message: String!) { say(message: $message) }'`.

  Background:
    Given "port" stands for a free port
    And the "GraphQL" program is running
    And the server is at "ws://127.0.0.1:${port}/?name=${client}"
    And the server speaks "house"

  Scenario: Two people meet
    Given when Ann receives "Bob: Hello, Ann!" she sends "Hello, Bob!"
    And Ann and Bob are connected
    When Bob sends "Hello, Ann!"
    Then Ann and Bob receive "Ann: Hello, Bob!"

  Scenario: The server refuses a client
    When Eve tries to connect
    Then she is refused

  Scenario: A query of its own is answered
    Given Ann is connected
    When she sends {"query": "{ guests }"}
    Then she receives ["Ann"]
    When she sends:
      """
      {"query": "query Seat($guest: String!) { seat(guest: $guest) }", "variables": {"guest": "Ann"}}
      """
    Then she receives a message matching "^1$"

  Scenario: Errors are received as well
    Given Ann is connected
    When she sends {"query": "{ weather }"}
    Then she receives [{"message": "Cannot query field \"weather\" on type \"Query\"."}]
    When she sends {"query": "{ seat(guest: \"Eve\") }"}
    Then she receives [{"message": "Eve is not here", "path": ["seat"]}]

  Scenario: A subscription of its own, and heartbeats that keep the connection
    Given Ann is connected
    When she sends {"query": "subscription { alive { message } }"}
    Then she receives "You are still there"
    And she is still connected

  Scenario: What the server cannot read ends the conversation
    Given Ann is connected
    When she sends the frame "garbage"
    Then she is disconnected with code 4400
