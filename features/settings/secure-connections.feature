Feature: Secure connections
  The setting `tls` names the certificates: of the authority that has signed the server's, and of the clients. Each is a
  file, relative to the project, or the PEM itself. Every connection and every request keeps to it.

  Rule: The server's certificate is signed by an authority of one's own

    Background:
      Given a server whose certificate is signed by "authority.pem"

    Scenario: The authority is told
      Given these settings:
        """
        {"tls": {"ca": "authority.pem"}}
        """
      When this scenario runs:
        """
        Given Rob is connected
        Then Rob receives "Welcome, stranger"
        When Rob requests "/"
        Then the response contains "Welcome, stranger"
        """
      Then it passes

    Scenario: The authority is not told
      When this feature runs:
        """
        Feature: A stranger's certificate
          Scenario: On the socket
            When Rob connects
          Scenario: Beside the socket
            When Rob requests "/"
        """
      Then it fails, saying:
        """
        Rob could not connect to wss://server/: its certificate is not signed by an authority that is trusted here (SELF_SIGNED_CERT_IN_CHAIN); "tls.ca" in the settings names who signed it.

        GET https://server/ was not answered: its certificate is not signed by an authority that is trusted here (SELF_SIGNED_CERT_IN_CHAIN); "tls.ca" in the settings names who signed it.
        """

    Scenario: Any certificate will do
      Given these settings:
        """
        {"tls": {"rejectUnauthorized": false}}
        """
      When this scenario runs:
        """
        Given Rob is connected
        Then Rob receives "Welcome, stranger"
        """
      Then it passes

  Rule: A certificate is made out to a host, for some time

    Scenario: Another host
      Given a server whose certificate is made out to "chat.example.org"
      And these settings:
        """
        {"tls": {"ca": "authority.pem"}}
        """
      When this scenario runs:
        """
        When Rob connects
        """
      Then it fails, saying:
        """
        Rob could not connect to wss://server/: its certificate is for another host (ERR_TLS_CERT_ALTNAME_INVALID): DNS:chat.example.org.
        """

    Scenario: Its time is over
      Given a server whose certificate has expired
      And these settings:
        """
        {"tls": {"ca": "authority.pem"}}
        """
      When this scenario runs:
        """
        When Rob connects
        """
      Then it fails, saying:
        """
        Rob could not connect to wss://server/: its certificate has expired (CERT_HAS_EXPIRED).
        """

  Rule: The clients have a certificate, too

    Background:
      Given a server that lets in whoever has a certificate signed by "authority.pem"

    Scenario: The certificate tells who comes
      Given these settings:
        """
        {"tls": {"ca": "authority.pem", "cert": "rob.pem", "key": "rob.key"}}
        """
      When this scenario runs:
        """
        Given Rob is connected
        Then Rob receives "Welcome, Rob"
        When Rob requests "/"
        Then the response contains "Welcome, Rob"
        """
      Then it passes

    Scenario: Nobody is let in without one
      Given these settings:
        """
        {"tls": {"ca": "authority.pem"}}
        """
      When this scenario runs:
        """
        When Rob connects
        """
      Then it fails, saying:
        """
        Rob could not connect to wss://server/: the server accepts no client without a certificate that it trusts (EPROTO); "tls.cert" and "tls.key" in the settings are the clients'.
        """

    Scenario: A key that belongs to another certificate
      Given these settings:
        """
        {"tls": {"ca": "authority.pem", "cert": "rob.pem", "key": "authority.key"}}
        """
      When this scenario runs:
        """
        When Rob connects
        """
      Then it fails, saying:
        """
        "tls.key" in worldParameters.websocket is wrong: it is not the key of the certificate in "cert".
        """

    Scenario: A file that is not there
      Given these settings:
        """
        {"tls": {"ca": "authority.pem", "cert": "bob.pem", "key": "rob.key"}}
        """
      When this scenario runs:
        """
        When Rob connects
        """
      Then it fails, saying:
        """
        "tls.cert" in worldParameters.websocket is wrong: there is no file bob.pem.
        """
