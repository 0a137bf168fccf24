"""What the tests of the onboarding's function share: accounts with load balancers, and calls that fail on purpose."""
