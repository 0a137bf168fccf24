"""The `replace` stage: https://grafana.com/docs/loki/latest/send-data/promtail/stages/replace/."""

from ...entry import Entry
from .go_regexp import Regexp, find_all
from .go_template import GoTemplate, MissingValueError
from .members import Members
from .stage import Stage
from .values import as_text, source_text


class ReplaceStage(Stage):
    """Replaces the groups of every match of a regular expression, in the line or in an extracted value.

    Of groups inside one another the outer one is replaced. The named groups of the first match are extracted, with
    what replaces them.
    """

    def __init__(self, expression: Regexp, template: GoTemplate, source: str | None) -> None:
        self._expression = expression
        self._names = tuple(expression.groupindex.items())
        self._template = template
        self._source = source

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        text = source_text(entry, self._source)
        first = None if text is None else self._expression.search(text)
        if text is None or first is None:
            return None
        values = {
            name: value for name, item in entry.extracted.items() if (value := as_text(item)) is not None
        }
        try:
            result, replacements = self._replace(text, values)
        except MissingValueError:  # Promtail leaves such a line as it is, too.
            return None
        if self._source is None:
            entry.line = result
        else:
            entry.extracted[self._source] = result
        groups = first.groups("")
        for name, number in self._names:
            if (replacement := replacements.get(groups[number - 1])) is not None:
                entry.extracted[name] = replacement
        return None

    def _replace(self, text: str, values: dict[str, str]) -> tuple[str, dict[str, str]]:
        """Return the new text, and what replaced each captured text."""
        pieces: list[str] = []
        replacements: dict[str, str] = {}
        end = 0
        for match in find_all(self._expression, text):
            for number in range(1, self._expression.groups + 1):
                start, stop = match.span(number)
                if start < 0:
                    continue
                captured = text[start:stop]
                values["Value"] = captured
                replacement = replacements[captured] = self._template.execute(values)
                if end <= start:
                    pieces += (text[end:start], replacement)
                    end = stop
        pieces.append(text[end:])
        return "".join(pieces), replacements


def parse_replace(value: object, location: str) -> Stage:
    """Make a `replace` stage."""
    members = Members(value, location, ("expression", "source", "replace"))
    expression = members.regexp("expression")
    if not expression.groups:
        raise members.error(
            "expression", "a regular expression with a group, because what is replaced is what groups capture"
        )
    try:
        template = GoTemplate(members.string("replace") or "")
    except ValueError as error:
        raise members.problem(f"replace is not a template that can be used: {error}.") from None
    return ReplaceStage(expression, template, members.source())
