"""The `regex` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/regex/."""

from ...entry import Entry
from .go_regexp import Regexp
from .members import Members, check_label_name
from .stage import Stage
from .values import set_label, source_text


class RegexStage(Stage):
    """Extracts the named groups of a regular expression. A group that takes no part in the match is empty."""

    def __init__(self, expression: Regexp, source: str | None, *, labels_from_groups: bool) -> None:
        self._expression = expression
        self._names = tuple(expression.groupindex.items())
        self._source = source
        self._labels_from_groups = labels_from_groups

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        text = source_text(entry, self._source)
        match = None if text is None else self._expression.search(text)
        if match is None:
            return None
        groups = match.groups("")
        for name, number in self._names:
            value = groups[number - 1]
            entry.extracted[name] = value
            if self._labels_from_groups:
                set_label(entry.labels, name, value)
        return None


def parse_regex(value: object, location: str) -> Stage:
    """Make a `regex` stage."""
    members = Members(value, location, ("expression", "source", "labels_from_groups"))
    expression = members.regexp("expression")
    if not expression.groupindex:
        raise members.error("expression", "a regular expression with named groups: (?P<name>...)")
    labels_from_groups = members.boolean("labels_from_groups")
    if labels_from_groups:
        for name in expression.groupindex:
            check_label_name(name, location)
    return RegexStage(expression, members.source(), labels_from_groups=labels_from_groups)
