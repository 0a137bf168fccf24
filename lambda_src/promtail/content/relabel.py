"""Relabelling, complete as in Prometheus: rules that change, keep or drop label sets.

https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config; what the page leaves open is
as in Prometheus' model/relabel/relabel.go.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import ConfigurationError
from .labels import LABEL_NAME, LABEL_NAMES_ALLOWED
from .stages.go_regexp import Regexp, Template, compile_anchored
from .stages.go_strings import to_lower, to_upper

_VARIABLE = "RELABEL_CONFIGS"
_DEFAULT_REGEX = "(.*)"
_DEFAULT_REPLACEMENT = "$1"
_DEFAULT_SEPARATOR = ";"

# Prometheus' relabelTarget: a label name that may hold references to groups.
_LABEL_TEMPLATE = re.compile(r"(?:[a-zA-Z_]|\$(?:\{\w+\}|\w+))(?:\w|\$(?:\{\w+\}|\w+))*", re.ASCII)

_KEYS = ("source_labels", "separator", "target_label", "regex", "modulus", "replacement", "action")
_ACTIONS = (
    "replace",
    "keep",
    "drop",
    "hashmod",
    "labelmap",
    "labeldrop",
    "labelkeep",
    "lowercase",
    "uppercase",
    "keepequal",
    "dropequal",
)
_NEED_TARGET = frozenset(("replace", "hashmod", "lowercase", "uppercase", "keepequal", "dropequal"))
# The keys that an action does not take, unless they say what they would be anyway.
_REFUSED = {
    "lowercase": ("replacement",),
    "uppercase": ("replacement",),
    "keepequal": ("separator", "regex", "modulus", "replacement"),
    "dropequal": ("separator", "regex", "modulus", "replacement"),
    "labeldrop": ("source_labels", "separator", "target_label", "modulus", "replacement"),
    "labelkeep": ("source_labels", "separator", "target_label", "modulus", "replacement"),
}


@dataclass(frozen=True, slots=True)
class RelabelRule:
    """One rule, checked.

    Attributes:
        action: What it does.
        source_labels: The labels whose values it looks at, joined by the separator.
        separator: What joins them.
        regex: What the joined values, or a label's name, must match as a whole.
        modulus: What a hash is reduced by.
        target_label: The label that it writes, empty for actions that have none.
        target: The same, with references to groups for the action `replace`.
        replacement: The value that it writes, or the name for `labelmap`.
    """

    action: str
    source_labels: tuple[str, ...]
    separator: str
    regex: Regexp
    modulus: int
    target_label: str
    target: Template
    replacement: Template


def parse_relabel_configs(value: str) -> tuple[RelabelRule, ...]:
    """Read the rules of RELABEL_CONFIGS, a JSON list with Prometheus' keys.

    A key that is null counts as not there. Unlike in lambda-promtail, an empty string is what it says: an empty
    `replacement` takes the target label away.

    Raises:
        ConfigurationError: The value cannot be used. The message names the rule, the key, its value and what is
            allowed.
    """
    try:
        rules = json.loads(value)
        # A lone surrogate, which JSON can name, would make a label impossible to send.
        json.dumps(rules, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(
            f"{_VARIABLE} is not valid JSON: {error}. It must be a JSON list of rules."
        ) from None
    if not isinstance(rules, list):
        raise ConfigurationError(f"{_VARIABLE} is {value!r}. It must be a JSON list of rules.")
    return tuple(_RuleReader(rule, number).read() for number, rule in enumerate(rules, 1))


def relabel(labels: Mapping[str, str], rules: Sequence[RelabelRule]) -> dict[str, str] | None:
    """Return what rules make of a label set, or None if one of them drops it.

    A label with an empty value is one that is not there.
    """
    result = {name: value for name, value in labels.items() if value}
    for rule in rules:
        if not _apply(rule, result):
            return None
    return result


def _apply(rule: RelabelRule, labels: dict[str, str]) -> bool:
    """Change the labels by a rule, and say whether they are kept."""
    value = rule.separator.join(labels.get(name, "") for name in rule.source_labels)
    match rule.action:
        case "keep":
            return rule.regex.search(value) is not None
        case "drop":
            return rule.regex.search(value) is None
        case "keepequal":
            return labels.get(rule.target_label, "") == value
        case "dropequal":
            return labels.get(rule.target_label, "") != value
        case "replace":
            _replace(rule, labels, value)
        case "lowercase":
            _set(labels, rule.target_label, to_lower(value))
        case "uppercase":
            _set(labels, rule.target_label, to_upper(value))
        case "hashmod":
            digest = hashlib.md5(value.encode(), usedforsecurity=False).digest()
            _set(labels, rule.target_label, str(int.from_bytes(digest[8:], "big") % rule.modulus))
        case "labelmap":
            _map(rule, labels)
        case "labeldrop" | "labelkeep":
            drops = rule.action == "labeldrop"
            for name in list(labels):
                if (rule.regex.search(name) is not None) is drops:
                    del labels[name]
    return True


def _replace(rule: RelabelRule, labels: dict[str, str], value: str) -> None:
    found = rule.regex.search(value)
    if found is None:
        return
    target = rule.target.expand(found)
    if LABEL_NAME.fullmatch(target):
        _set(labels, target, rule.replacement.expand(found))


def _map(rule: RelabelRule, labels: dict[str, str]) -> None:
    # In the order of names, as Prometheus keeps its labels: of two that get the same name the last one wins.
    for name, value in sorted(labels.items()):
        found = rule.regex.search(name)
        # A name that is none would make Loki refuse the stream.
        if found is not None and LABEL_NAME.fullmatch(new_name := rule.replacement.expand(found)):
            labels[new_name] = value


def _set(labels: dict[str, str], name: str, value: str) -> None:
    if value:
        labels[name] = value
    else:
        labels.pop(name, None)


class _RuleReader:
    """Reads and checks one rule."""

    def __init__(self, rule: Any, number: int) -> None:
        self._number = number
        if not isinstance(rule, dict):
            raise self._error(f"it is {rule!r}. It must be a JSON object")
        for key in rule:
            if key not in _KEYS:
                raise self._error(f"the key {key!r} is unknown. Allowed are {', '.join(_KEYS)}")
        self._rule = {key: value for key, value in rule.items() if value is not None}

    def read(self) -> RelabelRule:
        action = self._action()
        regex = self._string("regex", _DEFAULT_REGEX)
        replacement = self._string("replacement", _DEFAULT_REPLACEMENT)
        separator = self._string("separator", _DEFAULT_SEPARATOR)
        target_label = self._string("target_label", "")
        source_labels = self._source_labels()
        modulus = self._modulus()
        given = {
            "source_labels": source_labels != (),
            "separator": separator != _DEFAULT_SEPARATOR,
            "target_label": target_label != "",
            "regex": regex != _DEFAULT_REGEX,
            "modulus": modulus != 0,
            "replacement": replacement != _DEFAULT_REPLACEMENT,
        }
        for key in _REFUSED.get(action, ()):
            if given[key]:
                raise self._error(
                    f"{key} is {self._rule[key]!r}, but the action {action} takes no {key}. Remove it"
                )
        self._check_target(action, target_label)
        if action == "hashmod" and not modulus:
            raise self._error("modulus is not set. The action hashmod needs one, at least 1")
        if action == "labelmap" and not _LABEL_TEMPLATE.fullmatch(replacement):
            raise self._error(
                f"replacement is {replacement!r}. For the action labelmap it must be a label name, which may have "
                f"references such as ${{1}}: {LABEL_NAMES_ALLOWED}"
            )
        try:
            compiled = compile_anchored(regex)
        except ValueError as error:
            raise self._error(f"regex is {regex!r}, which is no regular expression (RE2): {error}") from None
        return RelabelRule(
            action=action,
            source_labels=source_labels,
            separator=separator,
            regex=compiled,
            modulus=modulus,
            target_label=target_label,
            target=Template(target_label, compiled),
            replacement=Template(replacement, compiled),
        )

    def _error(self, problem: str) -> ConfigurationError:
        return ConfigurationError(f"{_VARIABLE}, rule {self._number}: {problem}.")

    def _string(self, key: str, default: str) -> str:
        value = self._rule.get(key, default)
        if not isinstance(value, str):
            raise self._error(f"{key} is {value!r}. It must be a string")
        return value

    def _action(self) -> str:
        action = self._string("action", "") or "replace"
        if action.lower() not in _ACTIONS:
            raise self._error(f"action is {action!r}. It must be one of {', '.join(_ACTIONS)}")
        return action.lower()

    def _source_labels(self) -> tuple[str, ...]:
        names = self._rule.get("source_labels", [])
        if not isinstance(names, list):
            raise self._error(f"source_labels is {names!r}. It must be a list of label names")
        for name in names:
            if not isinstance(name, str) or not LABEL_NAME.fullmatch(name):
                raise self._error(
                    f"source_labels has {name!r}, which is no label name: {LABEL_NAMES_ALLOWED}"
                )
        return tuple(names)

    def _modulus(self) -> int:
        modulus = self._rule.get("modulus", 0)
        if isinstance(modulus, bool) or not isinstance(modulus, int) or not 0 <= modulus < 2**64:
            raise self._error(
                f"modulus is {modulus!r}. It must be a whole number from 1 to 18446744073709551615"
            )
        return modulus

    def _check_target(self, action: str, target: str) -> None:
        if action not in _NEED_TARGET:
            return
        if not target:
            raise self._error(
                f"target_label is not set. The action {action} needs one: {LABEL_NAMES_ALLOWED}"
            )
        if action == "replace" and "$" in target:
            if not _LABEL_TEMPLATE.fullmatch(target):
                raise self._error(
                    f"target_label is {target!r}. It must be a label name, which may have references such as ${{1}}: "
                    f"{LABEL_NAMES_ALLOWED}"
                )
        elif not LABEL_NAME.fullmatch(target):
            raise self._error(f"target_label is {target!r}, which is no label name: {LABEL_NAMES_ALLOWED}")
