Feature: What is said of a scenario that takes too long
  The setting `timeout` limits each sentence, `scenarioTimeout` all of them. When it has passed, whatever is waited for
  fails at once, and the failure says what that was.

  Background:
    Given a server that answers each message with the same

  Scenario: A scenario that waits for a message, and one that is soon over
    Given these settings:
      """
      {"scenarioTimeout": "1s", "timeout": "1 minute"}
      """
    When this feature runs:
      """
      Feature: Two scenarios
        Scenario: Waiting
          Given Rob is connected
          When Rob sends "Hullo"
          Then Rob receives "Hello"
        Scenario: Soon over
          Given Rob is connected
      """
    Then it fails, saying:
      """
      The scenario has taken longer than 1 s: Rob was still waiting to receive "Hello".
      The only unread message is
        1  +1 ms  {"message":"Hullo"}
      Rob is connected to ws://server/.
          + expected - actual

          -Hullo
          +Hello
      """
    And 1 scenario of it passed

  Scenario: A scenario that waits for a reaction
    Given these settings:
      """
      {"timeout": "1 minute"}
      """
    When this scenario runs:
      """
      Given the scenario takes at most 1 second
      And when Rob receives "Hello" he sends "Hi"
      And Rob is connected
      """
    Then it fails, saying:
      """
      The scenario has taken longer than 1 s.

      Rob never received "Hello", so he never sent "Hi" (features/inner.feature:4).
      Rob has received no message at all.
      Rob is connected to ws://server/.
      """

  Scenario: A limit that is none
    When this scenario runs:
      """
      Given the scenario takes at most 0 seconds
      """
    Then it fails, saying:
      """
      Nothing can be done in no time: write a longer limit, such as "30 seconds".
      """

  Scenario: A limit in the settings that is none
    Given these settings:
      """
      {"scenarioTimeout": 0}
      """
    When this scenario runs:
      """
      Given Rob is connected
      """
    Then it fails, saying:
      """
      "scenarioTimeout" in worldParameters.websocket is wrong: Nothing can be done in no time: write a longer limit, such as "30 seconds".
      """
