"""Decides calls to AWS by policies, with a real evaluator: see README.md."""
