Feature: What fails beside the socket
  Programs, commands, requests and files fail in words, too: with the last lines that were printed, or what was
  answered.

  Scenario: A program never gets ready
    Given these settings:
      """
      {"programs": {"chat": {"command": "node -e \"console.log('warming up'); setInterval(() => {}, 1000)\"", "ready": {"output": "ready"}}}, "timeout": "3s"}
      """
    When this scenario runs:
      """
      Given the "chat" program is running
      """
    Then it fails, saying:
      """
      The program "chat" was not ready within 3 s: it has not printed "ready".
      The last that it printed was
        warming up
      """

  Scenario: A command fails
    Given these settings:
      """
      {"commands": {"worker": "node -e \"console.log('no queue'); process.exitCode = 2\""}, "timeout": "5s"}
      """
    When this scenario runs:
      """
      When the "worker" command runs
      """
    Then it fails, saying:
      """
      The command "worker" ended with code 2.
      The last that it printed was
        no queue
      """

  Scenario: A name that is not in the settings
    Given these settings:
      """
      {"commands": {"worker": "node worker.js"}}
      """
    When this scenario runs:
      """
      When the "wroker" command runs
      """
    Then it fails, saying:
      """
      There is no command "wroker" in the settings. Did you mean "worker"?
      """

  Scenario: A named message that is missing
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends the "place order" message
      """
    Then it fails, saying:
      """
      There is no message "place order" in features/messages. There are none yet: write it to features/messages/place order.json, .yaml or .txt.
      """

  Scenario: A request that nobody answers
    When this scenario runs:
      """
      Given Rob is connected
      When Rob requests "http://127.0.0.1:8/orders"
      """
    Then it fails, saying:
      """
      GET http://server/orders was not answered: nothing listens there (ECONNREFUSED).
      """

  Scenario: A response with another status
    When this scenario runs:
      """
      Given Rob is connected
      When Rob requests "/attic"
      Then the response status is 200
      """
    Then it fails, saying:
      """
      The response to GET http://server/attic should have the status 200, but has 426.
      It has no body.
          + expected - actual

          -426
          +200
      """

  Scenario: A program that ends, or does not begin
    Given these settings:
      """
      {"timeout": "5s", "programs": {
        "migration": {"command": "node -e \"console.log('done')\"", "ready": {"output": "ready"}},
        "worker": {"command": "node -e \"console.log('ready'); setTimeout(() => process.exit(3), 100)\"", "ready": {"output": "ready"}},
        "chat": {"command": "chat-server --port 8080"},
        "shop": {"command": "PORT=8080 node shop.js"}
      }}
      """
    When this feature runs:
      """
      Feature: Programs
        Scenario: It ends before it is ready
          Given the "migration" program is running
        Scenario: It ends later, and no sentence speaks of it
          Given the "worker" program is running
          When 1 second passes
        Scenario: It cannot be started
          Given the "chat" program is running
        Scenario: It takes a shell
          Given the "shop" program is running
        Scenario: It is not in the settings
          Given the "database" program is running
      """
    Then it fails, saying:
      """
      The program "migration" ended with code 0 before it was ready. A program is to go on; what ends by itself belongs to "commands".
      The last that it printed was
        done

      The program "worker" has ended by itself with code 3.
      The last that it printed was
        ready

      The program "chat" could not be started: there is no chat-server on the PATH.

      The program "shop" could not be started: there is no PORT=8080 on the PATH. That takes a shell: say "shell": true beside the command.

      There is no program "database" in the settings. Write it to "programs" in worldParameters.websocket.
      """

  Scenario: What a sentence expects of a program, or does to it
    Given these settings:
      """
      {"timeout": "300ms", "programs": {
        "chat": {"command": "node -e \"console.log('Clients: 12'); setInterval(() => {}, 1000)\"", "ready": {"output": "12"}, "timeout": "9s"},
        "port": {"command": "node chat.js", "ready": {"port": "${port}"}}
      }}
      """
    When this feature runs:
      """
      Feature: Programs
        Scenario: It prints something else
          Given the "chat" program is running
          Then the "chat" program prints "Clients: 1"
        Scenario: It is not running
          When the "chat" program is restarted
        Scenario: It is not running any more
          Given the "chat" program is running
          When the "chat" program crashes
          Then the "chat" program is still running
        Scenario: Its port is none
          Given "port" stands for "http"
          When the "port" program is running
      """
    Then it fails, saying:
      """
      The program "chat" has not printed "Clients: 1" within 300 ms.
      The last that it printed was
        Clients: 12

      The program "chat" is not running. Write before this: the "chat" program is running

      The program "chat" is not running: a sentence has ended it. Write before this: the "chat" program is running

      The program "port" cannot be started: its "ready.port", ${port}, is "http", and should be a number from 1 to 65535. Write before this: "port" stands for a free port
      """

  Scenario: A command that goes on, or prints something else
    Given these settings:
      """
      {"timeout": "2s", "commands": {
        "worker": "node -e \"console.log('1 job left'); setInterval(() => {}, 1000)\"",
        "count": "node -e \"console.log('Jobs done: 3')\"",
        "silence": "node -e 0"
      }}
      """
    When this feature runs:
      """
      Feature: Commands
        Scenario: It goes on
          When the "worker" command runs
        Scenario: It prints something else
          When the "count" command runs
          Then the command prints "Jobs done: 2"
        Scenario: It prints nothing
          When the "silence" command runs
          Then the command prints "Jobs done: 2"
        Scenario: None has run
          Then the command prints "Jobs done: 2"
      """
    Then it fails, saying:
      """
      The command "worker" was still running after 2 s, and was stopped.
      The last that it printed was
        1 job left

      The command "count" should print "Jobs done: 2".
      The last that it printed was
        Jobs done: 3

      The command "silence" should print "Jobs done: 2".
      It has printed nothing.

      No command has run yet. Write before this: the "…" command runs
      """

  Scenario: A response that says something else
    Given a server that answers each request with '{"id": 12, "state": "open"}'
    When this feature runs:
      """
      Feature: Responses
        Background:
          When Rob requests "/orders/12"
        Scenario: Another value
          Then the response has:
            | id    | 12     |
            | state | closed |
        Scenario: Other words
          Then the response contains "closed"
        Scenario: Nothing to remember
          When Rob remembers the response's "order.id" as "order"
      """
    Then it fails, saying:
      """
      The response to GET http://server/orders/12 is not a message with id 12, state "closed".
      Its body is {"id": 12, "state": "open"}
          + expected - actual

           {
          -  "state": "open"
          +  "state": "closed"
           }

      The response to GET http://server/orders/12 does not contain "closed".
      Its body is {"id": 12, "state": "open"}

      The response to GET http://server/orders/12 has nothing at "order.id": it is {"id":12,"state":"open"}
      """

  Scenario: A response that nobody has asked for
    When this feature runs:
      """
      Feature: Nothing has been requested
        Scenario: Status
          Then the response status is 200
        Scenario: To remember
          When Rob remembers the response's "order.id" as "order"
      """
    Then it fails, saying:
      """
      There is no response: no sentence has requested anything yet, and the responses to reactions are not kept. Write before this: Rob requests "GET /orders"

      There is no response: no sentence has requested anything yet, and the responses to reactions are not kept. Write before this: Rob requests "GET /orders"
      """

  Scenario: Files that are missing, or are not what they should be
    Given a file "greeting.txt":
      """
      Hello
      """
    And a file "order.schema.json":
      """
      {"type": "ordre"}
      """
    And a file "order.json":
      """
      {"type": "order",
      """
    And these settings:
      """
      {"messages": "."}
      """
    When this feature runs:
      """
      Feature: Files
        Background:
          Given Rob is connected
        Scenario: A file that is missing
          When Rob sends the file "logo.png"
        Scenario: A folder
          When Rob sends the file "features"
        Scenario: A file of somebody else's
          When Rob sends the file "/"
        Scenario: A schema that is missing
          Then Rob receives a message valid against "chat.schema.json"
        Scenario: A schema that is none
          Then Rob receives a message valid against "order.schema.json"
        Scenario: A text has no members
          When Rob sends the "greeting" message with:
            | to | Ann |
        Scenario: A message that is no JSON, though its file says so
          Then Rob receives the "order" message
      """
    Then it fails, saying:
      """
      There is no file "logo.png". It was looked for in features, the project itself.

      The file "features" is a folder, not a file.

      The file "/" is not in the project: only files below its folder are read.

      There is no file "chat.schema.json". It was looked for in features, the project itself.

      The schema "order.schema.json" does not compile: schema is invalid: data/type must be equal to one of the allowed values, data/type must be array, data/type must match a schema in anyOf.

      The "greeting" message is a text: no table can override its members.

      In the "order" message: {"type": "order", is not valid JSON: Expected double-quoted property name in JSON at position 17.
      Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}
      """

  Scenario: A response with another body, or header
    When this feature runs:
      """
      Feature: Responses
        Background:
          Given Rob is connected
          When Rob requests "/attic"
        Scenario: It has no such header
          Then the response's "Upgarde" header is "websocket"
        Scenario: It has another header
          Then the response's "Connection" header is "keep-alive"
        Scenario: It does not match
          Then the response matches "^Hello"
        Scenario: It is another one
          Then the response is {"message": "Hello"}
        Scenario: A row without a path
          Then the response has:
            | | Hello |
      """
    Then it fails, saying:
      """
      The response to GET http://server/attic has no header "Upgarde". It has date, connection, transfer-encoding.

      The header "Connection" of the response to GET http://server/attic should be "keep-alive", but is "close".
          + expected - actual

          -close
          +keep-alive

      The response to GET http://server/attic does not match "^Hello".
      It has no body.

      The response to GET http://server/attic is not {"message":"Hello"}.
      It has no body.

      "" is not a valid path: it is empty. Write it like payload.message, items[0].colour, items[*].colour, ['first-name'] or /payload/message.
      """

  Scenario: A request's table
    When this feature runs:
      """
      Feature: Requests
        Scenario: A kind that there is not
          When Rob requests "POST /orders" with:
            | headers | Accept | text/html |
        Scenario: Two bodies
          When Rob requests "POST /orders" with:
            | body   | {}     |   |
            | member | amount | 3 |
        Scenario: A length that contradicts the body
          When Rob requests "POST http://127.0.0.1:8/orders" with:
            | Content-Length | 3    |
            | body           | Four |
      """
    Then it fails, saying:
      """
      A request cannot have a "headers". Did you mean header? Write it like
        | header | Authorization | Bearer x |

      A request has one body: write it in one row, | body | {"amount": 3} | |, or each member of it in a row, | member | order.amount | 3 |

      POST http://server/orders cannot be requested: its header Content-Length says 3, and its body has 4 bytes: leave that header out.
      """

  Scenario: A schema that is not there
    When this feature runs:
      """
      Feature: Schemas
        Background:
          Given Rob is connected
        Scenario: At no address
          Then Rob receives a message valid against "http://127.0.0.1:8/api.json#/Pong"
        Scenario: In no file
          Then Rob receives a message valid against "api.json#/Pong"
      """
    Then it fails, saying:
      """
      GET http://server/api.json was not answered: nothing listens there (ECONNREFUSED).

      There is no file "api.json". It was looked for in features, features/messages, the project itself.
      """

  Scenario: The schema of what is ignored cannot be read
    Given these settings:
      """
      {"ignore": ["a message valid against \"http://127.0.0.1:8/heartbeat.json\""]}
      """
    When this scenario runs:
      """
      Given Rob is connected
      """
    Then it fails, saying:
      """
      GET http://server/heartbeat.json was not answered: nothing listens there (ECONNREFUSED).
      """
