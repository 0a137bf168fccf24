"""The onboarding: a function that switches on the logs of load balancers that exist, and all that it needs."""
