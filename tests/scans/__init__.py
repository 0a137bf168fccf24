"""Scanners of others over the emitted modules, in an environment of their own."""
