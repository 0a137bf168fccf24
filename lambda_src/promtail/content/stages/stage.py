"""What every stage is."""

from ...entry import Entry


class Stage:
    """One step of a pipeline, made once from its configuration.

    Attributes:
        remembers: Whether what it does to an entry depends on entries before it in the same object.
    """

    remembers = False

    def process(self, entry: Entry) -> str | None:
        """Change an entry in place.

        Returns:
            None to keep the entry, else why it is dropped: a word for a metric, in snake case.
        """
        raise NotImplementedError

    def replay(self, entry: Entry) -> str | None:
        """Do to an entry what was done to it when an invocation before delivered it."""
        return self.process(entry)

    def begin_object(self) -> None:
        """Forget what lines of other objects have taught, so that reading an object again gives the same entries."""
