Feature: Rooms
  People talk in rooms, as many rooms as they like: what is said in a room is heard in that room.

  - The others learn of a newcomer; newcomers know that they have come.
  - Whatever is told to all ends with `group_complete`: so everyone knows, without waiting, that this was all.

  Background:
    Given the tutorial's server
    And phrases are sent as:
      """json
      {"action": "room_chat", "payload": {"message": "${phrase}"}}
      """
    And phrases are received as:
      """json
      {"payload": {"message": "${phrase}"}}
      """

  Rule: The others learn of a newcomer

    Scenario: Whoever is there already learns of a newcomer
      Given Ann is connected to "/ws/room/lobby"
      When Bob connects to "/ws/room/lobby"
      Then Ann receives exactly these messages before {"action": "group_complete"}:
        | Someone joined room 'lobby' |

    Scenario: The newcomer is not told of it
      Given Ann is connected to "/ws/room/lobby"
      When Bob connects to "/ws/room/lobby"
      And Ann receives "Someone joined room 'lobby'"
      And Bob sends {"action": "ping"}
      Then he receives nothing before {"action": "pong"}

    Scenario: The first one hears nothing, for nobody is there
      When Ann connects to "/ws/room/lobby"
      And she sends {"action": "ping"}
      Then she receives nothing before {"action": "pong"}

    Scenario: The news says which room it is about
      Given Ann is connected to "/ws/room/my-room"
      When Bob connects to "/ws/room/my-room"
      Then Ann receives a message with:
        | action            | room_message                  |
        | payload.message   | Someone joined room 'my-room' |
        | payload.room_name | my-room                       |

    Scenario Outline: A room may be called <room>
      Given "room" stands for "<room>"
      And Ann is connected to "/ws/room/${room}"
      When Bob connects to "/ws/room/${room}"
      Then Ann receives "Someone joined room '<room>'"

      Examples:
        | room            |
        | 42              |
        | Ann's tea party |
        | Café Zoë        |
        | 50 % off        |

  Rule: What is said in a room is heard in that room

    Scenario: Everyone hears what is said, the speaker too
      Given Ann, Bob and Carol are connected to "/ws/room/lobby"
      When Ann sends "This is a test message"
      Then everyone receives "This is a test message"

    Scenario: Everyone hears it once, and nothing else
      Given Ann and Bob are connected to "/ws/room/lobby"
      And Ann has caught up with {"action": "group_complete"}
      When Ann sends "This is a test message"
      Then everyone receives exactly these messages before {"action": "group_complete"}:
        | This is a test message |

    Scenario: Nobody hears what is said in another room
      Given Ann and Bob are connected to "/ws/room/lobby"
      And Carol is connected to "/ws/room/kitchen"
      When Ann sends "Carol must not know"
      And Bob receives "Carol must not know"
      And Carol sends {"action": "ping"}
      Then she receives nothing before {"action": "pong"}

    Scenario: Two people talk
      Given Ann and Bob are connected to "/ws/room/lobby"
      And when Bob receives "Tea or coffee?" he sends "Tea, please"
      When Ann sends "Tea or coffee?"
      Then everyone receives these messages:
        | Tea or coffee? |
        | Tea, please    |

  Rule: What the room does not understand is told to its sender alone

    Scenario: Only the sender hears of nonsense
      Given Ann and Bob are connected to "/ws/room/lobby"
      When Bob sends {"action": "shout"}
      And he receives {"action": "error"}
      And he sends "Sorry"
      Then Ann receives "Sorry" without receiving {"action": "error"}
