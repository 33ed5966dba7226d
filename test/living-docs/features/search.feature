Feature: Search

  Scenario: Pictures
    Given Rob is connected
