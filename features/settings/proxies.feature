Feature: Proxies
  In many companies the way out leads through an HTTP proxy. As for other tools, the environment says which:
  `HTTP_PROXY` for `ws` and `http`, `HTTPS_PROXY` for `wss` and `https`, and `NO_PROXY` for hosts that are reached
  without one, which should have `localhost` and `127.0.0.1`. The setting `proxy` names one for everything, or is
  `false` for none. Connections and requests go the same way, by CONNECT.

  Background:
    Given a server that answers each message with the same

  Rule: Connections and requests go through it

    Scenario: The environment names it
      Given a proxy
      And the environment names the proxy as HTTP_PROXY
      When this scenario runs:
        """
        Given Rob is connected
        When Rob sends "Hello"
        Then Rob receives "Hello"
        When Rob requests "/orders"
        Then the response status is 200
        """
      Then it passes
      And the proxy was asked for the server 2 times

    Scenario: The settings name it
      Given a proxy
      And the settings name the proxy
      When this scenario runs:
        """
        Given Rob is connected
        """
      Then it passes
      And the proxy was asked for the server 1 time

  Rule: Some go without

    Scenario: The environment excepts the server
      Given a proxy
      And the environment names the proxy as HTTP_PROXY
      And the environment has NO_PROXY: "localhost,127.0.0.1"
      When this scenario runs:
        """
        Given Rob is connected
        """
      Then it passes
      And the proxy was asked for the server 0 times

    Scenario: The settings want none
      Given a proxy
      And the environment names the proxy as HTTP_PROXY
      And these settings:
        """
        {"proxy": false}
        """
      When this scenario runs:
        """
        Given Rob is connected
        """
      Then it passes
      And the proxy was asked for the server 0 times

  Rule: A failure says what the proxy has to do with it, and never shows its password

    Scenario: The proxy wants a password
      Given a proxy that lets through whoever has the password "hunter2"
      And the settings name the proxy with the password "hunter2"
      When this scenario runs:
        """
        Given Rob is connected
        Then Rob receives "Bye"
        """
      Then neither its report nor its console says "hunter2"
      And the proxy was asked for the server 1 time

    Scenario: The password is wrong
      Given a proxy that lets through whoever has the password "hunter2"
      And the settings name the proxy with the password "hunter3"
      When this feature runs:
        """
        Feature: A wrong password
          Scenario: On the socket
            When Rob connects
          Scenario: Beside the socket
            When Rob requests "/"
        """
      Then it fails, saying:
        """
        Rob could not connect to ws://server/: the proxy http://proxy refused with status 407 Proxy Authentication Required.

        GET http://server/ was not answered: the proxy http://proxy refused with status 407 Proxy Authentication Required.
        """
      And neither its report nor its console says "hunter3"

    Scenario: The proxy is not there
      Given the settings name a proxy that is not there
      When this scenario runs:
        """
        When Rob connects
        """
      Then it fails, saying:
        """
        Rob could not connect to ws://server/: the proxy http://proxy was not reachable: nothing listens there (ECONNREFUSED).
        """
