Feature: Messages like </svg><script>alert(8)</script>
  A [trap](javascript:alert(9)), and <img src=x onerror=alert(10)>.

  Background:
    Given Rob is connected

  @attached
  Scenario: Markup and "quotes" ]]> </svg>
    When Rob sends "<script>alert('x')</script> ]]> </svg> & \"quoted\""
    And Rob sends what cannot be shown
    Then Rob receives a message containing "turned"

  Scenario: A reason for closing
    When Rob sends "kick"
    Then Rob is disconnected with code 4001

  Scenario: Letters of the world
    When Rob sends "東京タワー 👩‍👩‍👧 שלום עולם"
    Then Rob receives "東京タワー 👩‍👩‍👧 שלום עולם"

  Scenario: A megabyte
    When Rob sends "megabyte"
    Then Rob receives a message matching "^x+$"

  Scenario Outline: <script>alert(11)</script> <text>
    When Rob sends "<text>"
    Then Rob receives "<text>"

    Examples:
      | text                       |
      | <img src=x onerror=alert()> |
