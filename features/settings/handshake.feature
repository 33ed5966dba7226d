Feature: The handshake
  Two settings say what may come of a handshake beside an open connection or a refusal. Both are off, as a test should
  say what it relies on.

  Rule: Redirects are refusals unless the setting `redirects` says how many are followed

    Scenario: None is followed
      Given a server that sends everybody to another one
      When this scenario runs:
        """
        When Rob tries to connect
        Then Rob is refused with status 307
        """
      Then it passes

    Scenario: One is followed
      Given a server that sends everybody to another one
      And these settings:
        """
        {"redirects": 1}
        """
      When this scenario runs:
        """
        When Rob connects
        Then Rob receives "Here I am"
        """
      Then it passes
      And its report says "connects, redirected to ws://127.0.0.1:"

    Scenario: There are too many
      Given a server that sends everybody to itself
      And these settings:
        """
        {"redirects": 3}
        """
      When this scenario runs:
        """
        When Rob connects
        """
      Then it fails, saying:
        """
        Rob was refused by ws://server/, redirected to ws://server/again with status 307 No: it redirects to ws://server/again, and "redirects" in the settings allows 3.
        """

  Rule: Compression is offered if the setting `compression` says so

    Scenario: The server accepts it
      Given a server that accepts compression
      And these settings:
        """
        {"compression": true}
        """
      When this scenario runs:
        """
        Given Rob is connected
        When Rob sends "Hello"
        Then Rob receives "Hello"
        """
      Then it passes
      And its report says "connects with permessage-deflate"

    Scenario: It is not offered
      Given a server that accepts compression
      When this scenario runs:
        """
        Given Rob is connected
        When Rob sends "Hello"
        Then Rob receives "Hello"
        """
      Then it passes
      And neither its report nor its console says "permessage-deflate"
