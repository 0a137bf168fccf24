"""A list of stages, from its text to what it does to an entry."""

import importlib
import json
from collections.abc import Callable, Iterable, Sequence

from ...entry import Entry
from ...errors import ConfigurationError
from .members import VARIABLE, configuration_error
from .stage import Stage

# Where each stage is. A module is imported only if its stage is asked for.
_MODULES = {
    "drop": "drop",
    "json": "json_stage",
    "labelallow": "labels",
    "labeldrop": "labels",
    "labels": "labels",
    "limit": "limit",
    "logfmt": "logfmt",
    "match": "match",
    "output": "output",
    "regex": "regex",
    "replace": "replace",
    "sampling": "sampling",
    "static_labels": "labels",
    "structured_metadata": "labels",
    "tenant": "tenant",
    "timestamp": "timestamp",
}
# Stages of Promtail (clients/pkg/logentry/stages/stage.go) that are not here.
_UNSUPPORTED = frozenset(
    (
        "cri",
        "decolorize",
        "docker",
        "eventlogmessage",
        "geoip",
        "metrics",
        "multiline",
        "non_indexed_labels",
        "pack",
        "pipeline",
        "template",
    )
)


class Pipeline:
    """Stages, made once and run for every entry.

    Attributes:
        remembers: Whether what becomes of an entry depends on entries before it in the same object.
    """

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._stages = tuple(stages)
        self._process = tuple(stage.process for stage in stages)
        self._replay = tuple(stage.replay for stage in stages)
        self.remembers = any(stage.remembers for stage in self._stages)

    def begin_object(self) -> None:
        """Say that the entries of an object follow, from its start or from where an earlier invocation stopped."""
        for stage in self._stages:
            stage.begin_object()

    def process(self, entry: Entry) -> str | None:
        """Change an entry in place.

        The first stage finds the entry's labels among the extracted values, as in Promtail (pipeline.go).

        Returns:
            None to keep the entry, else why it is dropped: a word for a metric, in snake case.
        """
        return _run(self._process, entry)

    def replay(self, entry: Entry) -> str | None:
        """Do to an entry what `process` did when an invocation before delivered it. Nothing is waited for."""
        return _run(self._replay, entry)


def _run(steps: Iterable[Callable[[Entry], str | None]], entry: Entry) -> str | None:
    entry.extracted.update(entry.labels)
    for step in steps:
        reason = step(entry)
        if reason is not None:
            return reason
    return None


def parse_stage_configs(value: str) -> Pipeline:
    """Make the pipeline of LOKI_STAGE_CONFIGS.

    The format is Promtail's (https://grafana.com/docs/loki/latest/send-data/promtail/stages/), written as JSON: a list
    of objects, each of which has the name of a stage and its configuration.

    Raises:
        ConfigurationError: The value cannot be used, or names a stage that is not supported. The message names the
            stage's position, the member, its value and what is allowed.
    """
    try:
        stages = json.loads(value)
        # A lone surrogate, which JSON can name, would make every line that gets it impossible to send.
        json.dumps(stages, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(
            f"{VARIABLE} is not valid JSON: {error}. It must be a JSON list of stages."
        ) from None
    return parse_stages(stages, "")


def parse_stages(stages: object, outer: str) -> Pipeline:
    """Make a pipeline from a list of stages.

    Args:
        stages: The list.
        outer: Where the stage is that holds them, empty if there is none.

    Raises:
        ConfigurationError: They cannot be used.
    """
    if not isinstance(stages, list):
        where = f"{outer}: stages is" if outer else "it is"
        raise ConfigurationError(
            f"{VARIABLE}, {where} {_json_type(stages)}. It must be a JSON list of stages."
        )
    return Pipeline([_parse_stage(stage, number, outer) for number, stage in enumerate(stages, 1)])


def _parse_stage(stage: object, number: int, outer: str) -> Stage:
    prefix = f"{outer} > " if outer else ""
    if not isinstance(stage, dict) or len(stage) != 1:
        found = f"{len(stage)} members" if isinstance(stage, dict) else f"no object but {_json_type(stage)}"
        raise configuration_error(
            f"{prefix}stage {number}",
            f'it has {found}. It must be a JSON object with one member, such as {{"json": {{...}}}}.',
        )
    ((name, value),) = stage.items()
    location = f"{prefix}stage {number} ({name})"
    if name not in _MODULES:
        what = "not supported" if name in _UNSUPPORTED else "unknown"
        raise configuration_error(
            location, f"the stage {name!r} is {what}. Supported are {', '.join(_MODULES)}."
        )
    module = importlib.import_module(f".{_MODULES[name]}", __package__)
    parsed: Stage = getattr(module, f"parse_{name}")(value, location)
    return parsed


def _json_type(value: object) -> str:
    names: dict[type, str] = {
        dict: "an object",
        list: "a list",
        str: "a string",
        bool: "a boolean",
        type(None): "null",
    }
    return names.get(type(value), "a number")
