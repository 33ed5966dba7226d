Feature: Unix domain sockets
  A server of this machine may listen at a socket in a folder instead of a port, but not on Windows. Its address has the
  path of the socket, a colon, and the path of the handshake: `ws+unix:///run/app.sock:/chat`. Wherever an address may
  stand, so may this one; addresses relative to it, and requests, go to the same socket.

  Background:
    Given a server at a Unix domain socket

  Scenario: Connections and requests
    When this scenario runs:
      """
      Given Rob is connected
      Then Rob receives "You came to /"
      When Ann connects to "/rooms/attic?name=Ann"
      Then Ann receives "You came to /rooms/attic?name=Ann"
      When Ann requests "POST /orders"
      Then the response contains "POST /orders"
      """
    Then it passes
    And its report says "connects /rooms/attic?name=Ann"

  Scenario: A socket that is not there
    When this scenario runs:
      """
      When Rob connects to "ws+unix:///nowhere/app.sock:/chat"
      """
    Then it fails, saying:
      """
      Rob could not connect to ws+unix:///nowhere/app.sock:/chat: there is no such socket (ENOENT).
      """
