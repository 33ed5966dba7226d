Feature: Talking
  What one says, all hear, with the name of the one who said it.
  The one who said it hears it too, and so knows that it has arrived.

  Rule: Everyone hears what is said

    Scenario: A message reaches its sender too
      Given when Rob receives "Rob has connected" he sends "Hello, world!"
      When Rob connects
      Then he receives "Rob: Hello, world!"

    Scenario: Everyone hears a message
      Given Ann, Bob and Carol are connected
      When Ann sends "Hello, world!"
      Then she receives "Ann: Hello, world!"
      And everyone else receives "Ann: Hello, world!"

    Scenario: Several people talk at once
      Given Ann, Bob and Carol are connected
      When everyone sends "This is ${client}!"
      Then everyone receives these messages in any order:
        | Ann: This is Ann!     |
        | Bob: This is Bob!     |
        | Carol: This is Carol! |

    Scenario: Nobody hears a message twice
      Given Ann and Bob are connected
      And everyone has caught up with "Bob has connected"
      When Ann sends "Good morning!"
      And she sends "And good night!"
      Then everyone receives exactly these messages before "Ann: And good night!":
        | Ann: Good morning! |

    Scenario: Nothing is heard that nobody said
      Given Ann and Bob are connected
      And everyone has caught up with "Bob has connected"
      When Ann sends "It's so quiet here"
      Then everyone receives "Ann: It's so quiet here"
      And everyone receives nothing else

  Rule: Everyone hears the same story

    Scenario: Ten messages in a row arrive in order
      Given Ann and Bob are connected
      When Ann sends "Three cheers for Bob!"
      And she sends "hip" 2 times
      And she sends "hooray!"
      And she sends "hip" 2 times
      And she sends "hooray!"
      And she sends "hip" 2 times
      And she sends "hooray!"
      Then everyone receives these messages:
        | Ann: Three cheers for Bob! |
        | Ann: hip                   |
        | Ann: hip                   |
        | Ann: hooray!               |
        | Ann: hip                   |
        | Ann: hip                   |
        | Ann: hooray!               |
        | Ann: hip                   |
        | Ann: hip                   |
        | Ann: hooray!               |

    Scenario: Who came first for one, came first for all
      Given Ann, Bob and Carol are connected
      And everyone has caught up with "Carol has connected"
      When Ann and Bob send "Me first!"
      And Carol receives a message containing "Me first!"
      And she remembers "message" as "first"
      Then Ann's next message is "${first}"
      And Bob's next message is "${first}"

  Rule: What the room cannot understand is told to its sender alone

    Scenario Outline: Only the sender hears of <nonsense>
      Given Ann and Rob are connected
      When Rob sends <nonsense>
      Then only Rob receives {"error": "#string"}

      Examples:
        | nonsense           |
        | {"shout": "Hello"} |
        | {"message": 3}     |
        | ["Hello"]          |

    Scenario: Who was not understood may try again
      Given Ann, Bob and Rob are connected
      When Rob sends {"shout": "Hello"}
      And he sends "Hello"
      Then he receives {"error": "#string"}
      And everyone else receives "Rob: Hello" without receiving {"error": "#string"}
