Feature: Talking to the system
  The system is somebody to talk to when nobody else is there. It greets whoever comes, and says after them what they
  say.

  Whatever it answers, it says `complete` last: by this a tester knows, without waiting, that the answer was all.

  Background:
    Given the tutorial's server
    And phrases are sent as:
      """json
      {"action": "user_message", "payload": {"message": "${phrase}"}}
      """
    And phrases are received as:
      """json
      {"action": "system_echo", "payload": {"message": "${phrase}"}}
      """
    And Rob is connected to "/ws/system"

  Scenario: The system greets whoever comes
    Then Rob's next message is "System: Connection established!"

  Scenario: The system answers a ping, and says nothing else
    Given Rob has caught up with "System: Connection established!"
    When he sends {"action": "ping"}
    Then he receives exactly these messages before {"action": "complete"}:
      | {"action": "pong"} |

  Scenario: The system says after Rob what he says
    Given Rob has caught up with "System: Connection established!"
    When he sends "This is a test message"
    Then he receives exactly these messages before {"action": "complete"}:
      | System Echo: This is a test message |

  Scenario: The answer has nothing in it that was not asked for
    When Rob sends "Hello"
    Then he receives "System: Connection established!"
    And he receives exactly:
      """json
      {"action": "system_echo", "payload": {"message": "System Echo: Hello"}}
      """

  Scenario: Answers come in the order of the questions
    Given Rob has caught up with "System: Connection established!"
    When he sends "One"
    And he sends "Two"
    Then he receives exactly these messages:
      | System Echo: One       |
      | {"action": "complete"} |
      | System Echo: Two       |
      | {"action": "complete"} |

  Scenario: What one says is nobody else's business
    Given Ann is connected to "/ws/system"
    And everyone has caught up with "System: Connection established!"
    When Ann sends "It's a secret"
    And she receives "System Echo: It's a secret"
    And Rob sends {"action": "ping"}
    Then he receives nothing before {"action": "pong"}

  Scenario Outline: The system says that it does not understand <nonsense>, and goes on
    Given Rob has caught up with "System: Connection established!"
    When he sends <nonsense>
    And he sends "Sorry"
    Then he receives {"action": "error"} without receiving "System Echo: Sorry"
    And he receives "System Echo: Sorry"

    Examples:
      | nonsense                                            |
      | {"action": "sing"}                                  |
      | {"message": "Hello"}                                |
      | {"action": "user_message", "payload": "Hello"}      |
      | {"action": "user_message", "payload": {"text": ""}} |

  Scenario: The system survives a message that is no JSON
    Given Rob has caught up with "System: Connection established!"
    When he sends:
      """text
      {"action": "ping
      """
    Then he receives exactly these messages before {"action": "complete"}:
      | {"action": "error"} |
    And he is still connected
