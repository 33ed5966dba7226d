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

  Scenario: A command that must succeed
    Given the tutorial's server
    When the "translate worker" command runs
    Then the command prints "Jobs done: 0"
