Feature: Codecs
  A protocol says where the content of a message stands, a codec how it is written: as MessagePack, CBOR, Protocol
  Buffers, or records of JSON. The option `codec` of a protocol names it, and without a `name` there is no protocol, so
  that each frame is content: `protocol: { codec: 'msgpack' }`. Sentences say and expect JSON, whatever travels.

  Background:
    Given "port" stands for a free port
    And the "codecs" program is running

  Rule: What travels as bytes is said and expected as JSON

    Scenario Outline: Two people meet: <codec>
      Given the server is at "ws://127.0.0.1:${port}/<codec>?name=${client}"
      And the server speaks "<codec> chat"
      And when Ann receives "Bob: Hello, Ann!" she sends "Hello, Bob!"
      And Ann and Bob are connected
      When Bob sends "Hello, Ann!"
      Then Ann and Bob receive "Ann: Hello, Bob!"

      Examples:
        | codec    |
        | msgpack  |
        | cbor     |
        | protobuf |
        | ndjson   |

    Scenario Outline: Large numbers keep all their digits: <codec>
      Given the server is at "ws://127.0.0.1:${port}/<codec>?name=${client}"
      And the server speaks "<codec> chat"
      And Ann is connected
      When she sends "Which number?"
      Then she receives {"id": 9007199254740993}
      When she sends {"id": 9007199254740995}
      Then she receives "The number is 9007199254740995"

      Examples:
        | codec    |
        | msgpack  |
        | cbor     |
        | protobuf |

    Scenario Outline: What nobody can read is received as bytes: <codec>
      Given the server is at "ws://127.0.0.1:${port}/<codec>?name=${client}"
      And the server speaks "<codec> chat"
      And Ann is connected
      When she sends "Garbage"
      Then she receives the bytes "<garbage>"
      When she sends "Attack"
      Then she receives a binary message
      And she receives the bytes "<attack>"
      When she sends "Are you still there?"
      Then she receives "Ann: Are you still there?"

      Examples:
        | codec    | garbage | attack         |
        | msgpack  | c1      | dd ff ff ff ff |
        | cbor     | ff      | 9a ff ff ff ff |
        | protobuf | 0f      | 0a ff ff ff 7f |

    Scenario Outline: Bytes within a message are those of Node: <codec>
      Given the server is at "ws://127.0.0.1:${port}/<codec>?name=${client}"
      And the server speaks "<codec> chat"
      And Ann is connected
      When she sends "A picture?"
      Then she receives {"picture": {"type": "Buffer", "data": [1, 2, 255]}}
      When she sends {"picture": {"type": "Buffer", "data": [1, 2]}}
      Then she receives "A picture of 2 bytes"

      Examples:
        | codec   |
        | msgpack |
        | cbor    |

    Scenario: Protocol Buffers have bytes in base64, enums by name, and defaults
      Given the server is at "ws://127.0.0.1:${port}/protobuf?name=${client}"
      And the server speaks "protobuf chat"
      And Ann is connected
      When she sends "A picture?"
      Then she receives exactly:
        """
        {"message": "", "id": 0, "picture": "AQL/", "mood": "MERRY"}
        """
      When she sends {"picture": "AQI="}
      Then she receives "A picture of 2 bytes"

  Rule: A frame may have several records, or a part of one

    Scenario: Records of JSON
      Given the server is at "ws://127.0.0.1:${port}/ndjson"
      And the server speaks "ndjson chat"
      And Ann is connected
      When she sends "Two at once"
      Then she receives {"n": 1}
      And she receives {"n": 2}
      When she sends "And the rest"
      Then she receives {"n": 3}

  Rule: A codec goes with any protocol

    Scenario: MessagePack in events of Socket.IO
      Given "port" stands for a free port
      And the "Socket.IO" program is running
      And the server is at "ws://127.0.0.1:${port}/?name=${client}"
      And the server speaks "packed Socket.IO"
      And Ann is connected
      Then she receives the event "welcome" with "Welcome, Ann!"
      When she emits "pack" with {"id": 9007199254740993}
      Then she receives the event "packed" with {"id": 9007199254740994}

  Rule: What is wrong is said before anything is sent

    Scenario: A codec that nobody knows
      Given these settings:
        """
        {"protocol": {"codec": "msgpak"}}
        """
      When this scenario runs:
        """
        Given Rob is connected
        """
      Then it fails, saying:
        """
        "msgpak" is not a known codec. Known: cbor, json, msgpack, ndjson, protobuf. Did you mean msgpack?
        """

    Scenario: An option that a codec does not have
      Given these settings:
        """
        {"protocol": {"codec": {"name": "ndjson", "seperator": "|"}}}
        """
      When this scenario runs:
        """
        Given Rob is connected
        """
      Then it fails, saying:
        """
        There is no option "seperator" of the codec ndjson. Did you mean separator?
        """
