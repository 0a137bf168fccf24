"""Plugins that are loaded into the LocalStack process. Nothing else may import them: they import LocalStack."""
