Feature: A server is as its document says
  An AsyncAPI document says where one can talk, and what is said there. Once a scenario, or the setting
  `asyncapi: 'docs/asyncapi.yaml'`, names it, each message of each client is held against it, in both directions.

  Background:
    Given the tutorial's server

  Rule: The document describes the server

    Background:
      Given the server is described by "${tutorial}/asyncapi.json"

    Scenario: Whatever is said is as the document says
      When Rob connects to "/ws/system"
      Then Rob receives a "SystemEcho" with:
        | payload.message | System: Connection established! |
      When he sends {"action": "ping"}
      Then he receives a "pong"
      And he receives a "complete"
      And every message fits the contract

    Scenario: The document has examples, which can be sent
      Given Ann and Bob are connected to "/ws/room/kitchen"
      When Ann sends a "roomChat"
      Then Bob receives a "roomChat" with:
        | payload.message | Hello, everyone! |
      When Bob sends a "roomChat" with:
        | payload.message | Hello, Ann! |
      Then Ann receives a "roomChat" with:
        | payload.message | Hello, Ann! |
      And she does not receive a "pong"

    Scenario: Messages of the document set off reactions
      Given Rob is connected to "/ws/background_jobs"
      And when Rob receives a "complete" he sends {"action": "ping"}
      When he sends a "job"
      Then he receives a "pong"

    Scenario: What contradicts the document on purpose
      Given Rob is connected to "/ws/system"
      When he sends the wrong {"action": "user_message", "payload": {"message": 42}}
      Then he receives an "error"

    Scenario: An example of the document, with one member that is wrong
      Given Rob is connected to "/ws/system"
      When he sends the wrong "userMessage" with:
        | payload.message | 42 |
      Then he receives an "error"

    @contrary-to-the-contract
    Scenario: A scenario that contradicts the document
      Given Rob is connected to "/ws/system"
      When he sends {"action": "dance"}
      Then he receives an "error"

  Rule: What contradicts the document fails the scenario

    Background:
      Given these settings:
        """
        {"asyncapi": "asyncapi.json"}
        """

    Scenario: The server says what the document does not have
      Given its document "asyncapi.json", from which the message "pong" is missing
      When this scenario runs:
        """
        Given Rob is connected to "/ws/system"
        When he sends {"action": "ping"}
        Then he receives {"action": "complete"}
        """
      Then it fails, saying:
        """
        Rob received a message that contradicts the contract: no message that the server sends has the "action" "pong" in the channel "system" of "asyncapi.json". There is "system_echo", "error", "complete".
          {"action":"pong"}
        """

    Scenario: The server says it otherwise than the document has it
      Given its document "asyncapi.json", in which the payload of the message "pong" is:
        """
        {"required": ["action", "at"], "properties": {"action": {"const": "pong"}, "at": {"type": "string"}}}
        """
      When this scenario runs:
        """
        Given Rob is connected to "/ws/system"
        When he sends {"action": "ping"}
        Then he receives {"action": "complete"}
        """
      Then it fails, saying:
        """
        Rob received a message that contradicts the contract: it is not a valid "pong" as the channel "system" of "asyncapi.json" has it: /at is missing
          {"action":"pong"}
        """

    Scenario: A client says what nobody understands
      Given its document "asyncapi.json"
      When this scenario runs:
        """
        Given Rob is connected to "/ws/system"
        When he sends {"action": "pign"}
        """
      Then it fails, saying:
        """
        Rob is about to send a message that contradicts the contract: no message that clients send has the "action" "pign" in the channel "system" of "asyncapi.json". Did you mean "ping"?
          {"action": "pign"}
        If that is meant, write: the wrong …; for a whole scenario, the tag @contrary-to-the-contract.
        """

    Scenario: A client says what the server says
      Given its document "asyncapi.json"
      When this scenario runs:
        """
        Given Rob is connected to "/ws/system"
        When he sends {"action": "pong"}
        """
      Then it fails, saying:
        """
        Rob is about to send a message that contradicts the contract: "pong" goes the other way in the channel "system" of "asyncapi.json": the server sends it, not clients. If the document is written for the client, say so in the settings: asyncapi: { document: …, view: 'client' }
          {"action": "pong"}
        If that is meant, write: the wrong …; for a whole scenario, the tag @contrary-to-the-contract.
        """

    Scenario: A client connects where nobody is
      Given its document "asyncapi.json"
      When this scenario runs:
        """
        When Rob connects to "/ws/sistem"
        """
      Then it fails, saying:
        """
        The connection of Rob contradicts the contract: The address "/ws/sistem" is in no channel of "asyncapi.json". Did you mean "/ws/system"?
        If that is meant, write: tries to connect; for a whole scenario, the tag @contrary-to-the-contract.
        """

    Scenario: A message that the document does not have is expected
      Given its document "asyncapi.json"
      When this scenario runs:
        """
        Given Rob is connected to "/ws/system"
        When he sends {"action": "ping"}
        Then he receives a "PongMesage"
        """
      Then it fails, saying:
        """
        There is no message "PongMesage" in "asyncapi.json". There is "userMessage", "ping", "systemEcho", "pong", "error", "complete", "roomChat", "kick", "roomMessage", "groupComplete" and 8 more.
        """

    Scenario: Another message of the document comes
      Given its document "asyncapi.json"
      When this scenario runs:
        """
        Given Rob is connected to "/ws/system"
        When he sends the wrong {"action": "dance"}
        Then he receives a "pong"
        """
      Then it fails, saying:
        """
        Rob did not receive a "pong" within 300 ms.
        The closest of 3 unread messages is
          1  +1 ms  {"action":"system_echo","payload":{"message":"System: Connection established!"}}
        Also unread
          2  +1 ms  {"action":"error","payload":{"message":"Nobody here understands this."}}
          3  +1 ms  {"action":"complete"}
        Rob is connected to ws://server/ws/system.
        """

    Scenario: The document is none
      Given these settings:
        """
        {}
        """
      And a file "house.yaml":
        """
        asyncapi: 3.0.0
        info: { title: The house, version: 1.0.0 }
        channels:
          system: { adress: /ws/system }
        """
      When this scenario runs:
        """
        Given the server is described by "house.yaml"
        """
      Then it fails, saying:
        """
        house.yaml:4:3 (#/channels/system): "adress" is not a member of a channel. Did you mean "address"? One of your own begins with x-.
        """

    Scenario: No document describes the server
      Given these settings:
        """
        {}
        """
      When this scenario runs:
        """
        Given Rob is connected
        Then every message fits the contract
        """
      Then it fails, saying:
        """
        No AsyncAPI document describes the server: write before this: the server is described by "…"
        """

  Rule: What contradicts the document can be reported alone

    Background:
      Given these settings:
        """
        {"asyncapi": {"document": "asyncapi.json", "strict": "report"}}
        """
      And its document "asyncapi.json", from which the message "pong" is missing

    Scenario: The scenario passes, whatever is said in it
      When this scenario runs:
        """
        Given Rob is connected to "/ws/system"
        When he sends {"action": "ping"}
        Then he receives {"action": "complete"}
        """
      Then it passes

    Scenario: A sentence asks for it nevertheless
      When this scenario runs:
        """
        Given Rob is connected to "/ws/system"
        When he sends {"action": "ping"}
        Then he receives {"action": "complete"}
        And every message fits the contract
        """
      Then it fails, saying:
        """
        Not every message fits the contract.
        Rob received a message that contradicts the contract: no message that the server sends has the "action" "pong" in the channel "system" of "asyncapi.json". There is "system_echo", "error", "complete".
        """

  Rule: What of the document is never seen is told at the end

    Scenario: Too little of the document is seen
      Given its document "asyncapi.json"
      And a file "house.yaml":
        """
        asyncapi: 3.0.0
        info: { title: The house, version: 1.0.0 }
        channels:
          system:
            address: /ws/system
            messages:
              ping: { payload: { properties: { action: { const: ping } } } }
              shout: { payload: { properties: { action: { const: shout } } } }
              pong: { payload: { properties: { action: { const: pong } } } }
              echo: { payload: { properties: { action: { const: system_echo } } } }
        operations:
          hears: { action: receive, channel: { $ref: "#/channels/system" }, messages: [{ $ref: "#/channels/system/messages/ping" }, { $ref: "#/channels/system/messages/shout" }] }
          says: { action: send, channel: { $ref: "#/channels/system" }, messages: [{ $ref: "#/channels/system/messages/pong" }, { $ref: "#/channels/system/messages/echo" }] }
        """
      And these settings:
        """
        {"asyncapi": {"document": "house.yaml", "strict": "report"}}
        """
      And at least 90 % of the document must be seen
      When this scenario runs:
        """
        Given Rob is connected to "/ws/system"
        When he sends {"action": "ping"}
        Then he receives {"action": "complete"}
        """
      Then it tells at the end how much of the document was seen:
        """
        AsyncAPI coverage of house.yaml (The house): 75 %, 3 of 4 messages seen and valid
          Undocumented: 1
            A message, sent by the server in /ws/system: no message that the server sends has the "action" "complete" in the channel "system" of "house.yaml". There is "pong", "system_echo". (features/inner.feature:2)
          Never seen: 1
            shout, sent by the client in /ws/system (hears)

        The coverage of house.yaml is 75 %, below the minimum of 90 %.
        """
