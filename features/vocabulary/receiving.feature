Feature: Receiving
  Whatever a client receives waits in its inbox until a sentence reads it. A sentence reads the earliest unread message
  that is meant and waits if there is none, so the order of unrelated messages never fails a scenario.

  Background:
    Given a server that answers each message with the same
    And Rob is connected

  Rule: One message

    Scenario: A phrase, in any order of arrival
      When Rob sends "One"
      And Rob sends "Two"
      Then Rob receives "Two"
      And Rob receives "One"

    Scenario: In a time of its own
      When Rob sends "Hello"
      Then Rob receives "Hello" within 2 seconds

    Scenario: JSON that contains what is written
      When Rob sends {"type": "order", "by": {"name": "Ann", "age": 33}}
      Then Rob receives {"by": {"name": "Ann"}}

    Scenario: JSON that is just what is written
      When Rob sends {"type": "order", "by": "Ann"}
      Then Rob receives exactly:
        """json
        {"by": "Ann", "type": "order"}
        """

    Scenario: Values that are not known beforehand
      When Rob sends {"id": "${uuid}", "at": "${now}", "price": 12, "tags": ["a", "b"], "note": null}
      Then Rob receives:
        """json
        {
          "id": "#uuid",
          "at": "#date-time",
          "price": "#number",
          "tags": "#[2]",
          "note": "#null",
          "discount": "#notpresent"
        }
        """

    Scenario: A table of paths and values
      When Rob sends {"type": "order", "lines": [{"colour": "red"}, {"colour": "blue"}], "by": {"name": "Ann"}}
      Then Rob receives a message with:
        | type                                  | order              |
        | by.name                               | #regex ^A          |
        | lines[0].colour                       | red                |
        | lines[*].colour                       | blue               |
        | lines[?match(@.colour, "r.*")].colour | red                |
        | /lines/1                              | {"colour": "blue"} |

    Scenario: A table of paths alone asks for presence
      When Rob sends {"type": "order", "by": {"name": "Ann"}}
      Then Rob receives a message with:
        | type    |
        | by.name |

    Scenario: A part of a phrase
      When Rob sends "Hello, world!"
      Then Rob receives a message containing "world"

    Scenario: A pattern
      When Rob sends "Order 4711 is placed"
      Then Rob receives a message matching "^Order \d+ is placed$"

    Scenario: A message by its name
      When Rob sends {"type": "order", "by": "Rob", "lines": [{"id": 1, "colour": "red"}], "note": "soon"}
      Then Rob receives the "place order" message

    Scenario: A message by its name, with other values
      When Rob sends {"type": "order", "by": "Rob", "lines": [{"id": 7, "colour": "red"}]}
      Then Rob receives the "place order" message with:
        | lines[0].id | #number |

    Scenario: A message that is valid against a schema
      When Rob sends {"type": "order", "lines": [{"id": 1, "colour": "red"}]}
      Then Rob receives a message valid against "features/schemas/order.schema.json"

    Scenario: A message that is valid against a part of a document, such as AsyncAPI
      When Rob sends {"type": "order", "lines": [{"id": 1, "colour": "red"}]}
      Then Rob receives a message valid against "features/schemas/asyncapi.yaml#/components/schemas/Order"

    Scenario: Whatever comes
      When Rob sends "Hello"
      Then Rob receives any message

    Scenario: A message that compares
      When Rob sends {"type": "bid", "amount": 120, "by": {"name": "Ann"}}
      Then Rob receives a message where "amount" is greater than 100
      And the message's "amount" is 120
      And the message's "by.name" is "Ann"
      And the value of "amount" is at least 100
      And the "by.name" is not "Bob"
      When Rob sends {"type": "bid", "amount": 120, "by": {"name": "Ann"}}
      Then Rob receives:
        """json
        {"amount": "#between 100 and 200", "by": {"name": "#startsWith A"}}
        """

    Scenario: A message by its type
      When Rob sends {"type": "welcome", "room": "lobby"}
      And Rob sends {"type": "welcome", "room": "attic"}
      Then Rob should receive a message of type "welcome"
      And Rob gets a message with "room" "attic"

    Scenario: A message that is written below
      When Rob sends the JSON:
        """
        {"type": "order", "id": 7}
        """
      Then Rob receives the following message:
        | type | order |
        | id   | 7     |

    Scenario: One of two
      When Rob sends "Yes"
      Then Rob receives either "Yes" or "No"

    Scenario: Waiting for a message is receiving it
      When Rob sends "Ready"
      Then Rob waits for "Ready"

    Scenario: The same as somebody else
      Given Ann is connected
      When Ann and Rob send {"seat": 7, "free": true}
      Then Ann receives {"seat": 7}
      And Rob receives the same message as Ann

    Scenario: The very next message
      When Rob sends "One"
      And he sends "Two"
      And he sends "Three"
      Then Rob's next message is "One"
      And Rob's next message after "Two" is "Three"

    Scenario: The very next message, as people say it
      When Rob sends JSON {"message": "One"}
      And he sends message {"message": "Two"}
      And he sends "Three"
      Then the next message is {"message": "One"}
      And the next message is "Two"

    Scenario: The message after one that was read a while ago
      When Rob sends these messages:
        | One   |
        | Two   |
        | Three |
      Then Rob receives "One"
      And he receives "Three"
      And Rob's next message after "One" is "Two"

    Scenario: The last message
      When Rob sends "One"
      And he sends "Two"
      Then Rob's last message is "Two"
      And the last message Rob received is "Two"
      And the last message is "Two"

  Rule: Several messages

    Background:
      When Rob sends "One"
      And Rob sends "Two"
      And Rob sends "Three"

    Scenario: In this order, others may come between
      Then Rob receives these messages:
        | One   |
        | Three |

    Scenario: In any order
      Then Rob receives these messages in any order:
        | Three                    |
        | {"message": "One"}       |
        | a message containing "T" |

    Scenario: In this order, and none between
      Then Rob receives exactly these messages:
        | Two   |
        | Three |

    Scenario: All that came, up to a closing message
      Then Rob receives exactly these messages before "Three":
        | One |
        | Two |

    Scenario: So many
      Then Rob receives 2 messages
      And Rob receives 1 message
      And Rob receives nothing else

  Rule: Before and after

    Background:
      When Rob sends "Ready"
      And Rob sends "Steady"
      And Rob sends "Go"

    Scenario: Before another message
      Then Rob receives "Ready" before "Go"

    Scenario: One, and then another
      Then Rob receives "Ready" and then {"message": "Steady"}
      And Rob receives nothing before "Go"

    Scenario: After another message, which may have been read
      Then Rob receives "Ready"
      And Rob receives "Go" after "Ready"

  Rule: How often

    Background:
      When Rob sends "Tick" 3 times

    Scenario: Just so often
      Then Rob receives "Tick" exactly 3 times
      When Rob sends "Tock"
      Then Rob receives "Tock" only once
      When Rob sends "Tock" twice
      Then Rob receives "Tock" twice within 1 second

    Scenario: So often, or more often
      Then Rob receives "Tick" at least twice

    Scenario: So often, or less often
      Then Rob receives "Tick" at most 3 times
      And Rob receives "Tick" 3 times

    Scenario: So many messages
      Then Rob receives at least 2 messages within 1 second
      And Rob receives exactly 1 message
      And Rob receives at most 2 messages
      And Rob receives at most 2 messages within 50 ms

    Scenario: At regular intervals
      Given Rob has caught up
      When Rob sends {"type": "heartbeat"} every half a second
      Then Rob receives {"type": "heartbeat"} every half a second
      When Rob stops sending {"type": "heartbeat"}

  Rule: Nothing

    Scenario: Nothing, as people say it
      When Rob sends "One"
      Then Rob never sees "Two"
      And Rob receives neither "Two" nor "Three"
      And no one receives "Two"
      And Rob gets "One"
      And no one else gets "One"
      And Rob receives no message
      And Rob does not receive anything else
      And Rob gets no other messages
      And Rob sees nothing more for 50 ms

    Scenario: Nothing since he last read something
      When Rob sends "One"
      And Rob sends "Two"
      Then Rob receives "Two"
      And Rob receives nothing
      And Rob receives nothing for 50 ms

    Scenario: Nothing else, however old
      When Rob sends "One"
      Then Rob receives "One"
      And Rob receives nothing else

    Scenario: Nothing before a message: this waits for an event, not for time
      When Rob sends "One"
      Then Rob receives nothing before "One"

    Scenario: Not this one
      When Rob sends "One"
      Then Rob does not receive "Two"
      And Rob does not receive "Three" for 50 ms

    Scenario: This one without that one: this, too, waits for an event
      When Rob sends "One"
      And Rob sends "Two"
      Then Rob receives "One" without receiving "Two"

    Scenario: Nothing after the end: once a sentence has said that the server disconnected a client, nothing more can come
      Given a server that disconnects whoever speaks, with 4003 "Go away"
      And Ann is connected
      When Ann sends "Hello"
      Then Ann is disconnected with code 4003
      And Ann receives nothing else

    Scenario: Nobody, nobody else, only he
      Given Ann and Bob are connected
      When Bob sends "One"
      Then only Bob receives "One"
      And nobody else receives "One"
      And nobody receives "Two"

    Scenario: A thousand people in one room, and nobody in the next
      Given a server that tells everyone in a room what somebody says there
      And 1000 listeners are connected to "/lobby"
      And Ann is connected to "/lobby"
      And 10 strangers are connected to "/attic"
      When Ann sends "Hello"
      Then every listener and Ann receive "Hello"
      And nobody else receives "Hello"

    Scenario: Everyone else
      Given Ann is connected
      When Ann sends "One"
      Then everyone else does not receive "One"
      And everyone but Rob receives "One"

  Rule: Noise

    Scenario: What somebody ignores is in the report alone
      Given Rob ignores {"type": "heartbeat"}
      When Rob sends {"type": "heartbeat"}
      And Rob sends "Hello"
      Then Rob receives nothing before "Hello"

  Rule: What came before is read

    Scenario: Caught up with what has come
      When Rob sends "One"
      Then Rob receives "One"
      Given Rob has caught up
      Then Rob receives nothing else

    Scenario: Caught up with a message that is still to come
      When Rob sends "One"
      And Rob sends "Two"
      Given Rob has caught up with "Two"
      Then Rob does not receive "One"
