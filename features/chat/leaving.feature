Feature: Leaving
  Whoever leaves is missed: those left are told, so that nobody waits for an answer that cannot come.

  Rule: Those left are told

    Scenario Outline: Those left are told when somebody <leaves>
      Given Ann, Bob and Carol are connected
      When Carol <leaves>
      Then everyone else receives "Carol has disconnected"

      Examples:
        | leaves                                              |
        | disconnects                                         |
        | disconnects with code 1000                          |
        | disconnects with code 4000 and reason "Gone to bed" |

    Scenario: A lost connection is told to those left
      Given Ann, Bob and Rob are connected
      When Rob loses the connection
      Then everyone else receives "Rob has disconnected"

    Scenario: A goodbye is heard before its sender has left
      Given Ann and Rob are connected
      When Rob sends "Goodbye!"
      And he disconnects
      Then Ann receives these messages:
        | Rob: Goodbye!        |
        | Rob has disconnected |

    Scenario: A departure is told once
      Given Ann, Bob and Carol are connected
      And Ann has caught up with "Carol has connected"
      When Bob disconnects
      And Ann receives "Bob has disconnected"
      And Carol disconnects
      Then Ann receives nothing before "Carol has disconnected"

  Rule: Whoever left may come back

    Scenario: Rob comes back
      Given Ann and Rob are connected
      And everyone has caught up with "Rob has connected"
      When Rob loses the connection
      And Ann receives "Rob has disconnected"
      And Rob reconnects
      Then everyone receives "Rob has connected"

    Scenario: Those away don't hear what is said meanwhile
      Given Ann and Rob are connected
      And everyone has caught up with "Rob has connected"
      When Rob disconnects
      And Ann sends "Rob has forgotten his hat"
      And she receives "Ann: Rob has forgotten his hat"
      And Rob reconnects
      Then he receives nothing before "Rob has connected"

    Scenario: Back again, Rob is heard like before
      Given Ann and Rob are connected
      When Rob disconnects
      And he reconnects
      And he sends "Where is my hat?"
      Then everyone receives "Rob: Where is my hat?"
