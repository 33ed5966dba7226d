Feature: What fails beside the socket
  Programs, commands, requests and files fail in words, too: with the last lines that were printed, or what was
  answered.

  Scenario: A program never gets ready
    Given these settings:
      """
      {"programs": {"chat": {"command": "node -e \"console.log('warming up'); setInterval(() => {}, 1000)\"", "ready": {"output": "ready"}}}, "timeout": "3s"}
      """
    When this scenario runs:
      """
      Given the "chat" program is running
      """
    Then it fails, saying:
      """
      The program "chat" was not ready within 3 s: it has not printed "ready".
      The last that it printed was
        warming up
      """

  Scenario: A command fails
    Given these settings:
      """
      {"commands": {"worker": "node -e \"console.log('no queue'); process.exitCode = 2\""}, "timeout": "5s"}
      """
    When this scenario runs:
      """
      When the "worker" command runs
      """
    Then it fails, saying:
      """
      The command "worker" ended with code 2.
      The last that it printed was
        no queue
      """

  Scenario: A name that is not in the settings
    Given these settings:
      """
      {"commands": {"worker": "node worker.js"}}
      """
    When this scenario runs:
      """
      When the "wroker" command runs
      """
    Then it fails, saying:
      """
      There is no command "wroker" in the settings. Did you mean "worker"?
      """

  Scenario: A named message that is missing
    When this scenario runs:
      """
      Given Rob is connected
      When Rob sends the "place order" message
      """
    Then it fails, saying:
      """
      There is no message "place order" in features/messages. There are none yet: write it to features/messages/place order.json, .yaml or .txt.
      """

  Scenario: A request that nobody answers
    When this scenario runs:
      """
      Given Rob is connected
      When Rob requests "http://127.0.0.1:8/orders"
      """
    Then it fails, saying:
      """
      GET http://server/orders was not answered: nothing listens there (ECONNREFUSED).
      """

  Scenario: A response with another status
    When this scenario runs:
      """
      Given Rob is connected
      When Rob requests "/attic"
      Then the response status is 200
      """
    Then it fails, saying:
      """
      The response to GET http://server/attic should have the status 200, but has 426.
      It has no body.
          + expected - actual

          -426
          +200
      """
