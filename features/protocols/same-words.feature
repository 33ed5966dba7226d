Feature: The same words for every protocol
  A chat is told once. Which protocol its messages travel in is a matter of the settings: the setting `protocols` gives
  each a name, and says which event, operation, topic or destination `sends` is for.

  Background:
    Given "port" stands for a free port

  Scenario Outline: A chat, over <protocol>
    Given the "<server>" program is running
    And the server is at "ws://127.0.0.1:${port}/?name=${client}"
    And the server speaks "<protocol>"
    And when Ann receives "Hello, Ann!" she sends "Hello, Bob!"
    And Ann, Bob and Carol are connected
    When Bob sends "Hello, Ann!"
    Then everyone receives "Hello, Bob!" after "Hello, Ann!"
    When Carol disconnects
    And Ann sends {"message": "Did Carol leave?"}
    Then everyone receives {"message": "Did Carol leave?"}
    But nobody receives "Hello, Carol!"
    And Bob is still connected

    Examples:
      | server       | protocol       |
      | town square  | bare JSON      |
      | Socket.IO    | Socket.IO      |
      | STOMP broker | house by STOMP |
      | MQTT broker  | house by MQTT  |
      | GraphQL      | GraphQL        |
