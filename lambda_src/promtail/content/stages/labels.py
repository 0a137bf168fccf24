"""The stages that set and remove labels and structured metadata.

https://grafana.com/docs/loki/latest/send-data/promtail/stages/labels/ (and structured_metadata, static_labels,
labelallow, labeldrop).
"""

from collections.abc import Mapping

from ...entry import Entry
from .members import configuration_error, label_map
from .stage import Stage
from .values import as_text, set_label


class LabelsStage(Stage):
    """Sets labels from extracted values. A value that is not there, or is null, changes nothing."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        for name, source in self._sources.items():
            if (value := as_text(entry.extracted.get(source))) is not None:
                set_label(entry.labels, name, value)
        return None


class StructuredMetadataStage(Stage):
    """Sets structured metadata from extracted values, as `labels` sets labels."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        for name, source in self._sources.items():
            if (value := as_text(entry.extracted.get(source))) is not None:
                set_label(entry.metadata, name, value)
        return None


class StaticLabelsStage(Stage):
    """Sets labels to fixed values."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        entry.labels.update(self._labels)
        return None


class LabelAllowStage(Stage):
    """Removes all labels but those named."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        for name in entry.labels.keys() - self._names:
            del entry.labels[name]
        return None


class LabelDropStage(Stage):
    """Removes the labels named."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def process(self, entry: Entry) -> str | None:
        """See `Stage.process`."""
        for name in self._names:
            entry.labels.pop(name, None)
        return None


def parse_labels(value: object, location: str) -> Stage:
    """Make a `labels` stage."""
    return LabelsStage(_sources(value, location))


def parse_structured_metadata(value: object, location: str) -> Stage:
    """Make a `structured_metadata` stage."""
    return StructuredMetadataStage(_sources(value, location))


def parse_static_labels(value: object, location: str) -> Stage:
    """Make a `static_labels` stage. A label without a value is left alone, as Promtail does."""
    return StaticLabelsStage({name: text for name, text in label_map(value, location).items() if text})


def parse_labelallow(value: object, location: str) -> Stage:
    """Make a `labelallow` stage."""
    return LabelAllowStage(_names(value, location))


def parse_labeldrop(value: object, location: str) -> Stage:
    """Make a `labeldrop` stage."""
    return LabelDropStage(_names(value, location))


def _sources(value: object, location: str) -> dict[str, str]:
    """Without a source, a label takes the value of its own name."""
    return {name: source or name for name, source in label_map(value, location).items()}


def _names(value: object, location: str) -> frozenset[str]:
    if not isinstance(value, list) or not value or not all(isinstance(name, str) for name in value):
        raise configuration_error(
            location, f"its configuration is {value!r}. It must be a list of label names, with at least one."
        )
    return frozenset(value)
