"""What an onboarding remembers between its runs, in Systems Manager's Parameter Store."""
