Feature: What the report shows of a conversation
  Below the last sentence of a scenario, or the one that failed: the conversation as a picture, as text, and as source
  for Mermaid, to put it into other documents. The setting `report` says which of them, and when.

  Scenario: The picture and the text, if nothing is set
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives "Rob has connected"
      """
    Then its report shows:
      | Conversation: 1 message          |
      | Conversation: 1 message, as text |

  Scenario: A phrase as people say it: the raw message is where the pointer rests, and in the text
    Given these settings:
      """
      {"phrases": {"received": {"message": "${phrase}"}}}
      """
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives "Rob has connected"
      """
    Then its report says ">&quot;Rob has connected&quot;</text>"
    And its report says "Raw message: {&quot;message&quot;:&quot;Rob has connected&quot;}"
    And its report says 'receives  {"message":"Rob has connected"}'

  Scenario: Letters instead of their escapes
    Given a server that answers each message with the same
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends {"say": "\u041f\u0440\u0438\u0432\u0435\u0442 \ud83d\udd27"}
      Then Rob receives {"say": "Hello"}
      """
    Then its report says 'receives  {"say": "Привет 🔧"}'
    And it fails, saying:
      """
      Rob did not receive {"say":"Hello"} within 300 ms.
      The only unread message is
        1  +1 ms  {"say": "Привет 🔧"}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "say": "Привет 🔧"
          +  "say": "Hello"
           }
      """

  Scenario: On failure alone
    Given these settings:
      """
      {"report": {"diagram": "on failure", "transcript": "never", "mermaid": "on failure"}}
      """
    When this feature runs:
      """
      Feature: Two scenarios
        Scenario: That passes
          Given Ann is connected
          Then Ann receives "Ann has connected"
        Scenario: That fails
          Given Rob is connected
          Then Rob is refused
      """
    Then its report shows:
      | Conversation: 1 message                    |
      | Conversation: 1 message, as Mermaid source |

  Scenario: Nothing at all
    Given these settings:
      """
      {"report": {"diagram": "never", "transcript": "never"}}
      """
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob is refused
      """
    Then its report shows nothing

  Scenario: Another occasion than there is
    Given these settings:
      """
      {"report": {"diagram": "sometimes"}}
      """
    When this scenario runs:
      """
      Given Rob is connected
      """
    Then it fails, saying:
      """
      The settings in worldParameters.websocket are wrong.
      "report.diagram" should be "always", "on failure" or "never", not "sometimes".
      """
