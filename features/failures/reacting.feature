Feature: What a failed reaction says
  A reaction is a promise: it has happened when the scenario ends, or the scenario fails and says which rule it was.

  Scenario: A reaction never happened
    When this scenario runs:
      """
      Given when Ann receives "Bob has connected" she sends "Hello from Ann!"
      When Ann connects
      """
    Then it fails, saying:
      """
      Ann never received "Bob has connected", so she never sent "Hello from Ann!" (features/inner.feature:3).
      Unread
        1  +1 ms  {"message":"Ann has connected"}
      Ann is connected to ws://server/?name=Ann.
      """

  Scenario: After a failed sentence the waiting reactions are named
    When this scenario runs:
      """
      Given Ann is connected
      And when Ann receives "Bob has connected" she disconnects
      Then Ann receives "Hello"
      """
    Then it fails, saying:
      """
      Ann did not receive "Hello" within 300 ms.
      The only unread message is
        1  +1 ms  {"message":"Ann has connected"}
      Ann is connected to ws://server/?name=Ann.
      Still waiting: when Ann receives "Bob has connected" she disconnects (features/inner.feature:4)
          + expected - actual

          -Ann has connected
          +Hello
      """

  Scenario: A reaction could not do what it should
    When this scenario runs:
      """
      Given Ann is connected
      When Ann receives "Ann has connected" she sends "You are ${received.user}"
      Then Ann receives "Ann has connected"
      """
    Then it fails, saying:
      """
      A reaction failed: when Ann receives "Ann has connected" she sends "You are ${received.user}" (features/inner.feature:4)
      ${received.user}: the message that was received, {"message":"Ann has connected"}, has nothing at user.
      """
