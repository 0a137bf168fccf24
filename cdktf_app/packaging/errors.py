"""What can go wrong while packaging."""


class PackagingError(Exception):
    """A package cannot be made. The message names the input, the reason and the remedy."""
