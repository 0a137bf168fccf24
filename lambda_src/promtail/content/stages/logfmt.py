"""The `logfmt` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/logfmt/."""

from collections.abc import Mapping

from ...entry import Entry
from .logfmt_decoder import decode
from .members import Members
from .stage import Stage
from .values import source_text


class LogfmtStage(Stage):
    """Extracts values of logfmt pairs. Of a line that is not logfmt it extracts what comes before the fault."""

    def __init__(self, names: Mapping[str, str], source: str | None) -> None:
        """Take the names of the extracted values by the pairs' keys."""
        self._names = names
        self._source = source

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        text = source_text(entry, self._source)
        if text is not None:
            for key, value in decode(text):
                if (name := self._names.get(key)) is not None:
                    entry.extracted[name] = value
        return None


def parse_logfmt(value: object, location: str) -> Stage:
    """Make a `logfmt` stage."""
    members = Members(value, location, ("mapping", "source"))
    mapping = members.string_map("mapping")
    return LogfmtStage({key or name: name for name, key in mapping.items()}, members.source())
