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

  Scenario: Numbers keep all their digits
    When Rob sends {"order": {"id": 9007199254740993, "price": 0.1000000000000000055}}
    Then Rob receives {"order": {"id": 9007199254740993}}
    And Rob remembers "order" as "original"
    When Rob sends {"cancel": ${original}}
    Then Rob does not receive {"cancel": {"id": 9007199254740992}}
    And Rob receives {"cancel": {"id": 9007199254740993, "price": 0.1000000000000000055}}

  Scenario: What is always known
    When Rob sends {"by": "${client}", "id": "${uuid}", "at": "${now}", "ms": "${timestamp}"}
    Then Rob receives {"by": "Rob", "id": "#uuid", "at": "#date-time", "ms": "#number"}
