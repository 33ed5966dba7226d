Feature: Arriving
  Whoever comes in is announced to everyone in the room:

  - those already there learn whom they are talking to
  - the newcomer knows that the room is listening

  Rule: Everyone hears of a newcomer

    Scenario: A newcomer is announced
      When Rob connects
      Then he receives "Rob has connected"

    Scenario: Those already there hear of it too
      Given Ann and Bob are connected
      When Carol connects
      Then everyone receives "Carol has connected"

    Scenario: A newcomer is announced once
      Given Ann is connected
      And she has caught up with "Ann has connected"
      When Bob and Carol connect
      Then Ann receives exactly these messages before "Carol has connected":
        | Bob has connected |

    Scenario Outline: People may be called <name>
      Given Ann is connected
      When "<name>" connects
      Then everyone receives "<name> has connected"

      Examples:
        | name         |
        | user_2       |
        | Zoë          |
        | 李            |
        | Rob Anderson |
        | Tom & Jerry  |
        | 100 % Rob    |
        | Who?         |

  Rule: What was said before is not for the newcomer

    Scenario: A newcomer doesn't hear what was said before
      Given Ann and Bob are connected
      When Ann sends "Let's surprise Carol!"
      And Bob receives "Ann: Let's surprise Carol!"
      And Carol connects
      Then she receives nothing before "Carol has connected"

  Rule: Nobody comes in without a name of their own

    Scenario: A nameless visitor is refused
      When the visitor tries to connect to "/"
      Then the visitor is refused with status 400

    Scenario: A taken name is refused
      Given Rob is connected
      When the impostor tries to connect to "/?name=Rob"
      Then the impostor is refused with status 409
      But Rob is still connected

    Scenario: Nobody hears of a visitor who was refused
      Given Ann is connected
      And she has caught up with "Ann has connected"
      When the impostor tries to connect to "/?name=Ann"
      And Bob connects
      Then the impostor is refused
      And Ann receives nothing before "Bob has connected"

    Scenario: A name is free again when its owner has left
      Given Ann and Rob are connected
      And everyone has caught up with "Rob has connected"
      When Rob disconnects
      And "another Rob" connects to "/?name=Rob"
      Then Ann receives exactly these messages before "Rob has connected":
        | Rob has disconnected |
