Feature: Remembering
  `${name}` stands for a value in every message, table, doc string, address and header.

  Background:
    Given a server that answers each message with the same
    And Rob is connected

  Scenario: A word that stands for another
    Given "greeting" stands for "Good morning"
    When Rob sends "${greeting}, Ann"
    Then Rob receives "Good morning, Ann"

  Scenario: A value of a message that was read keeps its type
    When Rob sends {"order": {"id": 4711}}
    Then Rob receives {"order": "#object"}
    And Rob remembers "order.id" as "order"
    When Rob sends {"cancel": ${order}, "note": "order ${order}"}
    Then Rob receives {"cancel": 4711, "note": "order 4711"}

  Scenario: What is always known
    When Rob sends {"by": "${client}", "id": "${uuid}", "at": "${now}", "ms": "${timestamp}"}
    Then Rob receives {"by": "Rob", "id": "#uuid", "at": "#date-time", "ms": "#number"}
