"""The picture of one module as things and arrows between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from cdktf_app.diagrams.defaults import Defaults
from cdktf_app.diagrams.references import Reference, References
from cdktf_app.diagrams.words import (
    Detail,
    Outside,
    Policy,
    Relation,
    Rule,
    Shown,
    Through,
    label_of,
    outside_of,
    rule_of,
    words_of,
)
from cdktf_app.emitter.errors import located
from cdktf_app.emitter.module import SynthesizedModule


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a picture shows."""

    id: str
    words: str
    shape: str
    concern: str = ""
    """The file of the module that it is in; empty for what is outside."""

    overview: bool = False
    optional: bool = False
    """Whether the defaults of the inputs make it not."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """What one thing does with another, by their ids; for what is outside of the module, by what refers to it."""

    source: str
    target: str
    label: str
    permission: bool = False
    """Whether it is what a policy allows, not what is done."""

    optional: bool = False
    """Whether the defaults of the inputs make it not."""


class Graph:
    """Reads the things and arrows of a module out of its synthesized form.

    Args:
        module: The module.
        default: Whether only what the defaults of its inputs make is read, and nothing else that it can make.
    """

    def __init__(self, module: SynthesizedModule, *, default: bool = False) -> None:
        self.module = module
        self._defaults = Defaults(module.terraform)
        with located(module.name):
            self.references = References(module.terraform, self._defaults if default else None)
            self._resources: dict[str, dict[str, Any]] = {
                f"{type_name}.{name}": content
                for type_name, named in module.terraform.get("resource", {}).items()
                for name, content in named.items()
                if not default or self._defaults.made(content)
            }
            self._rules: dict[str, Rule] = {address: rule_of(_type(address)) for address in self._resources}

    def things(self) -> list[Thing]:
        """What the module makes and the picture shows, in the order of creation."""
        order = {path: index for index, path in enumerate(self.module.order)}
        shown = [
            (order[_path(self._resources[address])], address, rule)
            for address, rule in self._rules.items()
            if isinstance(rule, Shown)
        ]
        things: dict[str, Thing] = {}
        for _, address, rule in sorted(shown):
            name = "" if rule.together else address.partition(".")[2]
            called = words_of(self.module.name, _type(address), rule)
            words = called.format(name="" if name == "this" else name.replace("_", "-")).strip()
            concern = _path(self._resources[address]).split("/")[1]
            identity = self._id(address)
            optional = not self._defaults.made(self._resources[address])
            thing = Thing(identity, words, rule.shape, concern, rule.overview, optional)
            if identity not in things or not optional:
                things[identity] = thing
        return list(things.values())

    def arrows(self) -> list[Arrow]:
        """Who does what with whom. Outside of the module stand inputs and modules: `var.hub.role_arn`."""
        found: dict[Arrow, None] = {}
        for address, content in self._resources.items():
            references = list(self.references.of_block(content))
            for arrow in self._of(address, self._rules[address], references):
                if arrow.source != arrow.target:
                    found[replace(arrow, optional=not self._defaults.made(content))] = None
        return list(found)

    def resolved(self, reference: Reference) -> Iterator[tuple[str, str]]:
        """The things that a reference comes to, with the verb of a policy on the way: ids, or what is outside."""
        target, verb = reference.target, reference.verb
        if target not in self._rules:
            if not target.startswith("data."):
                yield target, verb
            return
        match self._rules[target]:
            case Shown():
                yield self._id(target), verb
            case Through(argument=argument):
                for path, further in self.references.of_block(self._resources[target]):
                    if path == argument and not further.allowed:
                        yield from self.resolved(Reference(further.target, verb or further.verb))

    def _of(self, address: str, rule: Rule, references: list[tuple[str, Reference]]) -> Iterator[Arrow]:
        match rule:
            case Shown():
                for path, reference in references:
                    for target, _ in self.resolved(reference):
                        outside = outside_of(self.module.name, target)
                        label = label_of(_type(address), path, outside.id if outside else target)
                        if label is not None:
                            yield Arrow(self._id(address), target, label)
            case Relation(source=source, targets=targets, label=label):
                for path in targets:
                    yield from (
                        Arrow(begin, end, label or verb, permission=not label)
                        for begin, _ in self._at(source, references)
                        for end, verb in self._at(path, references)
                        if label or verb
                    )
            case Policy(resource=resource, policy=policy):
                allowed = [
                    *self._at(policy, references, allowed=True),
                    # A module that is called makes statements of its own, for whom it stands for.
                    *((end, outside.verb) for end, outside in self._outside_at(policy, references)),
                ]
                for end, _ in self._at(resource, references):
                    yield from (Arrow(begin, end, verb, permission=True) for begin, verb in allowed if verb)
            case Through() | Detail():
                pass

    def _at(
        self, argument: str, references: Iterable[tuple[str, Reference]], *, allowed: bool = False
    ) -> Iterator[tuple[str, str]]:
        for path, reference in references:
            if path == argument and reference.allowed == allowed:
                yield from self.resolved(reference)

    def _outside_at(
        self, argument: str, references: Iterable[tuple[str, Reference]]
    ) -> Iterator[tuple[str, Outside]]:
        for end, _ in self._at(argument, references):
            if outside := outside_of(self.module.name, end):
                yield end, outside

    def _id(self, address: str) -> str:
        rule = self._rules[address]
        named = _type(address) if isinstance(rule, Shown) and rule.together else address
        return named.removeprefix("aws_").replace(".", "_")


def outside_things(module: str, arrows: Iterable[Arrow]) -> dict[str, Outside]:
    """What arrows of a module lead to outside of it and a picture shows, by how they name it."""
    found: dict[str, Outside] = {}
    for arrow in arrows:
        for end in (arrow.source, arrow.target):
            if outside := outside_of(module, end):
                found[end] = outside
    return found


def _type(address: str) -> str:
    return address.partition(".")[0]


def _path(content: dict[str, Any]) -> str:
    path: str = content["//"]["metadata"]["path"]
    return path
