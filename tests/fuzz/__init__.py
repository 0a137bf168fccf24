"""Coverage-guided fuzzing of what reads foreign input: `make fuzz`. Never part of a test."""
