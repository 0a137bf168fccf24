"""Reads YAML, and refuses a key that is there twice: of two spokes with one name, the first would be lost."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.constructor import ConstructorError


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        first: dict[str, yaml.Node] = {}
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and first.setdefault(key.value, key) is not key:
                raise ConstructorError(
                    "the key is there already",
                    first[key.value].start_mark,
                    f"{key.value!r} is there twice: rename or remove one",
                    key.start_mark,
                )
        return super().construct_mapping(node, deep)


def load(text: str) -> Any:
    """Return what a YAML document holds.

    Raises:
        yaml.YAMLError: It is not YAML, or has a key twice; the message has the place.
    """
    return yaml.load(text, Loader=_Loader)  # noqa: S506  it is a safe loader
