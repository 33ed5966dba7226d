Feature: Reacting
  A reaction is a rule: what somebody does by themselves when a message comes. It is armed at once, also before its
  client connects. A reaction that happens once must have happened when the scenario ends.

  Rule: Once

    Scenario: An answer
      Given Ann is connected
      When Ann receives "Bob has connected" she sends "Hello Bob"
      And Bob connects
      Then Bob receives "Ann: Hello Bob"

    Scenario: Before anybody is there
      Given when Ann receives "Bob has connected" she sends "Hello Bob"
      When Ann and Bob connect
      Then Bob receives "Ann: Hello Bob"

    Scenario: An answer after a while
      Given when Ann receives "Bob has connected" she sends "Hello Bob" after 20 ms
      When Ann and Bob connect
      Then Bob receives "Ann: Hello Bob"

    Scenario: An answer of several lines
      Given when Ann receives "Bob has connected" she sends:
        """
        Hello Bob,
        how are you?
        """
      When Ann and Bob connect
      Then Bob receives a message containing "how are you?"

    Scenario: Two answers
      Given when Ann receives "Bob has connected" she sends "Hello Bob" and "Sit down"
      When Ann and Bob connect
      Then Bob receives these messages:
        | Ann: Hello Bob |
        | Ann: Sit down  |

    Scenario: An answer several times
      Given when Ann receives "Bob has connected" she sends "Hello" 2 times
      When Ann and Bob connect
      Then Bob receives these messages:
        | Ann: Hello |
        | Ann: Hello |

    Scenario: Words of the message in the answer
      Given when Ann receives a message containing "Bob" she sends "I heard: ${received.message}"
      When Ann and Bob connect
      Then Bob receives "Ann: I heard: Bob has connected"

    Scenario: Leaving
      Given when Bob receives "Ann: Go away" he disconnects
      When Ann and Bob connect
      And Ann sends "Go away"
      Then Ann receives "Bob has disconnected"

    Scenario: Several people, each of them once
      Given when Ann and Bob receive "Carol has connected" they send "Hello from ${client}"
      When Ann, Bob and Carol connect
      Then Carol receives these messages in any order:
        | Ann: Hello from Ann |
        | Bob: Hello from Bob |

    Scenario: The message that set it off can still be expected
      Given when Ann receives "Bob has connected" she sends "Hello Bob"
      When Ann and Bob connect
      Then Ann receives "Bob has connected"
      And Ann receives "Ann: Hello Bob"

    Scenario: Two rules for the same message have one occurrence each
      Given when Ann receives "Bob: Hello" she sends "One"
      And when Ann receives "Bob: Hello" she sends "Two"
      When Ann and Bob connect
      And Bob sends "Hello" 2 times
      Then Ann receives these messages:
        | Ann: One |
        | Ann: Two |

  Rule: Every time

    Scenario: An answer
      Given whenever Ann receives "Bob: Hello" she sends "Hello again"
      When Ann and Bob connect
      And Bob sends "Hello" 2 times
      Then Bob receives these messages:
        | Ann: Hello again |
        | Ann: Hello again |

    Scenario: It may never be needed
      Given whenever Ann receives "Bob: Hello" she sends "Hello again"
      When Ann connects
      Then Ann receives "Ann has connected"

    Scenario: After a while
      Given whenever Ann receives "Bob: Hello" she sends "Hello again" after 10 ms
      When Ann and Bob connect
      And Bob sends "Hello"
      Then Bob receives "Ann: Hello again"

    Scenario: Two answers
      Given whenever Ann receives "Bob: Hello" she sends "Hello" and "again"
      When Ann and Bob connect
      And Bob sends "Hello" 2 times
      Then Bob receives these messages:
        | Ann: Hello |
        | Ann: again |
        | Ann: Hello |
        | Ann: again |

    Scenario: Several times
      Given whenever Ann receives "Bob: Hello" she sends "Hello" 2 times
      When Ann and Bob connect
      And Bob sends "Hello"
      Then Bob receives these messages:
        | Ann: Hello |
        | Ann: Hello |

    Scenario: Of several lines
      Given whenever Ann receives "Bob: Hello" she sends:
        """
        Hello
        again
        """
      When Ann and Bob connect
      And Bob sends "Hello"
      Then Bob receives a message matching "Hello\nagain"

    Scenario: Leaving
      Given whenever Bob receives "Ann: Go away" he disconnects
      When Ann and Bob connect
      And Ann sends "Go away"
      Then Ann receives "Bob has disconnected"
