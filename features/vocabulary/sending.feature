Feature: Sending
  Phrases are how people read; templates say how they travel.

  Background:
    Given a server that answers each message with the same

  Rule: Phrases travel through a template

    Scenario: The template of the settings
      Given Rob is connected
      When Rob sends "Hello"
      Then Rob receives {"message": "Hello"}

    Scenario: A template for both directions
      Given phrases travel as:
        """json
        {"action": "chat", "payload": {"text": "${phrase}"}}
        """
      And Rob is connected
      When Rob sends "Hello"
      Then Rob receives {"action": "chat", "payload": {"text": "Hello"}}

    Scenario: One for each direction, with the name of whoever speaks
      Given phrases are sent as:
        """json
        {"from": "${client}", "said": "${phrase}"}
        """
      And phrases are received as:
        """json
        {"said": "${phrase}"}
        """
      And Rob is connected
      When Rob sends "Hello"
      Then Rob receives "Hello"

    Scenario: A template that is no JSON
      Given phrases travel as:
        """
        SAY ${phrase}.
        """
      And Rob is connected
      When Rob sends "Hello"
      Then Rob receives:
        """text
        SAY Hello.
        """

  Rule: Other messages travel as they are written

    Background:
      Given Rob is connected

    Scenario: JSON in the sentence
      When Rob sends {"type": "order", "lines": [{"id": 1}]}
      Then Rob receives {"lines": [{"id": 1}]}

    Scenario: JSON in a doc string
      When Rob sends:
        """json
        {
          "type": "order"
        }
        """
      Then Rob receives {"type": "order"}

    Scenario: A phrase of several lines
      When Rob sends:
        """
        Dear Ann,
        how are you?
        """
      Then Rob receives:
        """
        Dear Ann,
        how are you?
        """

    Scenario: A text just as it stands
      When Rob sends:
        """text
        {no JSON
        """
      Then Rob receives:
        """text
        {no JSON
        """

    Scenario: A text or JSON, said in the sentence
      When Rob sends the text:
        """
        {"type": "order"}
        """
      And Rob sends the following message:
        """
        Hello
        """
      And Rob sends the JSON:
        """
        "Bye"
        """
      Then Rob receives the text:
        """
        {"type": "order"}
        """
      And Rob receives the text:
        """
        {"message":"Hello"}
        """
      And Rob receives the JSON:
        """
        "Bye"
        """

    Scenario: A table of paths and values
      When Rob sends a message with:
        | type            | order     |
        | lines[0].id     | 1         |
        | lines[0].colour | "red"     |
        | /lines/1        | {"id": 2} |
        | by              | ${client} |
      Then Rob receives {"type": "order", "lines": [{"id": 1, "colour": "red"}, {"id": 2}], "by": "Rob"}

  Rule: Messages have names, and files

    Background:
      Given Rob is connected

    Scenario: A message by its name
      When Rob sends the "place order" message
      Then Rob receives {"type": "order", "by": "Rob"}

    Scenario: A table overrides its members
      When Rob sends the "place order" message with:
        | lines[0].colour | blue      |
        | lines[1]        | {"id": 2} |
      Then Rob receives {"type": "order", "lines": [{"id": 1, "colour": "blue"}, {"id": 2}]}

    Scenario: A message that is written in YAML, with a variable
      Given "order" stands for "4711"
      When Rob sends the "cancel order" message
      Then Rob receives {"type": "cancel", "order": "4711"}

    Scenario: A message that is a text
      When Rob sends the "greeting" message
      Then Rob receives:
        """text
        Good morning, Rob
        """

    Scenario: Bytes, and a file
      When Rob sends the bytes "de ad be ef"
      And Rob sends the file "features/schemas/line.schema.json"
      Then Rob receives the bytes "deadbeef"
      And Rob receives the file "features/schemas/line.schema.json"

    Scenario: Several, each written in its own way
      When Rob sends these messages:
        | the bytes "de ad be ef"                      |
        | the JSON {"type": "ping"}                    |
        | the file "features/schemas/line.schema.json" |
      Then Rob receives exactly these messages:
        | a binary message |
        | {"type": "ping"} |
        | a binary message |

  Rule: Time and number

    Background:
      Given Ann and Rob are connected

    Scenario: After a while
      When Rob sends "Hello" after 20 ms
      Then Rob receives "Hello"

    Scenario: Several times
      When Rob sends "Hello" 3 times
      Then Rob receives 3 messages

    Scenario: Several messages
      When Rob sends these messages:
        | One               |
        | {"type": "order"} |
      Then Rob receives "One"
      And he receives {"type": "order"}

    Scenario: Again and again
      When Rob sends {"type": "heartbeat"} every 50 ms
      Then Rob receives {"type": "heartbeat"} at least 3 times
      When Rob stops sending {"type": "heartbeat"}

    Scenario: A request and its answer
      When Rob asks {"op": "list", "id": 7} and is answered {"op": "list"}

    Scenario: Several people
      When Ann and Rob send "I am ${client}"
      Then Ann receives "I am Ann"
      And Rob receives "I am Rob"

    Scenario: Asking whether the server is there
      When Rob pings the server
      Then Rob receives a pong

    Scenario: Letting time pass
      When 20 milliseconds pass
      And Ann waits 20 ms
      Then Ann is still connected

    Scenario: No longer than that in all
      Given the scenario takes at most 30 seconds
      When Rob sends "Hello"
      Then Rob receives "Hello"
