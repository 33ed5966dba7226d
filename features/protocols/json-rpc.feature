Feature: JSON-RPC
  With the protocol `json-rpc`, the parameters of a notification, the result and the error are what is received;
  requests are
  sent as they are written. Transcripts and failures say which method it was, and which request is answered.

  Background:
    Given "port" stands for a free port
    And the "calculator" program is running
    And the server is at "ws://127.0.0.1:${port}"
    And the server speaks "json-rpc"
    And Rob is connected

  Scenario: A notification, a result and an error
    Then Rob receives {"clients": 1}
    When he sends {"jsonrpc": "2.0", "method": "add", "params": [20, 3], "id": 1}
    Then he receives a message matching "^23$"
    When he sends {"jsonrpc": "2.0", "method": "fail", "id": 2}
    Then he receives {"message": "out of order"}

  Scenario: Rob is answered what he asked for
    When Rob sends {"jsonrpc": "2.0", "method": "subtract", "params": [1], "id": 7}
    Then he receives {"code": -32601}
