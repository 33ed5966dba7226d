Feature: How it can end

  Scenario: It fails
    Given Rob is connected
    When Rob sends "Hello"
    Then Rob receives "Hullo"
    And Rob receives "Bye"

  Scenario: A secret is told
    Given Rob is connected
    When Rob sends "log me in"
    And Rob receives a message with:
      | token |
    And Rob remembers "token" as "token"
    And Rob sends "This is ${token}"
    Then Rob receives "This is no ${token}!"

  Scenario: The door is closed
    Given Rob tries to connect to "/closed"
    Then Rob is refused with status 403

  @flaky
  Scenario: It passes in the end
    Then it passes the second time

  Scenario: It is undefined
    Given Rob is connected
    Then the moon is high and bright

  Scenario: It is nearly a sentence
    Then Rob hears "x"

  Scenario: It is pending
    Then it is pending
      """
      Our own step may take this.
      """

  Scenario: It is ambiguous
    Then it is ambiguous

  Scenario: It is empty
