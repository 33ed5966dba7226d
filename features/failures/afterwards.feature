Feature: What happens after the last sentence
  When the last sentence has passed, the connections are closed and the programs stopped. What comes to light by that
  fails
  the scenario, too.

  Scenario: The server resets the connection instead of reading what was sent last
    Given a server that resets the connection when somebody speaks
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      """
    Then it fails, saying:
      """
      Rob was disconnected by the server without a closing handshake (1006).
      No sentence says so. If it is right, write: Rob is disconnected
      """

  Scenario: The server has an error
    Given a server that disconnects whoever speaks, with 1011 "Out of memory"
    When this feature runs:
      """
      Feature: Errors
        Scenario: It is the end
          Given Rob is connected
          When Rob sends "Hello"
        Scenario: Rob disconnects himself
          Given Rob is connected
          When Rob sends "Hello"
          And Rob disconnects
        Scenario: A sentence says so
          Given Rob is connected
          When Rob sends "Hello"
          Then Rob is disconnected with code 1011
      """
    Then it fails, saying:
      """
      Rob was disconnected by the server with 1011 "Out of memory".
      No sentence says so. If it is right, write: Rob is disconnected

      Rob was disconnected by the server with 1011 "Out of memory".
      No sentence says so. If it is right, write: Rob is disconnected
      """
    And 1 scenario of it passed

  Scenario Outline: The server closes the connection, and has nothing to complain about
    Given a server that disconnects whoever speaks, with <code> "Bye"
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      """
    Then it passes

    Examples:
      | code |
      | 1000 |
      | 1001 |
      | 4001 |

  Scenario: The server refuses a client
    Given a server that lets nobody in, with status 500
    When this scenario runs:
      """
      When Rob tries to connect
      """
    Then it fails, saying:
      """
      Rob was refused by ws://server/ with status 500 No: "Who are you?".
      No sentence says so. If it is right, write: Rob is refused
      """

  Scenario: The connection broke, and another one was made
    Given a server that answers with an unfinished message and cuts the line
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends "Hello"
      And 100 ms pass
      And Rob connects
      """
    Then it fails, saying:
      """
      Rob was disconnected by the server without a closing handshake (1006).
      No sentence says so. If it is right, write: Rob is disconnected
      """
