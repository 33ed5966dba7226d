Feature: Answering
  Some answer at once, some take their time, some answer every time, and some take a hint and go.

  Scenario: Bob takes his time
    Given Ann and Bob are connected
    And when Bob receives "Ann: Are you there?" he sends "Yes, I was making tea" after 50 ms
    When Ann sends "Are you there?"
    Then she receives "Bob: Yes, I was making tea" within 2 seconds

  Scenario: The waiter answers every time
    Given Ann and the waiter are connected
    And whenever the waiter receives a message containing "please" he sends "At once!"
    When Ann sends "A pot of tea, please"
    Then she receives "waiter: At once!"
    When she sends "And some milk, please"
    Then she receives "waiter: At once!"

  Scenario: The waiter answers nobody who doesn't ask
    Given Ann and the waiter are connected
    And whenever the waiter receives a message containing "please" he sends "At once!"
    When Ann sends "I'm just looking, thank you"
    Then nobody receives "waiter: At once!"

  Scenario: Rob leaves when he is told to
    Given Ann, Bob and Rob are connected
    And when Rob receives "Ann: Time to go, Rob" he disconnects
    When Ann sends "Time to go, Rob"
    Then everyone but Rob receives "Rob has disconnected"

  Scenario: Rob says hello each time he comes
    Given Ann is connected
    And whenever Rob receives "Rob has connected" he sends "It's me!"
    When Rob connects
    Then Ann receives "Rob: It's me!"
    When Rob disconnects
    And he reconnects
    Then Ann receives "Rob: It's me!"
