Feature: Any words
  The room passes on what people say as they have said it: every script, every sign, every length.

  Scenario Outline: <What> arrives as it was written
    Given Ann and Bob are connected
    When Ann sends "<words>"
    Then everyone receives "Ann: <words>"

    Examples:
      | What          | words                             |
      | An apostrophe | It's me                           |
      | An accent     | Crème brûlée, s'il vous plaît     |
      | An emoji      | 👩‍👩‍👧 👋🏽 🇺🇦                |
      | Another hand  | Здравствуйте! 你好! مرحبا           |
      | A sign        | 1 < 2 & 3 > 2, 100 %, $5, {x}, #1 |

  Scenario: A quotation arrives as it was written
    Given Ann and Bob are connected
    When Ann sends 'Carol said "Hello" and left'
    Then everyone receives 'Ann: Carol said "Hello" and left'

  Scenario: Both kinds of quotes arrive as they were written
    Given Ann and Bob are connected
    When Ann sends:
      """
      "It's me!", said Carol.
      """
    Then everyone receives:
      """
      Ann: "It's me!", said Carol.
      """

  Scenario: A poem keeps its lines
    Given Ann and Bob are connected
    When Ann sends:
      """
      Roses are red,
        violets are blue,

      this room is open
        for me and for you.
      """
    Then everyone receives:
      """
      Ann: Roses are red,
        violets are blue,

      this room is open
        for me and for you.
      """

  Scenario: A long story arrives whole
    Given Ann and Bob are connected
    And "story" stands for a text of 100000 characters
    When Ann sends "${story}"
    Then everyone receives "Ann: ${story}"

  Scenario: Nothing overtakes a long story
    Given Ann and Bob are connected
    And everyone has caught up with "Bob has connected"
    And "story" stands for a text of 100000 characters
    When Ann sends "${story}"
    And she sends "The end"
    Then everyone receives exactly these messages before "Ann: The end":
      | Ann: ${story} |
