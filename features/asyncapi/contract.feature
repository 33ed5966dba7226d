Feature: A server is as its document says
  An AsyncAPI document says where one can talk, and what is said there. Once a scenario, or the setting
  `asyncapi: 'docs/asyncapi.yaml'`, names it, each message of each client is held against it, in both directions.

  Background:
    Given the tutorial's server

  Rule: The document is the server's own

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

    Scenario: The document says what can be sent
      Given Ann and Bob are connected to "/ws/room/kitchen"
      When Ann sends a "roomChat" with:
        | payload.message | Hello, Bob! |
      Then Bob receives a "roomChat" with:
        | payload.message | Hello, Bob! |
      And he does not receive a "pong"

    Scenario: Messages of the document set off reactions
      Given Rob is connected to "/ws/background_jobs"
      And when Rob receives a "complete" he sends {"action": "ping"}
      When he sends {"action": "job", "payload": {"type": "translate", "content": "Hello"}}
      Then he receives a "pong"

    Scenario: What contradicts the document on purpose
      Given Rob is connected to "/ws/system"
      When he sends the wrong {"action": "user_message", "payload": {"message": 42}}
      Then he receives an "error"

    @contrary-to-the-contract
    Scenario: A scenario that contradicts the document
      Given Rob is connected to "/ws/system"
      When he sends {"action": "dance"}
      Then he receives an "error"

  Rule: What contradicts the document fails the scenario

    Scenario: A client says what nobody understands
      When this scenario runs:
        """
        Given the server is described by "${tutorial}/asyncapi.json"
        And Rob is connected to "${tutorial}/ws/system"
        When he sends {"action": "dance"}
        """
      Then it fails, saying:
        """
        x
        """
