Feature: JSON-RPC
  With the protocol `json-rpc`, methods are called and answered, and notifications are events. What is received is the
  parameters of a notification or of the server's own request, the result, or the error.

  Background:
    Given "port" stands for a free port

  Rule: A server says what has happened, and answers what it is asked

    Background:
      Given the "calculator" program is running
      And the server is at "ws://127.0.0.1:${port}"
      And the server speaks "json-rpc"
      And Rob is connected

    Scenario: A method that answers, and one that fails
      When Rob calls "add" with [20, 3]
      Then he is answered a message matching "^23$"
      When he calls "fail"
      Then he is answered with error {"message": "out of order"}
      When he calls "subtract"
      Then he is answered with error {"code": -32601}

    Scenario: Notifications
      Then Rob receives the event "welcome" with {"clients": 1}
      When he emits "announce" with {"text": "The milk is out"}
      Then he receives the event "announced" with:
        | text | The milk is out |

    Scenario: Each of two clients is answered what it has asked
      Given Ann is connected
      When Rob calls "add" with [1, 2]
      And Ann calls "add" with [3, 4]
      Then Ann is answered a message matching "^7$"
      And Rob is answered a message matching "^3$"

    Scenario: Requests that are written by hand, several in a batch
      When Rob sends:
        """
        [
          {"jsonrpc": "2.0", "method": "add", "params": [20, 3], "id": "sum"},
          {"jsonrpc": "2.0", "method": "fail", "id": "failure"}
        ]
        """
      Then he receives a message matching "^23$"
      And he receives {"message": "out of order"}

    Scenario: What the server cannot read
      When Rob sends the frame "garbage"
      Then he receives {"code": -32700}

    Scenario: The server ends the conversation
      When Rob emits "stop"
      Then he is disconnected with code 1001

  Rule: The DevTools of a browser leave out which version it is
    Hence the option: `protocols: { devtools: { name: 'json-rpc', jsonrpc: false } }`.

    @needs-chromium
    Scenario: What a page writes into its console
      Given the "browser" program is running
      When I request "PUT http://127.0.0.1:${port}/json/new?about:blank"
      And Rob remembers the response's "webSocketDebuggerUrl" as "page"
      And the server speaks "devtools"
      And he connects to "${page}"
      And he calls "Runtime.enable"
      And he calls "Runtime.evaluate" with {"expression": "console.log('Hello, world'); 6 * 7"}
      Then he is answered {"result": {"type": "number", "value": 42}}
      And he receives the event "Runtime.consoleAPICalled" with:
        | args[0].value | Hello, world |
      When he calls "Page.fly"
      Then he is answered with error a message containing "'Page.fly' wasn't found"
