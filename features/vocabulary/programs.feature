Feature: Programs
  The system under test need not run beforehand: the settings name programs and commands, and sentences start them.
  A program is awaited until it is ready, and stopped after the scenario, with all its children. One that is awaited by
  a line of its output must not hold that line back: Python does, without `env: { PYTHONUNBUFFERED: '1' }`.

  Scenario: A server that runs for this scenario
    Given "port" stands for a free port
    And the "echo" program is running
    And the server is at "ws://127.0.0.1:${port}"
    When Rob connects
    And Rob sends {"type": "ping"}
    Then Rob receives {"type": "ping"}
    And the "echo" program prints "Clients: 1"
    And the "echo" program is still running

  Scenario: A command that must succeed
    Given the tutorial's server
    When the "translate worker" command runs
    Then the command prints "Jobs done: 0"

  Scenario: A command that is given arguments and a time limit
    Given the tutorial's server
    And "hour" stands for "ten o'clock"
    When the "announce" command runs with "'The house closes at ${hour}'"
    Then the command prints "The house closes at ten o'clock"
    When the "translate worker" command runs within 20 seconds
    Then the command prints "Jobs done: 0"

  Rule: What a sentence does to a program also ends its connections; that alone fails no scenario

    Background:
      Given "port" stands for a free port
      And the "echo" program is running
      And the server is at "ws://127.0.0.1:${port}"
      And Rob is connected

    Scenario: A server that is restarted while clients are connected
      When the "echo" program is restarted
      And Rob reconnects
      And he sends "Are you there?"
      Then he receives "Are you there?"
      And the "echo" program prints "Clients: 1" within 2 seconds

    Scenario: A server that crashes
      When the "echo" program crashes
      Then Rob is disconnected within 1 second

    Scenario: A server that is stopped
      When the "echo" program is stopped
      Then Rob is disconnected with code 1001 and reason "The echo stops"
