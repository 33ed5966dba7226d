Feature: Echo

  Scenario: A message comes back
    Given Ann is connected
    When she sends "Hello from ${uuid}"
    Then she receives {"message": "#startsWith Hello from "}
