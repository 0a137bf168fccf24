"""What can go wrong with the provider bindings."""


class BindingsError(Exception):
    """The bindings or their schema cannot be made. The message names the reason and the remedy."""
