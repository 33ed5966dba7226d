Feature: A full house
  Fifty people in the room are no reason to miss a word.

  Scenario: Fifty listeners hear Ann
    Given 50 listeners are connected
    And Ann is connected
    When Ann sends "Can everybody hear me?"
    Then every listener receives "Ann: Can everybody hear me?"

  Scenario: Fifty listeners hear every word, once
    Given 50 listeners are connected
    And Ann is connected
    And everyone has caught up with "Ann has connected"
    When Ann sends "Once upon a time"
    And she sends "The end"
    Then every listener receives exactly these messages before "Ann: The end":
      | Ann: Once upon a time |

  Scenario: Ann hears fifty answers
    Given 50 listeners are connected
    And when the listeners receive "Ann: Can everybody hear me?" they send "Loud and clear!"
    And Ann is connected
    And she has caught up with "Ann has connected"
    When Ann sends "Can everybody hear me?"
    Then she receives 51 messages

  Scenario: Fifty listeners go home
    Given Ann is connected
    And 50 listeners are connected
    When the listeners disconnect
    Then Ann receives "listener-50 has disconnected"
