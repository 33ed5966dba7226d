Feature: One scenario after the other
  A scenario ends when its clients have left. What the server says of that afterwards, it may say to those who come next:
  a failure supposes so, and the setting `pauseBetweenScenarios` waits for it.

  Background:
    Given a server that tells whoever comes who has left, for 450 ms

  Scenario: The next scenario receives what the server says of the one before
    When this feature runs:
      """
      Feature: Two scenarios
        Scenario: Ann comes and goes
          Given Ann is connected
        Scenario: Rob comes
          Given Rob is connected
          Then Rob receives nothing
      """
    Then it fails, saying:
      """
      Rob should receive nothing, but number 1 came.
      Unread
        1  +1 ms  Somebody has left
      Rob is connected to ws://server/.
      Number 1 is perhaps from the scenario before: see docs/isolation.md of cucumber-websocket.
      """

  Scenario: A pause between scenarios
    Given these settings:
      """
      {"pauseBetweenScenarios": "500ms"}
      """
    When this feature runs:
      """
      Feature: Two scenarios
        Scenario: Ann comes and goes
          Given Ann is connected
        Scenario: Rob comes
          Given Rob is connected
          Then Rob receives nothing
      """
    Then it passes

  Scenario: A pause that is none
    Given these settings:
      """
      {"pauseBetweenScenarios": "a while"}
      """
    When this scenario runs:
      """
      Given Rob is connected
      """
    Then it fails, saying:
      """
      "pauseBetweenScenarios" in worldParameters.websocket is wrong: "a while" is not a valid duration. Write it like "2 seconds", "1.5s" or "200ms".
      """
