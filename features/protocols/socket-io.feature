Feature: Socket.IO
  With the protocol `socket.io`, the events of a namespace are what is received, and what is sent emits the event that
  the settings name: `protocols: { chat: { name: 'socket.io', event: 'say' } }`. Its own address, handshake and
  heartbeats are nobody's business but the protocol's.

  Background:
    Given "port" stands for a free port
    And the "Socket.IO" program is running
    And the server is at "ws://127.0.0.1:${port}/?name=${client}"
    And the server speaks "chat"

  Scenario: Two people meet
    Given when Ann receives "Bob: Hello, Ann!" she sends "Hello, Bob!"
    And Ann and Bob are connected
    When Bob sends "Hello, Ann!"
    Then Ann and Bob receive "Ann: Hello, Bob!"

  Scenario: An event with several values is a list
    Given Ann is connected
    When she sends "Where am I?"
    Then she receives:
      """
      ["kitchen", {"seats": 4}, {"type": "Buffer", "data": [1]}]
      """

  Scenario: Bytes travel as bytes
    Given Ann is connected
    When she sends the bytes "01 02"
    Then she receives the bytes "01 02 ff"

  Scenario: Heartbeats keep the connection
    When Ann connects
    Then she receives "You are still there"
    And she is still connected

  Scenario: The server disconnects a client
    Given Ann is connected
    When she sends "Bye"
    Then she is disconnected

  Rule: A namespace may want to know who comes

    Scenario: What is sent is acknowledged
      Given the server speaks "staff"
      And Ann is connected
      When she sends "The milk is out"
      Then she receives "Noted: The milk is out"

    Scenario: The server refuses a client
      Given the server speaks "strangers"
      When Eve tries to connect
      Then she is refused

  Rule: The wire stays within reach

    Scenario: A frame that is written by hand
      Given Ann is connected
      When she sends the frame '42["say",{"message":"By hand"}]'
      Then she receives "Ann: By hand"

    Scenario: A frame that the server cannot read
      Given Ann is connected
      When she sends the frame "garbage"
      Then she is disconnected
