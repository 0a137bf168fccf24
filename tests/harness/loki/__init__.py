"""A stand-in for Loki that is strict about what it is sent, and a client that reads lines back from either."""
