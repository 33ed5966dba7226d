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

  Scenario: A header
    When Rob requests "GET /asyncapi.json"
    Then the response's "Content-Type" header is "application/json"

  Scenario: A cookie
    When Rob requests "POST /sessions"
    And Rob remembers the response's "session" cookie as "session"
    And Rob connects to "/ws/private" with:
      | cookie | session | ${session} |
    Then Rob receives {"payload": {"message": "System: Welcome, Rob!"}}

  Scenario: A response as a whole
    When Rob requests "GET /jobs"
    Then the response is []
    And the response is exactly:
      """
      []
      """
    And the response matches "^\[\]$"

  Scenario: Members of a response
    When Rob requests "POST /echo?page=2"
    Then the response is {"method": "POST", "query": {"page": "2"}}
    And the response is:
      """json
      {"query": {"page": "2"}}
      """
    And the response has:
      """json
      {"query": {"page": "2"}}
      """
    And the response is valid against "../schemas/echo.schema.json"

  Scenario: A response that is a text
    When Rob requests "POST /announce"
    Then the response is a message containing "Write it like"
    And the response is:
      """
      Write it like {"message": "Hello, world!"}
      """
    And the response has:
      """
      Hello, world!
      """

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

  Scenario: A schema that the server has
    Given Rob is connected to "/ws/system"
    Then Rob receives a message valid against "${tutorial}/asyncapi.json#/components/schemas/SystemEcho"
    When Rob sends {"action": "ping"}
    Then Rob receives these messages:
      | a message valid against "${tutorial}/asyncapi.json#/components/schemas/Pong" |
      | {"action": "complete"}                                                       |
    When Rob requests "/asyncapi.json"
    Then the response's "Content-Type" header is "application/json"

  Scenario: Headers
    When Rob requests "GET /asyncapi.json" with:
      | Accept | application/json |
    Then the response status is 200

  Scenario: Headers, query, cookies and body, one a row
    Given "token" stands for "x"
    When Rob requests "POST /echo?sort=date" with:
      | header | Authorization | Bearer ${token} |
      | query  | page          | 2               |
      | cookie | session       | abc             |
      | body   | {"amount": 3} |                 |
    Then the response has:
      | method                | POST              |
      | query.sort            | date              |
      | query.page            | "2"               |
      | headers.authorization | Bearer x          |
      | headers.cookie        | session=abc       |
      | headers.content-type  | application/json  |
      | body                  | "{\"amount\": 3}" |

  Scenario: A body, member by member
    When Rob requests "POST /echo" with:
      | member | order.amount | 3    |
      | member | order.name   | Rice |
    Then the response has:
      | body | "{\"order\":{\"amount\":3,\"name\":\"Rice\"}}" |

  Scenario: A body of GET, and another host
    When Rob requests "GET /echo" with:
      | Host | elsewhere.example |
      | body | Anybody?          |
    Then the response has:
      | headers.host | elsewhere.example |
      | body         | Anybody?          |

  Scenario: A time limit of its own, and a while before
    When Rob requests "/asyncapi.json" within 10 seconds
    And Rob requests "POST /echo" within 10 seconds with:
      | X-Room | kitchen |
    And Rob requests "/asyncapi.json" after 10 ms
    And Rob requests "POST /echo" after 10 ms with:
      """json
      {"by": "${client}"}
      """
    Then the response has:
      | body | "{\"by\": \"Rob\"}" |

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

  Scenario: A reaction that requests with a body
    Given Rob is connected to "/ws/room/lobby"
    And when Rob receives a message containing "joined" he requests "POST /announce" with:
      """json
      {"message": "I heard: ${received.payload.message}"}
      """
    When Ann connects to "/ws/room/lobby"
    Then Ann receives a message containing "I heard: Someone joined"

  Scenario: A reaction that requests each time, with what the message says
    Given Rob is connected to "/ws/room/lobby"
    And whenever Rob receives a message containing "joined" he requests "POST /announce" with:
      | header | X-Room  | lobby                            |
      | member | message | In ${received.payload.room_name} |
    When Ann connects to "/ws/room/lobby"
    Then Ann receives a message containing "In lobby"
