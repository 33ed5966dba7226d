Feature: What is told of how often, when and which of several
  Whoever says how often a message comes, beside which other one, or how large a member is, is told how it was instead.

  Background:
    Given a server that answers each message with the same
    And these settings:
      """
      {"timeout": "1s", "quiet": "50ms", "correlation": "id"}
      """

  Scenario: Not so often
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "tick" twice
      Then Rob receives "tick" 3 times
      """
    Then it fails, saying:
      """
      Rob did not receive "tick" 3 times within 1 s.
        received 2 of 3
      Unread
        1  +1 ms  {"message":"tick"}
        2  +1 ms  {"message":"tick"}
      Rob is connected to ws://server/.
      """

  Scenario: Too often
    When this feature runs:
      """
      Feature: Too often
        Background:
          Given Rob is connected
          When Rob sends "tick" 3 times
          And Rob sends "tock"
          And Rob receives "tock"
        Scenario: A message
          Then Rob receives "tick" twice
        Scenario: A message, at most
          Then Rob receives "tick" at most once
        Scenario: Any message
          Then Rob receives at most 2 messages
      """
    Then it fails, saying:
      """
      Rob should receive "tick" only twice, but number 3 is one more.
      Unread
        3  +1 ms  {"message":"tick"}
      Rob is connected to ws://server/.

      Rob should receive "tick" at most once, but number 2 is one more.
      Unread
        1  +1 ms  {"message":"tick"}
        2  +1 ms  {"message":"tick"}
        3  +1 ms  {"message":"tick"}
      Rob is connected to ws://server/.

      Rob should receive at most 2 messages, but number 3 is one more.
      Unread
        1  +1 ms  {"message":"tick"}
        2  +1 ms  {"message":"tick"}
        3  +1 ms  {"message":"tick"}
      Rob is connected to ws://server/.
      """

  Scenario: Not at all, which is another sentence
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives "tick" 0 times
      """
    Then it fails, saying:
      """
      A client cannot wait for a message 0 times: write that it does not receive it.
      """

  Scenario: Not at these intervals
    When this feature runs:
      """
      Feature: Intervals
        Background:
          Given Rob is connected
        Scenario: Too late
          When Rob sends "tick"
          Then Rob receives "tick" every 10 ms
        Scenario: No interval
          Then Rob receives "tick" every 0 seconds
        Scenario: Sending without an interval
          When Rob sends "tick" every 0 ms
      """
    Then it fails, saying:
      """
      Rob did not receive "tick" every 10 ms within 1 s.
        received 1 of 3
      Unread
        1  +1 ms  {"message":"tick"}
      Rob is connected to ws://server/.

      Messages cannot come every 0 ms: write 1 ms or more.

      A message cannot be sent every 0 ms: write 1 ms or more.
      """

  Scenario: Not in this order
    When this feature runs:
      """
      Feature: Order
        Background:
          Given Rob is connected
          When Rob sends "one"
          And Rob sends "two"
          And Rob sends "three"
          And Rob receives "three"
        Scenario: The other one came first
          Then Rob receives "two" before "one"
        Scenario: The other one never came
          Then Rob receives "one" before "four"
        Scenario: The other one came later
          Then Rob receives "one" after "two"
        Scenario: Another one came between
          Then Rob's next message after "one" is "three"
        Scenario: Another one came last
          Then Rob's last message is "two"
        Scenario: One or the other
          Then Rob receives either "four" or "five"
      """
    Then it fails, saying:
      """
      Rob should receive "two" before "one", but number 1 came first.
        missing "two"
      Unread
        1  +1 ms  {"message":"one"}
        2  +1 ms  {"message":"two"}
      Rob is connected to ws://server/.

      Rob did not receive "one" before "four" within 1 s.
        received "one" as number 1, then missing "four"
      Unread
        1  +1 ms  {"message":"one"}
        2  +1 ms  {"message":"two"}
      Rob is connected to ws://server/.

      Rob did not receive "one" after "two" within 1 s.
        received "two" as number 2, then missing "one"
      Unread
        1  +1 ms  {"message":"one"}
        2  +1 ms  {"message":"two"}
      Rob is connected to ws://server/.

      Rob should receive "three" as the next message after "one", but number 2 is the next.
        received "one" as number 1, then missing "three"
      Unread
        1  +1 ms  {"message":"one"}
        2  +1 ms  {"message":"two"}
      Rob is connected to ws://server/.
          + expected - actual

          -two
          +three

      Rob did not receive "two" as the last message within 1 s.
        the last is number 3: {"message":"three"}
      Unread
        1  +1 ms  {"message":"one"}
        2  +1 ms  {"message":"two"}
      Rob is connected to ws://server/.

      Rob did not receive "four" or "five" within 1 s.
      Unread
        1  +1 ms  {"message":"one"}
        2  +1 ms  {"message":"two"}
      Rob is connected to ws://server/.
      """

  Scenario: Another value
    When this feature runs:
      """
      Feature: Values
        Background:
          Given Ann and Rob are connected
          When Rob sends {"amount": 99, "state": "open"}
        Scenario: Too small
          Then Rob receives a message where "amount" is at least 100
        Scenario: Too small, by a marker
          Then Rob receives {"amount": "#>= 100"}
        Scenario: The message that was read
          When Rob receives a message
          Then the message's "amount" is between 100 and 200
        Scenario: No message was read
          When Rob sends "tick"
          Then the message's "amount" is 99
        Scenario: Not the same message
          When Rob receives a message
          And Ann sends {"amount": 99}
          Then Ann receives the same message as Rob
        Scenario: Larger than a text
          Then Rob receives a message where "state" is greater than "a"
      """
    Then it fails, saying:
      """
      Rob did not receive a message where "amount" is at least 100 within 1 s.
      The only unread message is
        1  +1 ms  {"amount": 99, "state": "open"}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "amount": 99
          +  "amount": "#>= 100"
           }

      Rob did not receive {"amount":"#>= 100"} within 1 s.
      The only unread message is
        1  +1 ms  {"amount": 99, "state": "open"}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "amount": 99
          +  "amount": "#>= 100"
           }

      The message that Rob read last is not a message where "amount" is between 100 and 200. It is
        1  +1 ms  {"amount": 99, "state": "open"}
          + expected - actual

           {
          -  "amount": 99
          +  "amount": "#between 100 and 200"
           }

      Rob has read no message yet, so there is nothing to expect.

      Ann did not receive the same message as Rob within 1 s.
      The only unread message is
        1  +1 ms  {"amount": 99}
      Ann is connected to ws://server/.
      Rob has received it.
          + expected - actual

           {
             "amount": 99
          +  "state": "open"
           }

      "is greater than "a"" does not compare with a number: write it like "is at least 100", or "is between 1 and 5".
      """

  Scenario: Another answer
    When this feature runs:
      """
      Feature: Answers
        Background:
          Given Rob is connected
        Scenario: It says something else
          When Rob asks {"id": 7, "ok": false} and is answered {"ok": true}
        Scenario: It has come before
          When Rob sends {"id": 7, "ok": true}
          And Rob sends "tock"
          And Rob receives "tock"
          And Rob asks {"id": 7, "ok": false} and is answered {"ok": true}
        Scenario: Nothing is in common
          When Rob asks {"op": "list"} and is answered {"ok": true}
        Scenario: A phrase
          When Rob asks "Who is there?" and is answered "Rob"
      """
    Then it fails, saying:
      """
      Rob should be answered {"ok":true}, but number 1 is the answer.
      Unread
        1  +1 ms  {"id": 7, "ok": false}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "ok": false
          +  "ok": true
           }

      Rob should be answered {"ok":true}, but number 3 is the answer.
        number 1 came before the request was sent
      Unread
        1  +1 ms  {"id": 7, "ok": true}
        3  +1 ms  {"id": 7, "ok": false}
      Rob is connected to ws://server/.
          + expected - actual

           {
          -  "ok": false
          +  "ok": true
           }

      {"op": "list"} has nothing at "id": it is {"op":"list"}
      The setting "correlation" or the AsyncAPI document names this member, which is to be the same in the answer: give each request one of its own, or let them name another.

      "Who is there?" has nothing at "id": it is {"message":"Who is there?"}
      The setting "correlation" or the AsyncAPI document names this member, which is to be the same in the answer: give each request one of its own, or let them name another.
      """

  Scenario: Nothing to stop
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "tick" every 10 seconds
      And Rob stops sending "tock"
      """
    Then it fails, saying:
      """
      Rob does not send "tock" again and again, but "tick". Write before this: Rob sends "tock" every 2 seconds
      """

  Scenario: Whom several words mean
    When this feature runs:
      """
      Feature: Several
        Background:
          Given 3 bidders are connected
        Scenario: Both of three
          When the bidders send "Hi"
          Then both receive "Hi"
        Scenario: There is none
          Then the fourth bidder receives "Hi"
        Scenario: No group
          Then the first seller receives "Hi"
        Scenario: Nobody else is left
          When all bidders send "Hi"
          Then the other bidders receive "Hi"
      """
    Then it fails, saying:
      """
      "both" means 3 clients: write all of them, or their names.

      There is no fourth bidder: there are 3.

      There is no group with a seller in it. There are bidders. Introduce it with: 100 sellers are connected

      "the other bidders" means nobody: no such client is connected now.
      """
