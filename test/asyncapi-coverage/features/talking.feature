Feature: Talking

  Scenario: Rob is heard
    Given a scenario that sees:
      | channel | operation | message | verdict | count | parts          |
      | rooms   | say       | Say     | valid   | 3     |                |
      | rooms   | said      | Said    | valid   | 3     | $.mood: "glad" |

  Scenario Outline: <name> is heard
    Given a scenario that sees:
      | channel | operation | message | verdict | parts         |
      | rooms   | say       | Say     | valid   |               |
      | rooms   | said      | Said    | valid   | $.mood: "sad" |

    Examples:
      | name |
      | Ann  |
      | Bob  |
      | Cleo |

  Scenario: What is too loud is refused
    Given a scenario that sees:
      | channel | operation | message | verdict | on purpose | complaint                            |
      | rooms   | say       | Say     | wrong   | yes        | $.text has 5001 letters, at most 500 |

  Scenario: The house says goodnight
    Given a scenario that sees:
      | channel | operation | message | verdict      | complaint                                                   |
      | news    | told      | Closed  | wrong        | $.at is missing, in the message {"type":"closed"}           |
      | news    |           |         | undocumented | No message has "type": "goodnight", in {"type":"goodnight"} |

  Scenario: It is tried again
    Given a scenario that sees:
      | channel | operation | message | verdict |
      | news    | told      | Opened  | valid   |
    Then it passes the second time

  Scenario: Nothing is said
    Given a scenario that sees:
      | channel | operation | message | verdict |

  @unvalidated
  Scenario: Nothing is validated
    Given a scenario without a document
