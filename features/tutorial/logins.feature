Feature: Logging in
  The private place is for Rob. He shows that it is him by a token in a header, or by the cookie of a session.
  Everybody else stays outside, and is told to log in.

  Background:
    Given the tutorial's server

  Rule: Whoever has logged in is let in

    Scenario: Rob comes with his token
      When Rob connects to "/ws/private" with:
        | header | Authorization | Bearer rob123 |
      Then he receives {"action": "system_echo", "payload": {"message": "System: Welcome, Rob!"}}

    Scenario: Rob comes with the cookie of his session
      When Rob connects to "/ws/private" with:
        | cookie | session | rob |
      Then he receives {"action": "system_echo", "payload": {"message": "System: Welcome, Rob!"}}

    Scenario: Rob loses the connection, and is let in again
      Given Rob connects to "/ws/private" with:
        | header | Authorization | Bearer rob123 |
      And he has caught up with {"action": "system_echo"}
      When he loses the connection
      And he reconnects
      Then he receives {"action": "system_echo", "payload": {"message": "System: Welcome, Rob!"}}

  Rule: Everybody else is refused

    Scenario: A stranger is told to log in
      When the stranger tries to connect to "/ws/private"
      Then the stranger is refused with status 401

    Scenario: An impostor is turned away
      When the impostor tries to connect to "/ws/private" with:
        | header | Authorization | Bearer wrong |
      Then the impostor is refused with status 403

    Scenario: A place that does not exist is not found
      When Rob tries to connect to "/ws/attic"
      Then he is refused with status 404
