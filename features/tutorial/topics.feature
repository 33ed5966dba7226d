Feature: Topics
  One connection carries many topics. Whoever subscribes to a topic is told what others publish there.

  Each request has a `ref`, which its answer repeats: so one can ask several things at once and knows which answer is
  which.
  What was published has no `ref`, for nobody asked for it. It is delivered before its publisher has an answer.

  Background:
    Given the tutorial's server
    And Ann and Bob are connected to "/ws/topics"

  Rule: The answer has the ref of its request

    Scenario: A subscription is answered
      When Ann sends {"action": "subscribe", "topic": "news", "ref": 1}
      Then she receives exactly:
        """json
        {"ref": 1, "status": "ok", "topic": "news"}
        """

    Scenario: A ref may be anything that is not used twice
      Given "request" stands for "${uuid}"
      When Ann sends {"action": "subscribe", "topic": "news", "ref": "${request}"}
      Then she receives {"ref": "${request}", "status": "ok"}

    Scenario: Several requests at once, each with its answer
      When Ann sends {"action": "subscribe", "topic": "news", "ref": 1}
      And she sends {"action": "subscribe", "topic": "gossip", "ref": 2}
      And she sends {"action": "subscribe", "topic": "weather", "ref": 3}
      Then she receives these messages in any order:
        | {"ref": 3, "status": "ok", "topic": "weather"} |
        | {"ref": 2, "status": "error"}                  |
        | {"ref": 1, "status": "ok", "topic": "news"}    |

    Scenario Outline: Nobody can <action> a topic that does not exist
      When Ann sends a message with:
        | action | <action> |
        | topic  | gossip   |
        | ref    | 7        |
      Then she receives {"ref": 7, "status": "error"}

      Examples:
        | action    |
        | subscribe |
        | publish   |

  Rule: What is published reaches the subscribers of the topic

    Scenario: A subscriber is told what is published
      Given Ann sends {"action": "subscribe", "topic": "weather", "ref": 1}
      And she receives {"ref": 1, "status": "ok"}
      When Bob sends {"action": "publish", "topic": "weather", "ref": 1, "payload": {"sky": "blue", "degrees": 21}}
      Then he receives {"ref": 1, "status": "ok"}
      And Ann receives a message with:
        | topic           | weather     |
        | payload.degrees | 21          |
        | ref             | #notpresent |

    Scenario: Several topics come on one connection
      Given Ann sends {"action": "subscribe", "topic": "news", "ref": 1}
      And she sends {"action": "subscribe", "topic": "weather", "ref": 2}
      And she has caught up with {"ref": 2, "status": "ok"}
      When Bob sends {"action": "publish", "topic": "weather", "ref": 1, "payload": "Sunny"}
      And he sends {"action": "publish", "topic": "music", "ref": 2, "payload": "La, la, la"}
      And he sends {"action": "publish", "topic": "news", "ref": 3, "payload": "Nothing happened"}
      Then Ann receives exactly these messages before {"topic": "news"}:
        | {"topic": "weather", "payload": "Sunny"} |

    Scenario: Whoever has not subscribed is not told
      When Bob sends {"action": "publish", "topic": "news", "ref": 1, "payload": "It's a girl!"}
      And he receives {"ref": 1, "status": "ok"}
      And Ann sends {"action": "subscribe", "topic": "news", "ref": 1}
      Then she receives nothing before {"ref": 1, "status": "ok"}

    Scenario: Whoever publishes is told like every subscriber, and then has the answer
      Given Bob sends {"action": "subscribe", "topic": "news", "ref": 1}
      And he has caught up with {"ref": 1}
      When he sends {"action": "publish", "topic": "news", "ref": 2, "payload": "It's a girl!"}
      Then he receives exactly these messages before {"ref": 2, "status": "ok"}:
        | {"topic": "news", "payload": "It's a girl!"} |

    Scenario: An answer names the question that it answers
      Given Ann and Bob send {"action": "subscribe", "topic": "news", "ref": 1}
      And everyone receives {"ref": 1, "status": "ok"}
      When Ann sends {"action": "publish", "topic": "news", "ref": 2, "payload": {"id": "${uuid}", "text": "Any news?"}}
      And Bob receives {"payload": {"text": "Any news?"}}
      And he remembers "payload.id" as "question"
      And he sends {"action": "publish", "topic": "news", "ref": 2, "payload": {"answers": "${question}", "text": "None"}}
      Then Ann receives {"topic": "news", "payload": {"answers": "${question}", "text": "None"}}
