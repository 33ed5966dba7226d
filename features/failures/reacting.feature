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
      Number 1 is closer to "Bob has connected", for which a reaction is still waiting.
          + expected - actual

          -Ann has connected
          +Hello
      """

  Scenario: What sets off a reaction is misspelled
    When this scenario runs:
      """
      Given when Rob receives "Rob has joined" he sends "Hello, world!"
      When Rob connects
      Then Rob receives "Rob: Hello, world!"
      """
    Then it fails, saying:
      """
      Rob did not receive "Rob: Hello, world!" within 300 ms.
      The only unread message is
        1  +1 ms  {"message":"Rob has connected"}
      Rob is connected to ws://server/?name=Rob.
      Still waiting: when Rob receives "Rob has joined" he sends "Hello, world!" (features/inner.feature:3)
      Number 1 is closer to "Rob has joined", for which a reaction is still waiting.
          + expected - actual

          -Rob has connected
          +Rob: Hello, world!
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

  Scenario: A reaction fails while a sentence waits, which then waits no longer
    Given these settings:
      """
      {"timeout": "1 minute"}
      """
    When this scenario runs:
      """
      Given when Bob receives "Ann: Hello" he sends "You are ${received.user}"
      And Ann and Bob are connected
      When Ann sends "Hello"
      Then Ann receives "Bob: You are Ann"
      """
    Then it fails, saying:
      """
      A reaction failed: when Bob receives "Ann: Hello" he sends "You are ${received.user}" (features/inner.feature:3)
      ${received.user}: the message that was received, {"message":"Ann: Hello"}, has nothing at user.
      """

  Scenario: None of these reactions happened
    When this feature runs:
      """
      Feature: Bob never came
        Background:
          Given Ann is connected
          Then Ann receives "Ann has connected"
        Scenario: An answer after a while
          When Ann receives "Bob has connected" she sends "Hello Bob" after 20 ms
        Scenario: An answer of several lines
          When Ann receives "Bob has connected" she sends:
            \"\"\"
            Hello Bob,
            how are you?
            \"\"\"
        Scenario: Leaving
          When Ann receives "Bob has connected" she disconnects
        Scenario: A request
          When Ann receives "Bob has connected" she requests "POST /orders"
      """
    Then it fails, saying:
      """
      Ann never received "Bob has connected", so she never sent "Hello Bob" after 20 ms (features/inner.feature:6).
      No message is unread: Ann has read the only one that came.
      Ann is connected to ws://server/?name=Ann.

      Ann never received "Bob has connected", so she never sent "Hello Bob,\nhow are you?" (features/inner.feature:8).
      No message is unread: Ann has read the only one that came.
      Ann is connected to ws://server/?name=Ann.

      Ann never received "Bob has connected", so she never disconnected (features/inner.feature:14).
      No message is unread: Ann has read the only one that came.
      Ann is connected to ws://server/?name=Ann.

      Ann never received "Bob has connected", so she never requested "POST /orders" (features/inner.feature:16).
      No message is unread: Ann has read the only one that came.
      Ann is connected to ws://server/?name=Ann.
      """

  Scenario: Another rule took the message
    When this scenario runs:
      """
      Given when Ann receives "Bob has connected" she sends "One"
      And when Ann receives "Bob has connected" she sends "Two"
      When Ann and Bob connect
      """
    Then it fails, saying:
      """
      Ann received "Bob has connected" as number 2, but that set off another rule: when Ann receives "Bob has connected" she sends "One" (features/inner.feature:3)
      So she never sent "Two" (features/inner.feature:4).
      Two rules of «when» need two messages: write one, «she sends … and …», or «whenever».
      Unread
        1  +1 ms  {"message":"Ann has connected"}
        2  +1 ms  {"message":"Bob has connected"}
        3  +1 ms  {"message":"Ann: One"}
      Ann is connected to ws://server/?name=Ann.
      """

  Scenario: A sentence waits for the answer of a rule whose message another rule took
    When this scenario runs:
      """
      Given when Ann receives "Bob has connected" she sends "One"
      And when Ann receives "Bob has connected" she sends "Two"
      When Ann and Bob connect
      Then Bob receives "Ann: Two"
      """
    Then it fails, saying:
      """
      Bob did not receive "Ann: Two" within 300 ms.
      The closest of 2 unread messages is
        2  +1 ms  {"message":"Ann: One"}
      Also unread
        1  +1 ms  {"message":"Bob has connected"}
      Bob is connected to ws://server/?name=Bob.
      Still waiting: when Ann receives "Bob has connected" she sends "Two" (features/inner.feature:4)
        Number 2 set off another rule of «when». Two rules of «when» need two messages: write one, «she sends … and …», or «whenever».
          + expected - actual

          -Ann: One
          +Ann: Two
      """

  Scenario: An answer takes longer than the scenario
    When this scenario runs:
      """
      Given when Ann receives "Ann has connected" she sends "Here I am" after 1 minute
      When Ann connects
      """
    Then it fails, saying:
      """
      This was still under way 300 ms after the last sentence: when Ann receives "Ann has connected" she sends "Here I am" after 60 s (features/inner.feature:3)
      """

  Scenario: What is to be done every time cannot be done
    Given these settings:
      """
      {"timeout": "5s"}
      """
    When this feature runs:
      """
      Feature: Rules that cannot be kept
        Scenario: An answer
          Given whenever Ann receives "Ann has connected" she sends "You are ${received.user}"
          When Ann connects
          Then Ann receives "Ann has connected"
        Scenario: An answer after a while
          Given whenever Ann receives "Ann has connected" she sends "You are ${received.user}" after 20 ms
          When Ann connects
          Then Ann receives "Ann has connected"
        Scenario: An answer of several lines
          Given whenever Ann receives "Ann has connected" she sends:
            \"\"\"
            You are
            ${received.user}
            \"\"\"
          When Ann connects
          Then Ann receives "Ann has connected"
        Scenario: A request
          Given whenever Ann receives "Ann has connected" she requests "http://127.0.0.1:8/orders"
          When Ann connects
          Then Ann receives "Ann has connected"
      """
    Then it fails, saying:
      """
      A reaction failed: whenever Ann receives "Ann has connected" she sends "You are ${received.user}" (features/inner.feature:3)
      ${received.user}: the message that was received, {"message":"Ann has connected"}, has nothing at user.

      A reaction failed: whenever Ann receives "Ann has connected" she sends "You are ${received.user}" after 20 ms (features/inner.feature:7)
      ${received.user}: the message that was received, {"message":"Ann has connected"}, has nothing at user.

      A reaction failed: whenever Ann receives "Ann has connected" she sends "You are\n${received.user}" (features/inner.feature:11)
      ${received.user}: the message that was received, {"message":"Ann has connected"}, has nothing at user.

      A reaction failed: whenever Ann receives "Ann has connected" she requests "http://server/orders" (features/inner.feature:19)
      GET http://server/orders was not answered: nothing listens there (ECONNREFUSED).
      """

  Scenario: A rule that is written wrongly
    When this feature runs:
      """
      Feature: Slips of the pen
        Background:
          Given Ann is connected
        Scenario: An answer that can only be expected
          When Ann receives "Hello" she sends a message containing "Hi"
        Scenario: An answer that is missing
          Given whenever Ann receives "Hello" she sends:
      """
    Then it fails, saying:
      """
      «a message containing "Hi"» can be expected, not sent: write the message itself.

      This sentence needs a doc string below it:
        \"\"\"
        Hello, world!
        \"\"\"
      """
