"""What the arguments of a block refer to, and which verb a policy in them has for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from cdktf_app.diagrams.defaults import UNKNOWN, Defaults
from cdktf_app.diagrams.names import Names
from cdktf_app.diagrams.words import verbs
from cdktf_app.emitter.errors import located
from cdktf_app.emitter.expression.nodes import (
    Attribute,
    Conditional,
    Entry,
    Expression,
    ForObject,
    ForTuple,
    Index,
    Name,
    Object,
    Splat,
    Template,
    Tuple,
)
from cdktf_app.emitter.value import expression_of

_NOT_ARGUMENTS = frozenset({"//", "count", "depends_on", "for_each", "lifecycle", "provider", "tags"})

Bound = Mapping[str, Expression]
"""What each variable of a `for` runs over, and `each` of a block."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing that an argument refers to."""

    target: str
    """An address in the module: `aws_sqs_queue.this`, `module.hub.for_spokes`, `var.hub.role_arn`, `data.aws_vpc.x`."""

    verb: str = ""
    """What a policy allows with it, such as `reads`; empty outside of policies."""

    allowed: bool = False
    """Whether it is whom a policy allows something, not what with."""


class References:
    """Finds references in one module.

    Args:
        terraform: The synthesized module.
        defaults: Decides which branch of a condition is taken; without it, both are.
    """

    def __init__(self, terraform: dict[str, Any], defaults: Defaults | None = None) -> None:
        self._defaults = defaults
        self._resources: dict[str, dict[str, Any]] = terraform.get("resource", {})
        with located("locals"):
            self._locals = {name: _parsed(name, value) for name, value in terraform.get("locals", {}).items()}
        self._names = Names(self._resources, self._locals)

    def of_block(self, content: dict[str, Any]) -> Iterator[tuple[str, Reference]]:
        """The references of a block, each with the argument's path, such as `logging_config.log_group`."""
        bound = {"each": expression_of(content["for_each"])} if "for_each" in content else {}
        arguments = {name: value for name, value in content.items() if name not in _NOT_ARGUMENTS}
        yield from self._of_arguments(arguments, "", bound)

    def of_value(self, value: Any, path: Sequence[str] = ()) -> Iterator[Reference]:
        """The references of an output's value, or of what a path leads to in it.

        An input in it that is the name of one of the module's resources refers to that.
        """
        for reference in self._walk(_member(expression_of(value), path), {}, ""):
            match reference.target.split("."):
                case ["var", name] if named := self._names.of_variable(name):
                    yield Reference(named)
                case _:
                    yield reference

    def _of_arguments(self, value: Any, path: str, bound: Bound) -> Iterator[tuple[str, Reference]]:
        match value:
            case dict():
                for name, item in value.items():
                    if name == "dynamic":
                        yield from self._of_dynamic(item, path, bound)
                    elif isinstance(item, str) and (measured := self._measured(name, expression_of(item))):
                        yield path, measured
                    else:
                        yield from self._of_arguments(item, f"{path}.{name}" if path else name, bound)
            case list():
                for item in value:
                    yield from self._of_arguments(item, path, bound)
            case _:
                for reference in self._walk(expression_of(value), bound, ""):
                    yield path, reference

    def _of_dynamic(self, value: Any, path: str, bound: Bound) -> Iterator[tuple[str, Reference]]:
        for blocks in value if isinstance(value, list) else [value]:
            for name, dynamic in blocks.items():
                inner = {**bound, dynamic.get("iterator", name): expression_of(dynamic["for_each"])}
                yield from self._of_arguments(dynamic["content"], f"{path}.{name}" if path else name, inner)

    def _walk(self, node: Any, bound: Bound, verb: str) -> Iterator[Reference]:
        match node:
            case Name() | Attribute() | Index() | Splat():
                yield from self._of_chain(node, bound, verb)
            case Template():
                if address := self._names.of_arn(node):
                    yield Reference(address, verb)
                else:
                    yield from self._walk_all(node.parts, bound, verb)
            case Conditional(condition=condition, yes=yes, no=no):
                decided = self._defaults.value(condition) if self._defaults else UNKNOWN
                branches = (yes, no) if decided is UNKNOWN else (yes if decided else no,)
                yield from self._walk_all(branches, bound, verb)
            case ForTuple(names=names, collection=collection, value=value):
                yield from self._walk(value, self._bind(names, collection, bound), verb)
            case ForObject(names=names, collection=collection, key=key, value=value):
                yield from self._walk_all((key, value), self._bind(names, collection, bound), verb)
            case Object(entries=entries):
                parts = {entry.key: entry.value for entry in entries if isinstance(entry.key, str)}
                if {"Effect", "Action"} <= set(parts):
                    yield from self._of_statement(parts, bound)
                else:
                    yield from self._walk_pairs([(entry.key, entry.value) for entry in entries], bound, verb)
            case Tuple(items=items):
                yield from self._walk_pairs(zip(("", *items), items, strict=False), bound, verb)
            case _ if is_dataclass(node):
                yield from self._walk_all([getattr(node, field.name) for field in fields(node)], bound, verb)
            case tuple() | list():
                yield from self._walk_all(node, bound, verb)

    def _walk_all(self, nodes: Any, bound: Bound, verb: str) -> Iterator[Reference]:
        for node in nodes:
            yield from self._walk(node, bound, verb)

    def _walk_pairs(
        self, pairs: Iterable[tuple[str | Expression, Expression]], bound: Bound, verb: str
    ) -> Iterator[Reference]:
        """Walk values, each with what stands before it: a dimension of a metric says what the value names."""
        for before, value in pairs:
            if measured := self._measured(before, value):
                yield measured
            else:
                yield from self._walk(value, bound, verb)

    def _measured(self, dimension: str | Expression, value: Expression) -> Reference | None:
        address = self._names.of_dimension(dimension, value)
        return Reference(address) if address else None

    def _bind(self, names: tuple[str, ...], collection: Expression, bound: Bound) -> Bound:
        # A collection may be made of variables that are bound already, whose names this one may take.
        return {**bound, **dict.fromkeys(names, _bound_in(collection, bound))}

    def _of_statement(self, parts: dict[str, Expression], bound: Bound) -> Iterator[Reference]:
        if _text(parts["Effect"]) == "Deny":
            return
        verb = verbs(list(_texts(parts["Action"])))
        yield from self._walk(parts.get("Resource"), bound, verb)
        for name in ("Principal", "Condition"):
            for reference in self._walk(parts.get(name), bound, verb):
                yield Reference(reference.target, verb, allowed=True)

    def _of_chain(self, node: Expression, bound: Bound, verb: str) -> Iterator[Reference]:
        path, indices = _path(node)
        yield from self._walk_all(indices, bound, verb)
        match path:
            case [name, *_] if name in bound:
                yield from self._walk(bound[name], {}, verb)
            case ["local", name, *rest]:
                yield from self._walk(_member(self._locals[name], rest), {}, verb)
            case ["var", _, *_]:
                yield Reference(".".join(path), verb)
            case ["data", type_name, name, *_]:
                yield Reference(f"data.{type_name}.{name}", verb)
            case ["module", *_]:
                yield Reference(".".join(path[:3]), verb)
            case [type_name, name, *_] if name in self._resources.get(type_name, {}):
                yield Reference(f"{type_name}.{name}", verb)


def _parsed(name: str, value: Any) -> Expression:
    with located(name):
        return expression_of(value)


def _bound_in(node: Any, bound: Bound) -> Any:
    """Put what variables of outer `for` expressions run over in their place."""
    match node:
        case Name(name=name) if name in bound:
            return bound[name]
        case tuple():
            return tuple(_bound_in(item, bound) for item in node)
        case _ if is_dataclass(node) and not isinstance(node, type):
            return type(node)(
                **{field.name: _bound_in(getattr(node, field.name), bound) for field in fields(node)}
            )
        case _:
            return node


def _member(value: Expression, path: Sequence[str]) -> Expression:
    """What a path leads to in an object; the object where it leads further than it is written out."""
    if path and isinstance(value, Object):
        for entry in value.entries:
            if entry.key == path[0]:
                return _member(entry.value, path[1:])
    return value


def _path(node: Expression) -> tuple[list[str], list[Expression]]:
    """The names of a reference such as `aws_vpc.this[0].id`, and the expressions in its brackets."""
    match node:
        case Name(name=name):
            return [name], []
        case Attribute(base=base, name=name):
            path, indices = _path(base)
            return [*path, name], indices
        case Index(base=base, key=key):
            path, indices = _path(base)
            return path, [*indices, key]
        case Splat(base=base):
            return _path(base)
        case _:
            # Of something that is computed, such as `one(…).id`.
            return [], [node]


def _text(node: Expression) -> str | None:
    return node.constant if isinstance(node, Template) else None


def _texts(node: Any) -> Iterator[str]:
    """All constant texts in an expression."""
    match node:
        case Template():
            if node.constant is not None:
                yield node.constant
        case Entry() | Tuple() | Conditional() | ForTuple() | tuple():
            items = node if isinstance(node, tuple) else [getattr(node, field.name) for field in fields(node)]
            for item in items:
                yield from _texts(item)
        case _ if is_dataclass(node):
            for field in fields(node):
                yield from _texts(getattr(node, field.name))
