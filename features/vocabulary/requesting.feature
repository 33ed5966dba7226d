Feature: Requesting
  Some things are said beside the socket: an order is placed by HTTP, and heard of on the socket.

  Background:
    Given the tutorial's server

  Scenario: A page, relative to the server
    Given Rob is connected to "/ws/system"
    When Rob requests "/asyncapi"
    Then the response status is 200
    And the response contains "AsyncApiStandalone.render"

  Scenario: A document, and a value of it
    When Rob requests "GET /asyncapi.json"
    Then the response has:
      | asyncapi | #string |
      | channels | #object |
    And Rob remembers the response's "asyncapi" as "version"

  Scenario: A body, and what is heard of it
    Given Rob is connected to "/ws/room/lobby"
    When Rob requests "POST /announce" with:
      """json
      {"message": "The house closes at ten"}
      """
    Then the response status is 204
    And Rob receives a message containing "The house closes at ten"

  Scenario: A body that is a text
    Given "words" stands for "closing"
    When Rob requests "POST /announce" with:
      """
      The house is ${words}
      """
    Then the response status is 400
    And the response contains "Write it like"

  Scenario: Headers
    When Rob requests "GET /asyncapi.json" with:
      | Accept | application/json |
    Then the response status is 200

  Scenario: A reaction that requests
    Given Rob is connected to "/ws/room/lobby"
    And when Rob receives a message containing "joined" he requests "/asyncapi.json"
    When Ann connects to "/ws/room/lobby"
    Then Rob receives a message containing "joined"

  Scenario: A reaction that requests each time
    Given Rob is connected to "/ws/room/lobby"
    And whenever Rob receives a message containing "joined" he requests "/asyncapi.json"
    When Ann connects to "/ws/room/lobby"
    Then Rob receives a message containing "joined"
