Feature: What a step that no sentence answers is told
  Whoever writes nearly a sentence is told the nearest ones, with the names and messages of the step. A step that no
  sentence can say is told so. Cucumber offers a snippet to define it, too.

  Scenario: Another word for it
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob obtains "Rob has connected"
      """
    Then it fails, saying:
      """
      No sentence says: Rob obtains "Rob has connected" (features/inner.feature:4)
      Did you mean: Rob receives "Rob has connected"
      """

  Scenario: Several steps, several sentences
    When this scenario runs:
      """
      Given Rob is online
      And Rob says hello
      And Rob receives these messages
        | "Rob: hello" |
      """
    Then it fails, saying:
      """
      No sentence says: Rob is online (features/inner.feature:3)
      Did you mean: Rob is connected

      No sentence says: Rob says hello (features/inner.feature:4)
      Did you mean: Rob says "hello"

      No sentence says: Rob receives these messages (features/inner.feature:5)
      Did you mean: Rob receives these messages:
      """

  Scenario: A sentence that is near to two
    When this scenario runs:
      """
      Given Rob is conected
      """
    Then it fails, saying:
      """
      No sentence says: Rob is conected (features/inner.feature:3)
      Did you mean one of these?
        Rob is connected
        Rob is disconnected
        Rob is refused
      """

  Scenario: A step of another world
    When this scenario runs:
      """
      Given Rob is connected
      When Rob orders a taxi to "Main Street"
      And the order is stored in the database
      And there is snow
      """
    Then it fails, saying:
      """
      No sentence says: Rob orders a taxi to "Main Street" (features/inner.feature:4)
      Say it as a message, such as Rob sends {"type": "…"} or Rob receives a message of type "…", or define it as a step of your own on a client.

      No sentence says: the order is stored in the database (features/inner.feature:5)
      No sentence looks into a database: ask the server by a request, such as Rob requests "GET /orders", or write a step of your own.
      """
    And it offers to define "there is snow"

  Scenario: A table and a doc string that another sentence takes
    When this feature runs:
      """
      Feature: Below another sentence
        Scenario: A table
          Given Rob is connected
          Then Rob receives any message
            | Rob has connected |
        Scenario: A doc string
          Given Rob is connected
          When Rob requests "POST /orders"
            \"\"\"
            {"id": 12}
            \"\"\"
        Scenario: A doc string that none takes
          Given Rob is connected
          When Rob disconnects
            \"\"\"
            Bye
            \"\"\"
      """
    Then it fails, saying:
      """
      This sentence takes no table below it.

      This sentence takes no doc string below it.
      Did you mean: Rob requests "POST /orders" with:

      This sentence takes no doc string below it.
      """

  Scenario: What stands below a sentence is missing, or is too much
    When this feature runs:
      """
      Feature: Below a sentence
        Scenario: No table of messages
          Given Rob is connected
          Then Rob receives these messages:
        Scenario: No table of members
          Given Rob is connected
          When Rob sends a message with:
        Scenario: Nothing to connect with
          When Rob connects with:
        Scenario: No doc string
          Given Rob is connected
          When Rob sends:
        Scenario: A table where none belongs
          Given Rob is connected
          When Rob sends "Hello"
            | message | Hello |
        Scenario: A doc string without the colon
          Given Rob is connected
          Then Rob receives exactly
            \"\"\"
            Hello
            \"\"\"
      """
    Then it fails, saying:
      """
      This sentence needs a table below it, with rows like
        | Hello, world! |

      This sentence needs a table below it, with rows like
        | payload.name | Rob |

      This sentence needs a table below it, with rows like
        | header | Authorization | Bearer x |

      This sentence needs a doc string below it:
        \"\"\"
        Hello, world!
        \"\"\"

      This sentence takes no table below it.

      No sentence says: Rob receives exactly (features/inner.feature:19)
      Did you mean: Rob receives exactly:
      """
