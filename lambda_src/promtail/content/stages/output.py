"""The `output` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/output/."""

from ...entry import Entry
from .members import Members
from .stage import Stage
from .values import as_text


class OutputStage(Stage):
    """Makes an extracted value the line. If it is not there, or is null, the line stays."""

    def __init__(self, source: str) -> None:
        self._source = source

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        if (text := as_text(entry.extracted.get(self._source))) is not None:
            entry.line = text
        return None


def parse_output(value: object, location: str) -> Stage:
    """Make an `output` stage."""
    members = Members(value, location, ("source",))
    return OutputStage(members.required("source", "the name of an extracted value"))
