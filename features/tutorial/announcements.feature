Feature: Announcements
  What concerns everyone is announced in all rooms, by somebody who is in none of them: a program beside the server.

  Background:
    Given the tutorial's server
    And phrases travel as:
      """json
      {"action": "room_message", "payload": {"message": "${phrase}"}}
      """

  Scenario: All rooms hear an announcement
    Given Ann is connected to "/ws/room/lobby"
    And Carol is connected to "/ws/room/kitchen"
    When the "announcement" command runs
    Then everyone receives exactly these messages before {"action": "group_complete"}:
      | The house closes at ten |

  Scenario: An announcement says which room it is heard in
    Given Ann is connected to "/ws/room/lobby"
    When the "announcement" command runs
    Then Ann receives {"action": "room_message", "payload": {"room_name": "lobby"}}

  Scenario: Whoever is in no room does not hear it
    Given Ann is connected to "/ws/room/lobby"
    And Rob is connected to "/ws/system"
    And Rob has caught up with {"action": "system_echo"}
    When the "announcement" command runs
    And Ann receives "The house closes at ten"
    And Rob sends {"action": "ping"}
    Then he receives nothing before {"action": "pong"}

  Scenario: Whoever comes later does not hear it
    Given the "announcement" command runs
    When Ann connects to "/ws/room/lobby"
    And she sends {"action": "ping"}
    Then she receives nothing before {"action": "pong"}

  Scenario: An announcement needs no program
    Given Ann is connected to "/ws/room/lobby"
    When Rob requests "POST /announce" with:
      """json
      {"message": "The house closes at nine"}
      """
    Then the response status is 204
    And Ann receives "The house closes at nine"

  Scenario: An announcement without words is none
    When Rob requests "POST /announce" with:
      """json
      {"text": "The house closes at nine"}
      """
    Then the response status is 400
