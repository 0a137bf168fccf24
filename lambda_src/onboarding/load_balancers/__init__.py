"""Load balancers: which there are, and where they log."""
