Feature: Background jobs
  Some jobs take their time. The server puts them into a queue, says so at once, and goes on listening.
  A worker, a program of its own, works the queue off; then whoever gave the job is told the result.

  Background:
    Given the tutorial's server
    And phrases are sent as:
      """json
      {"action": "job", "payload": {"type": "translate", "content": "${phrase}"}}
      """
    And phrases are received as:
      """json
      {"action": "job_status", "payload": {"status": "result", "message": "${phrase}"}}
      """
    And Ann and Rob are connected to "/ws/background_jobs"
    And everyone has caught up with {"action": "job_status", "payload": {"status": "connected"}}

  Scenario: A job is queued
    When Rob sends "hello"
    Then he receives exactly these messages before {"action": "complete"}:
      | {"action": "job_status", "payload": {"status": "queuing"}}                  |
      | {"action": "job_status", "payload": {"status": "queued", "job": "#string"}} |

  Scenario: Nothing happens before the worker has come
    Given Rob sends "hello"
    And he has caught up with {"action": "complete"}
    When he sends {"action": "ping"}
    Then he receives nothing before {"action": "pong"}

  Scenario: The worker does the job
    Given Rob sends "hello"
    And he has caught up with {"action": "complete"}
    When the "translate worker" command runs
    Then Rob receives exactly these messages before {"action": "event_complete"}:
      | Translated: 'hello' → 'hola' |

  Scenario: The worker does all jobs
    Given Rob sends "hello"
    And he sends "good morning"
    And he receives {"payload": {"status": "queued"}}
    And he receives {"payload": {"status": "queued"}}
    When the "translate worker" command runs
    Then the command prints "Jobs done: 2"
    And Rob receives these messages:
      | Translated: 'hello' → 'hola'               |
      | Translated: 'good morning' → 'buenos días' |

  Scenario: A job is done once
    Given Rob sends "hello"
    And he receives {"payload": {"status": "queued"}}
    When the "translate worker" command runs
    And the "translate worker" command runs
    Then the command prints "Jobs done: 0"

  Scenario: A result is told to whoever gave the job
    Given Rob sends "hello"
    And he receives {"payload": {"status": "queued"}}
    When the "translate worker" command runs
    And Rob receives "Translated: 'hello' → 'hola'"
    And Ann sends {"action": "ping"}
    Then she receives nothing before {"action": "pong"}

  Scenario: A job that nobody can do is not queued
    When Rob sends {"action": "job", "payload": {"type": "sing", "content": "hello"}}
    Then he receives exactly these messages before {"action": "complete"}:
      | {"action": "error"} |
