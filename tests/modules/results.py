"""What a look at the scenarios gives."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Resources:
    """The resources of one scenario: address within the module to attributes, and which of these are sensitive.

    And what the module says about them, its outputs.
    """

    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    sensitive: dict[str, dict[str, Any]] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, address: str) -> dict[str, Any]:
        return self.values[address]

    def __contains__(self, address: str) -> bool:
        return address in self.values

    def policies(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """All policy documents, with the address of the resource that holds each."""
        for address, values in self.values.items():
            for name in ("policy", "assume_role_policy"):
                text = values.get(name)
                # The mocked bucket has a made-up text there.
                if isinstance(text, str) and text.startswith("{"):
                    yield address, json.loads(text)

    def policy(self, address: str) -> dict[str, dict[str, Any]]:
        """The statements of the one policy of a resource, by their Sid."""
        (document,) = (document for at, document in self.policies() if at == address)
        return {statement["Sid"]: statement for statement in document["Statement"]}


@dataclass(frozen=True)
class Planned:
    """A plan: the managed addresses of each scenario, and what Terraform shows a person."""

    addresses: dict[str, set[str]]
    text: str


@dataclass(frozen=True)
class Applied:
    """A mocked apply: the resources of each scenario, and the errors of each test file."""

    scenarios: dict[str, Resources]
    errors: dict[str, list[str]]


def managed(addresses: Iterable[str]) -> set[str]:
    """The addresses of resources without the data sources."""
    return {address for address in addresses if not in_its_module(address).startswith("data.")}


def in_its_module(address: str) -> str:
    """The address of a resource within the module that makes it, which another may have called."""
    return re.sub(r"^(module\.\w+\.)+", "", address)


def as_list(value: str | list[str]) -> list[str]:
    """What a policy may write as one string or as a list of them."""
    return [value] if isinstance(value, str) else value
