Feature: Documentation
  Whoever wants to talk to the server can read how: as a page for people, and as an AsyncAPI document for programs.

  Background:
    Given the tutorial's server

  Scenario: A page for people
    When Rob requests "GET /asyncapi"
    Then the response status is 200
    And the response contains "AsyncApiStandalone.render"
    And the response contains "The tutorial's WebSocket server"

  Scenario: A document for programs
    When Rob requests "GET /asyncapi.json"
    Then the response status is 200
    And the response has:
      | asyncapi   |
      | channels   |
      | operations |

  Scenario: The document says where to talk
    When Rob requests "GET /asyncapi.json"
    Then the response has:
      | asyncapi              | #regex ^3\.     |
      | channels.room.address | /ws/room/{name} |
      | channels[*].address   | /ws/system      |
      | operations[*].action  | receive         |

  Scenario: There is no other documentation
    When Rob requests "GET /asyncapi.yaml"
    Then the response status is 404
