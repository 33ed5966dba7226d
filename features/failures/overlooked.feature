Feature: What is easily overlooked
  A check that cannot fail is worse than none: whom the server has thrown out, or what it sends beside the phrase,
  must not slip through.

  Scenario: Everyone is asked for, also whom the server has thrown out
    Given a server that disconnects whoever speaks, with 1000 "Bye"
    When this scenario runs:
      """
      Given Ann and Bob are connected
      When Bob sends "Hello"
      Then Bob is disconnected
      When Bob reconnects
      And Bob sends "Hello"
      And 100 ms pass
      Then everyone is still connected
      """
    Then it fails, saying:
      """
      Bob is not connected any more: Bob was disconnected by the server with 1000 "Bye".
      """

  Scenario: Others hear it, too, later than silence is watched for
    Given a server that tells everyone what somebody says, 150 ms later
    And these settings:
      """
      {"quiet": "50ms", "timeout": "3s"}
      """
    When this scenario runs:
      """
      Given Rob and Eve are connected
      When Rob sends "secret"
      Then only Rob receives "secret"
      """
    Then it fails, saying:
      """
      Eve should not receive "secret", but number 1 came.
      Unread
        1  +1 ms  {"message":"secret"}
      Eve is connected to ws://server/.
      """

  Scenario: Nobody received it, but somebody who has left had
    When this scenario runs:
      """
      Given Ann and Eve are connected
      When Ann sends "secret"
      And Ann sends "over"
      Then Eve receives "Ann: over"
      When Eve disconnects
      Then Ann receives "Ann: secret"
      And nobody else receives "Ann: secret"
      """
    Then it fails, saying:
      """
      Eve should not receive "Ann: secret", but number 2 came.
      Unread
        1  +1 ms  {"message":"Eve has connected"}
        2  +1 ms  {"message":"Ann: secret"}
      Eve has disconnected.
      """

  Scenario: A word stands beside the phrase
    Given a server that answers each message with the same
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends {"message": "Hi", "password": "secret"}
      Then Rob does not receive a message containing "secret"
      """
    Then it fails, saying:
      """
      Rob should not receive a message containing "secret", but number 1 came.
      Unread
        1  +1 ms  {"message": "Hi", "password": "secret"}
      Rob is connected to ws://server/.
      """

  Scenario: There is more in the message than the template
    Given a server that answers each message with the same
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends {"message": "Hi", "admin": true}
      Then Rob receives exactly:
        \"\"\"
        Hi
        \"\"\"
      """
    Then it fails, saying:
      """
      Rob did not receive exactly "Hi" within 300 ms.
      The only unread message is
        1  +1 ms  {"message": "Hi", "admin": true}
      Rob is connected to ws://server/.
      """

  Scenario: A name in "everyone but" that nobody has
    When this scenario runs:
      """
      Given Rob and Ann are connected
      Then everyone but Robb receives "Ann has connected"
      """
    Then it fails, saying:
      """
      There is no client Robb in this scenario yet. Known: Rob and Ann. Did you mean Rob?
      """

  Scenario: The connection is gone and no sentence speaks of it
    Given a server that answers with an unfinished message and cuts the line
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      And 100 ms pass
      """
    Then it fails, saying:
      """
      Rob was disconnected by the server without a closing handshake (1006).
      """

  Scenario: A bracket is missing in the middle of a sentence
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives {"type": "order" within 1 second
      """
    Then it fails, saying:
      """
      {"type": "order" is not valid JSON: Expected ',' or '}' after property value in JSON at position 16.
      Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}
      """
