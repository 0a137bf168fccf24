"""What the settings do to the lines of one kind of log."""

from collections import Counter
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from .extract import Extractor, Row
from .fields import LAYOUTS, STATUS_CLASS, Layout
from .options import ContentOptions

if TYPE_CHECKING:
    from .filters import Filter
    from .output import Formatter
    from .redact import Redactor


class Group(NamedTuple):
    """Lines with the same labels, in the order in which they came, as columns of the same length.

    Attributes:
        labels: The labels that these lines have in addition to those of their source.
        texts: The lines.
        times: Their times, as they came.
        rows: Each line's structured metadata, in the order of `KindContent.names`; empty values are absent. None when
            no structured metadata is chosen.
    """

    labels: dict[str, str]
    texts: list[bytes]
    times: list[int]
    rows: list[Row] | None


class KindContent:
    """Applies the settings to lines of one kind of log.

    Filters see lines as they came. Structured metadata, labels and outputs are taken from redacted lines.

    Attributes:
        names: The names of the structured metadata: those chosen that this kind has, in the order of its lines.
    """

    def __init__(self, options: ContentOptions, kind: str, layout: Layout) -> None:
        """Prepare for lines. Only what the settings ask for is imported."""
        self._filter = _filter(options, kind, layout)
        self._redactor = _redactor(options, layout)
        self._formatter = _formatter(options, layout)
        wanted = set(options.structured_metadata).intersection(layout.names)
        self._metadata = Extractor(layout, wanted) if wanted else None
        self.names = self._metadata.names if self._metadata else ()
        self._labels = {}
        if "log_kind" in options.labels:
            self._labels["log_kind"] = kind
        if "load_balancer_type" in options.labels:
            self._labels["load_balancer_type"] = layout.load_balancer_type
        by_class = STATUS_CLASS in options.labels and STATUS_CLASS in layout.names
        self._status_class = Extractor(layout, {STATUS_CLASS}) if by_class else None

    @property
    def does_nothing(self) -> bool:
        """Whether lines and labels stay as they are."""
        parts = (self._filter, self._redactor, self._formatter, self._metadata, self._status_class)
        return not self._labels and all(part is None for part in parts)

    def apply(self, texts: list[bytes], times: list[int]) -> tuple[list[Group], Counter[str]]:
        """Return the lines in groups, in the order of their first lines, and how many were dropped by reason.

        Args:
            texts: Lines without line ends.
            times: Their times.
        """
        dropped: Counter[str] = Counter()
        if self._filter:
            keeps = self._filter.keeps(texts)
            if not all(keeps):
                dropped["filter_rules"] = keeps.count(False)
                texts, times = list(compress(texts, keeps)), list(compress(times, keeps))
        if not texts:
            return [], dropped
        if self._redactor:
            texts = [self._redactor.redact(text) for text in texts]
        rows = self._metadata.limited_rows(texts) if self._metadata else None
        classes = self._status_class.rows(texts) if self._status_class else None
        if self._formatter:
            texts = self._formatter.format(texts)
        if classes is None:
            return [Group(dict(self._labels), texts, times, rows)], dropped
        return self._by_class(classes, texts, times, rows), dropped

    def _by_class(
        self, classes: list[Row], texts: list[bytes], times: list[int], rows: list[Row] | None
    ) -> list[Group]:
        groups = []
        for status_class in dict.fromkeys(classes):
            (name,) = status_class
            labels = self._labels | ({STATUS_CLASS: name.decode()} if name else {})
            chosen = [other == status_class for other in classes]
            groups.append(
                Group(
                    labels,
                    list(compress(texts, chosen)),
                    list(compress(times, chosen)),
                    None if rows is None else list(compress(rows, chosen)),
                )
            )
        return groups


def content_for(options: ContentOptions, kind: str) -> KindContent | None:
    """Return what is to be done to lines of a kind of log, or None if the settings change nothing for it.

    Args:
        options: The settings.
        kind: The kind's name, such as `alb_access`; None is returned for kinds that are not load balancers'.
    """
    layout = LAYOUTS.get(kind)
    if layout is None:
        return None
    content = KindContent(options, kind, layout)
    return None if content.does_nothing else content


def _filter(options: ContentOptions, kind: str, layout: Layout) -> "Filter | None":
    if not options.filter_rules:
        return None
    from .filters import Filter

    found = Filter(options.filter_rules, kind, layout)
    return None if found.does_nothing else found


def _redactor(options: ContentOptions, layout: Layout) -> "Redactor | None":
    if not options.redact:
        return None
    from .redact import Redactor

    found = Redactor(layout, options.redact)
    return None if found.does_nothing else found


def _formatter(options: ContentOptions, layout: Layout) -> "Formatter | None":
    if options.output_format == "original":
        return None
    from .output import Formatter

    return Formatter(layout, as_json=options.output_format == "json")
