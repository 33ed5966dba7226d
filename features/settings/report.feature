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
