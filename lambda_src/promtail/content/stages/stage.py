"""What every stage is."""

from ...entry import Entry


class Stage:
    """One step of a pipeline, made once from its configuration."""

    def process(self, entry: Entry) -> str | None:
        """Change an entry in place.

        Returns:
            None to keep the entry, else why it is dropped: a word for a metric, in snake case.
        """
        raise NotImplementedError

    def begin_object(self) -> None:
        """Forget what lines of other objects have taught, so that reading an object again gives the same entries."""
