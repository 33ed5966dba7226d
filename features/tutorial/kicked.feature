Feature: Being kicked out
  Whoever is kicked out of a room is told why: the connection is closed with the code 4001 and the word "Kicked".
  The others stay, and whoever was kicked out may come back.

  Background:
    Given the tutorial's server
    And phrases travel as:
      """json
      {"action": "room_chat", "payload": {"message": "${phrase}"}}
      """
    And Ann and Rob are connected to "/ws/room/lobby"
    And Ann has caught up with {"action": "group_complete"}

  Scenario: Rob is told why
    When Rob sends {"action": "kick"}
    Then he is disconnected with code 4001 and reason "Kicked"

  Scenario: The others stay
    When Rob sends {"action": "kick"}
    Then he is disconnected
    But Ann is still connected

  Scenario: The others go on talking
    When Rob sends {"action": "kick"}
    And he is disconnected
    And Ann sends "Where is Rob?"
    Then she receives nothing before "Where is Rob?"

  Scenario: What Rob says on his way out is not heard
    When Rob sends {"action": "kick"}
    And he sends "I'm innocent!"
    And he is disconnected with code 4001
    And Ann sends "Where is Rob?"
    Then she receives "Where is Rob?" without receiving "I'm innocent!"

  Scenario: Rob may come back
    When Rob sends {"action": "kick"}
    And he is disconnected with code 4001
    And he reconnects
    Then Ann receives {"action": "room_message", "payload": {"room_name": "lobby"}}
    When Rob sends "Here I am again"
    Then everyone receives "Here I am again"
