Feature: MQTT
  With the protocol `mqtt`, the messages of topics are what is received. A client subscribes to what the settings say
  before it counts as connected, and what is sent is published to a topic:
  `subscribe: ['house/kitchen'], send: 'house/kitchen'`.

  Background:
    Given "port" stands for a free port

  Rule: Any broker, such as Aedes

    Background:
      Given the "MQTT broker" program is running
      And the server is at "ws://127.0.0.1:${port}"
      And the server speaks "house by MQTT"

    Scenario: Two people meet
      Given when Ann receives "Hello, Ann!" she sends "Hello, Bob!"
      And Ann and Bob are connected
      When Bob sends "Hello, Ann!"
      Then Ann and Bob receive "Hello, Bob!" on "house/kitchen"

    Scenario: Who subscribes receives what others publish
      Given Ann and Bob are connected
      When Ann subscribes to "house/+/menu"
      And Bob publishes "Soup" to "house/garden/menu"
      Then Ann receives "Soup" on "house/garden/menu"
      When she unsubscribes from "house/+/menu"
      And Bob publishes "Fish" to "house/garden/menu"
      And he sends "That is all"
      Then Ann receives "That is all"
      And she does not receive "Fish"

    Scenario: Bytes are bytes
      Given Ann is connected
      When she sends the bytes "01 02 ff"
      Then she receives the bytes "01 02 ff"

    Scenario: What is retained is received by who comes later
      Given the server speaks "house by MQTT, twice sure"
      And Ann is connected
      When she sends "The milk is out"
      And Bob connects
      Then he receives "The milk is out" on "house/kitchen"

    Scenario: A client that vanishes leaves a message
      Given Ann and Bob are connected
      When Ann loses the connection
      Then Bob receives "I have lost the way"

    Scenario: A client that leaves says goodbye, and leaves none
      Given Ann and Bob are connected
      When Ann disconnects
      And Bob sends "Where is Ann?"
      Then he receives "Where is Ann?"
      And he receives nothing else

    Scenario: A message that arrives exactly once, and is confirmed
      Given the server speaks "house by MQTT, twice sure"
      And Ann and Bob are connected
      When Ann sends "Hello" 3 times
      And she sends "Bye"
      Then Bob receives exactly these messages before "Bye":
        | Hello |
        | Hello |
        | Hello |

    Scenario: Heartbeats keep the connection
      Given the server speaks "house by MQTT, with heartbeats"
      When Ann connects
      Then she receives "You are still there"
      And she is still connected

    Scenario: The server refuses a client
      Given the server speaks "house by MQTT, for strangers"
      When Eve tries to connect
      Then she is refused

    Scenario: The server refuses a subscription
      Given the server speaks "cellar by MQTT"
      When Eve tries to connect
      Then she is refused

  @needs-mosquitto
  Rule: Mosquitto, in both versions of MQTT

    Background:
      Given the "Mosquitto" program is running
      And the server is at "ws://127.0.0.1:${port}"

    Scenario Outline: Two people meet, in <version>
      Given the server speaks "<version>"
      And when Ann receives "Hello, Ann!" she sends "Hello, Bob!"
      And Ann and Bob are connected
      When Bob sends "Hello, Ann!"
      Then Ann and Bob receive "Hello, Bob!" on "house/kitchen"
      When Ann sends the bytes "01 02 ff"
      Then Bob receives the bytes "01 02 ff"

      Examples:
        | version                   |
        | house by MQTT             |
        | house by MQTT 5           |
        | house by MQTT, twice sure |

    Scenario Outline: A client that vanishes leaves a message, in <version>
      Given the server speaks "<version>"
      And Ann and Bob are connected
      When Ann loses the connection
      Then Bob receives "I have lost the way"

      Examples:
        | version         |
        | house by MQTT   |
        | house by MQTT 5 |

    Scenario: Heartbeats keep the connection
      Given the server speaks "house by MQTT 5, with heartbeats"
      And Ann is connected
      When 2 seconds pass
      Then she is still connected

    Scenario Outline: The server refuses a client, in <version>
      Given the server speaks "<version>"
      When Eve tries to connect
      Then she is refused

      Examples:
        | version                        |
        | house by MQTT, for strangers   |
        | house by MQTT 5, for strangers |
