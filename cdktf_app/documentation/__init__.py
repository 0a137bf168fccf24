"""Writes the parts of the documentation that say what the code says: `docs/environment.md`."""
