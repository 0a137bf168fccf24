"""The root module: hub and spoke in one account, for the first ten minutes."""
