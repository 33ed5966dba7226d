Feature: What a slip of the pen is answered with
  A wrong name, a missing bracket or an unknown setting is told before anything is waited for:
  what was written, and what to write instead.

  Scenario: An unknown name, with the nearest one
    When this scenario runs:
      """
      Given Rob and Ann are connected
      When Rbo sends "Hello"
      """
    Then it fails, saying:
      """
      There is no client Rbo in this scenario yet. Known: Rob and Ann. Did you mean Rob?
      """

  Scenario: Somebody who has not connected
    When this scenario runs:
      """
      Given when Ann receives "Hello" she disconnects
      Then Ann receives "Hello"
      """
    Then it fails, saying:
      """
      Ann has not connected yet. Write before this: Ann is connected
      """

  Scenario: A pronoun that may mean several people
    When this scenario runs:
      """
      Given Rob and Ann are connected
      When she sends "Hello"
      """
    Then it fails, saying:
      """
      "she" may be any of Rob and Ann, whom the sentence before named: write the name, or "they".
      """

  Scenario Outline: JSON that is none
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends <json>
      """
    Then it fails, saying:
      """
      <json> is no JSON: <problem>.
      Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}
      """

    Examples:
      | json            | problem                                                         |
      | {"type": "ping" | Expected ',' or '}' after property value in JSON at position 15 |
      | {type: "ping"}  | Expected property name or '}' in JSON at position 1             |
      | {"type": "ping} | Unterminated string in JSON at position 15                      |
      | {"a": [1, 2}    | Expected ',' or ']' after array element in JSON at position 11  |

  Scenario: A doc string that should be JSON
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends:
        \"\"\"json
        Hello
        \"\"\"
      """
    Then it fails, saying:
      """
      Hello is no JSON: Unexpected token 'H', "Hello" is not valid JSON.
      Names and texts stand in double quotes, and every bracket is closed: {"type": "ping", "tags": ["a", "b"]}
      """

  Scenario: An unknown marker
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives {"id": "#strnig"}
      """
    Then it fails, saying:
      """
      "#strnig" is no marker. Did you mean #string? The markers are #string #number #boolean #array #object #null #notnull #present #notpresent #ignore #uuid #date-time #email #uri #[3] #regex ^a.*z$.
      For a text that begins with # write "#regex ^#strnig$".
      """

  Scenario: An unknown variable
    When this scenario runs:
      """
      Given Rob is connected
      And "order" stands for "12"
      When Rob sends "Hello ${oder}"
      """
    Then it fails, saying:
      """
      There is no variable ${oder}. Known are ${client}, ${now}, ${order}, ${timestamp}, ${uuid}, ${env.NAME}.
      Did you mean ${order}?
      """

  Scenario: A path that is none
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives a message with:
        | names[0 | Rob |
      """
    Then it fails, saying:
      """
      "names[0" is no path: unclosed bracketed selection ('$.names[0':9). Write it like payload.message, items[0].colour, items[*].colour, ['first-name'] or /payload/message.
      """

  Scenario: A regular expression that is none
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives a message matching "(Hello"
      """
    Then it fails, saying:
      """
      "(Hello" is no regular expression: Invalid regular expression: /(Hello/u: Unterminated group.
      """

  Scenario: A template that no message fits
    When this scenario runs:
      """
      Given phrases are received as:
        \"\"\"json
        {"payload": {"text": "${phrase}"}}
        \"\"\"
      And Rob is connected
      Then Rob receives "Rob has connected"
      """
    Then it fails, saying:
      """
      Rob did not receive "Rob has connected" within 300 ms.
      The only unread message is
        1  +1 ms  {"message":"Rob has connected"}
      Rob is connected to ws://server/?name=Rob.
      No unread message fits the template for received phrases, {"payload":{"text":"${phrase}"}}. Set it by «phrases are received as:» or by "phrases" in the settings.
      """

  Scenario: A template without a place for the phrase
    When this scenario runs:
      """
      Given phrases travel as:
        \"\"\"json
        {"message": "Hello"}
        \"\"\"
      """
    Then it fails, saying:
      """
      The template {"message":"Hello"} needs one place for the phrase. Write it like {"message": "${phrase}"}.
      """

  Scenario: An address that is none
    When this scenario runs:
      """
      Given the server is at "localhost:8080"
      When Rob connects
      """
    Then it fails, saying:
      """
      "localhost:8080" is no address of a WebSocket server. Write it like ws://localhost:8080/chat or wss://example.org, without a # in it.
      """

  Scenario: Unknown and wrong settings
    Given these settings:
      """
      {"timout": "5s", "quiet": true, "phrases": {"send": "x"}, "timeout": "soon"}
      """
    When this scenario runs:
      """
      Given Rob is connected
      """
    Then it fails, saying:
      """
      The settings in worldParameters.websocket are wrong.
      "timout" is no setting. Did you mean "timeout"?
      "phrases.send" is no setting. Did you mean "sent"?
      "quiet" should be a duration, such as "5s" or 200, not true.
      """

  Scenario: A message that can only be expected
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends any message
      """
    Then it fails, saying:
      """
      «any message» can be expected, not sent: write the message itself.
      """
