@orders
Feature: Placing orders
  As a **buyer** I want to order,
  - at once, and
  - without a word too many.

  Background: A buyer
    Given Rob is connected
    And Rob sends:
      """json
      {"greeting": "Good morning, exchange"}
      """

  @fast
  Scenario: An order is confirmed
    When Rob sends a message with:
      | order.id   | 12  |
      | order.item | tea |
    Then Rob receives a message with:
      | order.id | #number |

  Scenario: Nobody is told
    Given when Ann receives "cake" she sends "I saw cake"
    And Ann is connected
    When Rob sends "cake"
    Then Rob receives "I saw cake"
    And nobody receives "scones"

  Rule: Every order has a number
    Numbers are *never* given twice.

    Background:
      Given Ann is connected

    Scenario Outline: Order <number> of <item>
      When Ann sends "<item> as number <number>"
      Then Rob receives "<item> as number <number>"

      @small
      Examples: Small orders
        | number | item   |
        | 1      | coffee |
        | 2      | milk   |

      @large
      Examples: Large orders
        | number | item |
        | 1000   | rice |
