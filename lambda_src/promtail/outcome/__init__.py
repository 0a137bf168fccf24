"""What became of each source: the function's own log line, its metrics, and what is left to do."""
