Feature: Secrets
  A report is read by many. The setting `redact` names what it must not show:
  - values in messages, by their path: `$.token`
  - headers, such as `header:x-key`; `Authorization` and cookies are secret without it, and so are passwords in
  addresses
  - parameters of addresses, such as `parameter:token`

  Once such a value has passed, it is shown nowhere: not in the conversation, not in a failure, not on the console.

  What is written into a feature is not secret. Keep it in the environment, and write `${env.TOKEN}`.

  Scenario: A value in messages
    Given these settings:
      """
      {"redact": ["$.message"]}
      """
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives 2 messages
      """
    Then it fails, saying:
      """
      Rob did not receive 2 messages within 300 ms.
        received 1 of 2
      Unread
        1  +1 ms  {"message":"[redacted]"}
      Rob is connected to ws://server/?name=Rob.
      """
    And neither its report nor its console says "Rob has connected"

  Scenario: A parameter of an address
    Given the environment has TOKEN: "hunter2"
    And these settings:
      """
      {"redact": ["parameter:name"]}
      """
    When this scenario runs:
      """
      Given Rob connects to "/?name=${env.TOKEN}"
      Then Rob receives "Nobody has connected"
      """
    Then neither its report nor its console says "hunter2"
    And its report says "connects /?name=[redacted]"

  Scenario Outline: A header
    Given the environment has TOKEN: "hunter2"
    And these settings:
      """
      {"redact": ["header:X-Key"], "headers": {"<header>": "Bearer ${env.TOKEN}"}}
      """
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "${env.TOKEN}!"
      Then Rob receives "Rob: ${env.TOKEN}?"
      """
    Then neither its report nor its console says "hunter2"
    And its report says "Rob: [redacted]!"

    Examples:
      | header        |
      | authorization |
      | x-key         |

  Scenario: A name that is none
    Given these settings:
      """
      {"redact": ["header:"]}
      """
    When this scenario runs:
      """
      Given Rob is connected
      """
    Then it fails, saying:
      """
      "redact" in worldParameters.websocket is wrong: "header:" does not name a header: write header:authorization
      """
