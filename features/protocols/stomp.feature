Feature: STOMP
  With the protocol `stomp`, the messages of destinations are what is received. A client subscribes to what the settings
  say before it counts as connected, and what is sent goes to a destination:
  `subscribe: ['/topic/kitchen'], send: '/topic/kitchen'`.

  Background:
    Given "port" stands for a free port

  Rule: Any broker

    Background:
      Given the "STOMP broker" program is running
      And the server is at "ws://127.0.0.1:${port}"
      And the server speaks "house by STOMP"

    Scenario: Two people meet
      Given when Ann receives "Hello, Ann!" she sends "Hello, Bob!"
      And Ann and Bob are connected
      When Bob sends "Hello, Ann!"
      Then Ann and Bob receive "Hello, Bob!" on "/topic/kitchen"

    Scenario: Who subscribes receives what others publish
      Given Ann and Bob are connected
      When Ann subscribes to "/topic/menu: noon"
      And Bob publishes "Soup" to "/topic/menu: noon"
      Then Ann receives "Soup" on "/topic/menu: noon"
      When she unsubscribes from "/topic/menu: noon"
      And Bob publishes "Fish" to "/topic/menu: noon"
      And he sends "That is all"
      Then Ann receives "That is all"
      And she does not receive "Fish"

    Scenario: Bytes are bytes
      Given Ann is connected
      When she sends the bytes "01 00 ff"
      Then she receives the bytes "01 00 ff"

    Scenario: What is sent is confirmed
      Given the server speaks "house by STOMP, with receipts"
      And Ann is connected
      When she sends "Hello" 3 times
      Then she receives "Hello" 3 times

    Scenario: Heartbeats keep the connection
      Given Ann is connected
      When she subscribes to "/topic/alive"
      Then she receives "You are still there"
      And she is still connected

    Scenario: The server refuses a client
      Given the server speaks "house by STOMP, for strangers"
      When Eve tries to connect
      Then she is refused

    Scenario: The server complains, and ends the conversation
      Given Ann is connected
      When she publishes "Good night" to "/topic/end"
      Then she receives a message containing "The house closes"
      And she is disconnected

  @needs-rabbitmq-server
  Rule: RabbitMQ

    Background:
      Given the "RabbitMQ" program is running
      And the server is at "ws://127.0.0.1:${port}/ws"
      And the server speaks "house by RabbitMQ"

    Scenario: Two people meet
      Given when Ann receives "Hello, Ann!" she sends "Hello, Bob!"
      And Ann and Bob are connected
      When Bob sends "Hello, Ann!"
      Then Ann and Bob receive "Hello, Bob!" on "/topic/kitchen"
      When Ann publishes "The milk is out" to "/queue/errands"
      And Bob subscribes to "/queue/errands"
      Then he receives "The milk is out" on "/queue/errands"
      When Ann sends the bytes "01 00 ff"
      Then Bob receives the bytes "01 00 ff"
      When Bob unsubscribes from "/topic/kitchen"
      And Ann sends "Anybody there?"
      Then she receives "Anybody there?"
      But Bob does not receive "Anybody there?"

    Scenario: The server refuses a client, and what a client asks for
      Given the server speaks "house by STOMP, for strangers"
      When Eve tries to connect
      Then she is refused
      Given the server speaks "house by RabbitMQ"
      When Mallory connects
      And she publishes "Hello" to "/nowhere"
      Then she receives a message containing "nowhere"
