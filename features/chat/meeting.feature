Feature: Meeting
  People talk *with* each other: one says something because of what another has said or done.
  Each rule says whom somebody listens to, and what they do then; when it happens is up to the conversation.

  Scenario: Two people meet
    Given when Ann receives "Bob has connected" she sends "Hello from Ann!"
    And when Bob receives "Ann: Hello from Ann!" he sends "Hello from Bob!"
    When Ann and Bob connect
    Then Ann receives "Bob: Hello from Bob!"

  Scenario: Two people meet, and one of them leaves
    Given when user_1 receives "user_2 has connected" they send "Hello from user_1!"
    And when user_2 receives "user_1: Hello from user_1!" they send "Hello from user_2!"
    And when user_1 receives "user_2: Hello from user_2!" they disconnect
    When user_1 and user_2 connect
    Then user_2 receives "user_1 has disconnected"

  Scenario: Everyone welcomes a newcomer
    Given Ann and Bob are connected
    And when Ann and Bob receive "Carol has connected" they send "Welcome from ${client}!"
    When Carol connects
    Then she receives these messages in any order:
      | Ann: Welcome from Ann! |
      | Bob: Welcome from Bob! |

  Scenario: The host greets each guest
    Given the host is connected
    And the host has caught up with "host has connected"
    And whenever the host receives a message matching "has connected$" she sends "Good news, ${received.message}!"
    When Ann and Bob connect
    Then everyone receives "host: Good news, Bob has connected!"
    And Ann receives "host: Good news, Ann has connected!"

  Scenario: A joke needs two
    Given Ann, Bob and Carol are connected
    And when Bob receives "Ann: Knock, knock!" he sends "Who's there?"
    And when Ann receives "Bob: Who's there?" she sends "Lettuce."
    And when Bob receives "Ann: Lettuce." he sends "Lettuce who?"
    And when Ann receives "Bob: Lettuce who?" she sends "Lettuce in, it's cold out here!"
    When Ann sends "Knock, knock!"
    Then everyone receives "Ann: Lettuce in, it's cold out here!"
