"""The members of one stage's JSON object, read with checks whose errors say where the value is."""

import math
import re
from collections.abc import Mapping
from typing import Any

from ...errors import ConfigurationError
from ..labels import LABEL_NAME, LABEL_NAMES_ALLOWED
from .go_regexp import Regexp, compile_regexp
from .values import as_text

VARIABLE = "LOKI_STAGE_CONFIGS"

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
# mapstructure's WeakDecode, with which Promtail reads some stages, takes these for booleans.
_BOOLEANS: dict[object, bool] = {"true": True, "1": True, "false": False, "0": False, "": False}


def configuration_error(location: str, problem: str) -> ConfigurationError:
    """Return the error for a stage, such as `LOKI_STAGE_CONFIGS, stage 3 (match) > stage 1 (regex): ...`."""
    return ConfigurationError(f"{VARIABLE}, {location}: {problem}")


def object_of(value: object, location: str) -> dict[str, Any]:
    """Return a stage's configuration that must be a JSON object. A null counts as an empty one.

    Raises:
        ConfigurationError: It is something else.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise configuration_error(location, f"its configuration is {value!r}. It must be a JSON object.")
    return value


class Members:
    """Reads the members of a stage's configuration. A member that is null counts as not there.

    Attributes:
        location: Where the stage is, such as `stage 3 (match) > stage 1 (regex)`.
    """

    def __init__(self, value: object, location: str, allowed: tuple[str, ...]) -> None:
        """Take a stage's configuration.

        Raises:
            ConfigurationError: It is not a JSON object, or has members that the stage does not know.
        """
        self.location = location
        self._values = {
            name: member for name, member in object_of(value, location).items() if member is not None
        }
        for name in self._values:
            if name not in allowed:
                raise configuration_error(
                    location, f"the member {name!r} is unknown. Allowed are {', '.join(allowed)}."
                )

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def error(self, name: str, allowed: str) -> ConfigurationError:
        """Return the error for a member's value, with what is allowed."""
        if name not in self._values:
            return configuration_error(self.location, f"{name} is not set. It must be {allowed}.")
        return configuration_error(self.location, f"{name} is {self._values[name]!r}. It must be {allowed}.")

    def problem(self, problem: str) -> ConfigurationError:
        """Return the error for something that is wrong with several members, or with a secret one."""
        return configuration_error(self.location, problem)

    def value(self, name: str) -> Any:
        """Return a member as it is, None if it is not there."""
        return self._values.get(name)

    def string(self, name: str) -> str | None:
        """Return a member that is a string, None if it is not there."""
        value = self._values.get(name)
        if value is not None and not isinstance(value, str):
            raise self.error(name, "a string")
        return value

    def scalar(self, name: str) -> str | None:
        """Return a member that is a string or a number, as a string."""
        value = self._values.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, str | int | float)):
            raise self.error(name, "a string or a number")
        return as_text(value)

    def required(self, name: str, meaning: str) -> str:
        """Return a member that must be a string with something in it."""
        value = self.string(name)
        if not value:
            raise self.error(name, meaning)
        return value

    def source(self) -> str | None:
        """Return the member `source` of the stages that work on the line without it."""
        value = self.string("source")
        if value == "":
            raise self.error("source", "the name of an extracted value, or left out to use the line")
        return value

    def drop_reason(self, default: str) -> str:
        """Return the member `drop_counter_reason`."""
        return self.string("drop_counter_reason") or default

    def strings(self, name: str) -> list[str]:
        """Return a member that is a list of strings, empty if it is not there."""
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(name, "a list of strings")
        return value

    def string_map(self, name: str) -> dict[str, str]:
        """Return a member that is an object of strings, which must not be empty. A null in it is the empty string."""
        value = self._values.get(name)
        if not value or not isinstance(value, dict):
            raise self.error(name, "a JSON object that has members whose values are strings")
        return self._string_values(value)

    def _string_values(self, value: Mapping[str, object]) -> dict[str, str]:
        strings = {}
        for name, item in value.items():
            if item is not None and not isinstance(item, str):
                raise self.problem(f"the value of {name!r} is {item!r}. It must be a string.")
            strings[name] = item or ""
        return strings

    def boolean(self, name: str) -> bool:
        """Return a member that is true or false, false if it is not there."""
        value = self._values.get(name, False)
        if isinstance(value, bool):
            return value
        if isinstance(value, int | str) and str(value).lower() in _BOOLEANS:
            return _BOOLEANS[str(value).lower()]
        raise self.error(name, "true or false")

    def number(self, name: str, allowed: str) -> float:
        """Return a member that is a number, or a string that holds one. It must be there."""
        value = self._values.get(name)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            value = float(value)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self.error(name, allowed)
        return value

    def regexp(self, name: str) -> Regexp:
        """Return a member that is a regular expression. It must be there."""
        expression = self.required(name, "a regular expression (RE2)")
        try:
            return compile_regexp(expression)
        except ValueError as error:
            raise self.error(name, f"a regular expression (RE2), but it is not valid: {error}") from None


def label_map(value: object, location: str) -> dict[str, str]:
    """Return the configuration of a stage whose members are labels: their names, with a string each.

    Raises:
        ConfigurationError: It is not a JSON object of label names with strings, or it is empty.
    """
    members = object_of(value, location)
    if not members:
        raise configuration_error(
            location, "its configuration is empty. It must be a JSON object whose members are labels."
        )
    for name, item in members.items():
        check_label_name(name, location)
        if item is not None and not isinstance(item, str):
            raise configuration_error(location, f"the value of {name!r} is {item!r}. It must be a string.")
    return {name: item or "" for name, item in members.items()}


def check_label_name(name: str, location: str) -> None:
    """Refuse what is not a label name.

    Raises:
        ConfigurationError: It is none.
    """
    if not LABEL_NAME.fullmatch(name):
        raise configuration_error(
            location,
            f"{name!r} is not a label name. Allowed are {LABEL_NAMES_ALLOWED}.",
        )
