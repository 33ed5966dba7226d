Feature: Protocols
  What travels in the frames of a protocol is said in its words: events, topics, methods and their answers.

  Background:
    Given "port" stands for a free port

  Rule: Events, as Socket.IO has them

    Background:
      Given the "Socket.IO" program is running
      And the server is at "ws://127.0.0.1:${port}/?name=${client}"
      And the server speaks "chat"

    Scenario: An event with content, and one without
      When Ann and Bob connect
      Then Ann receives the event "welcome"
      When she emits "say" with "Hello"
      Then Bob receives the event "said" with "Ann: Hello"
      And Ann receives:
        """
        Ann: Hello
        """
      When Bob emits "wave"
      Then Ann receives the event "waved" with:
        | message | Bob |
      And she does not receive the event "welcome"

    Scenario: An event whose content is written below it
      Given Ann is connected
      When she emits "say" with:
        """
        {"message": "Hello"}
        """
      Then she receives the event "said" with {"message": "Ann: Hello"}

    Scenario: Events answer events
      Given when Ann receives the event "said" with "Bob: Hello" she sends the event "say" with "Hello, Bob"
      And whenever Bob receives the event "waved" he sends the event "say" with "I see you"
      And Ann and Bob are connected
      When Bob emits "say" with "Hello"
      Then he receives the event "said" with "Ann: Hello, Bob"
      When Ann emits the event "wave"
      Then she receives "Bob: I see you"

  Rule: Methods and their answers, as JSON-RPC has them

    Background:
      Given the "calculator" program is running
      And the server is at "ws://127.0.0.1:${port}"
      And the server speaks "json-rpc"
      And Rob is connected

    Scenario: A method is called, and answers
      When Rob calls "add" with [20, 3]
      Then he is answered a message matching "^23$"
      When Rob calls "negate" with:
        | value | 5 |
      Then he is answered a message matching "^-5$" within 2 seconds

    Scenario: A method that fails, and one that is not there
      When Rob calls "fail"
      Then he is answered with error {"message": "out of order"}
      When Rob calls "subtract"
      Then he is answered with an error

    Scenario: The server calls, and is answered
      When Rob calls "introduce"
      Then he receives the event "name"
      When he answers "Robert"
      Then he is answered "Hello, Robert"
      When he calls "introduce"
      And he receives the event "name"
      And he answers:
        """
        Bob
        """
      Then he is answered "Hello, Bob"
      When he calls "introduce"
      And he receives the event "name"
      And he answers with the error "That is my business"
      Then he is answered with the error {"message": "That is my business"}

    Scenario: What the server calls is answered by a reaction
      Given when Rob receives the event "name" he answers with the error "I forgot"
      When Rob calls "introduce"
      Then he is answered with the error {"message": "I forgot"}
      Given whenever Rob receives the event "name" he answers "Robert"
      When Rob calls "introduce"
      Then he is answered "Hello, Robert"

    Scenario: A reaction answers by an error every time
      Given whenever Rob receives the event "name" he answers with error "I forgot"
      When Rob calls "introduce"
      Then he is answered with an error
      When he calls "introduce"
      Then he is answered with an error

  Rule: Topics, as Phoenix has them

    Scenario: A topic that is for others
      Given the "Phoenix" program is running
      And the server is at "ws://127.0.0.1:${port}/socket?name=${client}"
      And the server speaks "rooms"
      And Ann is connected
      Then she cannot subscribe to "staff:news"

  Rule: Topics, which here are the operations of GraphQL

    Background:
      Given the "GraphQL" program is running
      And the server is at "ws://127.0.0.1:${port}/?name=${client}"
      And the server speaks "house"
      And Ann and Bob are connected

    Scenario: Who subscribes receives what others publish
      When Ann subscribes to "said"
      And Bob publishes "Hello" to "say"
      Then Ann receives "Bob: Hello" on "said"
      When she publishes to "say":
        """
        Hello, Bob
        """
      Then she receives "Ann: Hello, Bob" on "said"
      When she unsubscribes from "said"
      And Bob publishes "Are you there?" to "say"
      Then Ann does not receive "Bob: Are you there?" on "said"

    Scenario: Messages of topics answer messages
      Given when Ann receives "Bob: Hello" on "said" she sends "Hello, Bob" on "say"
      And whenever Bob receives "Ann: Hello, Bob" he sends "Bye" on "say"
      When Ann subscribes to "said"
      And Bob publishes "Hello" to "say"
      Then Ann receives "Bob: Bye" on "said"

    Scenario: An operation that answers
      When Ann calls "seat" with {"guest": "Eve"}
      Then she is answered with the error [{"message": "Eve is not here"}]
      When she calls "query { guests }"
      Then she is answered:
        """
        ["Ann", "Bob"]
        """
