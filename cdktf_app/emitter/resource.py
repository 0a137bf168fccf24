"""Resources, data sources and module calls as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdktf_app.emitter.block import Argument, Arguments, Block
from cdktf_app.emitter.errors import EmitError, located
from cdktf_app.emitter.expression.nodes import Entry, Expression, Name, Object
from cdktf_app.emitter.reference import reference, references
from cdktf_app.emitter.schema import BlockSchema
from cdktf_app.emitter.value import expression_of

FIRST_ARGUMENTS = (
    "name",
    "name_prefix",
    "bucket",
    "bucket_prefix",
    "statement_id",
    "action",
    "function_name",
    "security_group_id",
    "description",
    "role",
    "load_balancer_arn",
    "listener_arn",
    "vpc_id",
    "route_table_id",
    "subnet_id",
    "allocation_id",
    "service_name",
    "id",
    "sid",
    "type",
    "principal",
    "protocol",
    "ip_protocol",
    "from_port",
    "to_port",
    "port",
)
"""Arguments that say what a thing is and where it belongs come first, in this order; the others follow in the
order of the synthesized JSON, which is that of the provider's schema."""

_SOURCE: tuple[str, ...] = ("source", "version")
_META = ("count", "for_each", "provider")
_REFUSED = ("connection", "provisioner")
_LAST = ("tags", "tags_all", "depends_on", "lifecycle")


def resource(mode: str, type_name: str, name: str, content: dict[str, Any], schema: BlockSchema) -> Block:
    """Make the block of a resource, or of a data source with the mode `data`."""
    content = dict(content)
    notes = _skipped_checks(content)
    comment = take_comment(content)
    for refused in _REFUSED:
        if refused in content:
            raise EmitError(f"{refused!r} is not supported: the modules do without")
    own = {key: value for key, value in content.items() if key not in (*_META, *_LAST)}
    body = [
        _meta_arguments(content),
        *_body(own, schema),
        *_last_parts(content, schema),
    ]
    return Block(mode, (type_name, name), filled(body), comment, notes)


def module_call(name: str, content: dict[str, Any]) -> Block:
    """Make the block of a module call."""
    content = dict(content)
    comment = take_comment(content)
    source = {key: content.pop(key) for key in _SOURCE if key in content}
    meta = _meta_arguments(content)
    providers = content.pop("providers", {})
    depends_on = content.pop("depends_on", None)
    own = {key: value for key, value in content.items() if key not in _META}
    body: list[Arguments | Block] = [
        Arguments(_arguments(source)),
        meta,
        Arguments((_providers(providers),) if providers else ()),
        Arguments(_arguments(own), long_last=True),
        _depends_on(depends_on),
    ]
    return Block("module", (name,), filled(body), comment)


def take_comment(content: dict[str, Any]) -> str:
    """Take CDKTF's metadata out of a block's content and return the comment in it."""
    comment: str = content.pop("//", {}).get("comment", "")
    return comment


def _skipped_checks(content: dict[str, Any]) -> tuple[str, ...]:
    """Make the comments that tell checkov which of its checks does not apply to the block, and why."""
    skipped: dict[str, str] = content.get("//", {}).get("skipped_checks", {})
    return tuple(f"checkov:skip={check}: {reason}" for check, reason in skipped.items())


def conditions(kind: str, value: Any) -> Iterator[Block]:
    """Make blocks of a condition and an error message: validations, pre- and postconditions, assertions."""
    for index, rule in enumerate(objects(value)):
        with located(f"{kind}[{index}]"):
            if set(rule) != {"condition", "error_message"}:
                raise EmitError(f"expected a condition and an error_message, not {sorted(rule)}")
            names = ("condition", "error_message")
            yield Block(kind, body=(Arguments(_arguments({name: rule[name] for name in names})),))


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a value which is a list of them, or one.

    Raises:
        EmitError: It is neither.
    """
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, dict) for item in items):
        raise EmitError(f"expected an object or a list of objects, not {value!r}")
    return items


def filled(body: list[Arguments | Block]) -> tuple[Arguments | Block, ...]:
    """The parts of a body without empty groups of arguments."""
    return tuple(part for part in body if isinstance(part, Block) or part.items)


def argument(name: str, value: Any) -> Argument:
    """Make an argument of a JSON value."""
    with located(name):
        return Argument(name, expression_of(value))


def _arguments(content: dict[str, Any]) -> tuple[Argument, ...]:
    return tuple(argument(name, value) for name, value in content.items())


def _rank(name: str) -> int:
    return FIRST_ARGUMENTS.index(name) if name in FIRST_ARGUMENTS else len(FIRST_ARGUMENTS)


def _body(content: dict[str, Any], schema: BlockSchema) -> list[Arguments | Block]:
    """Make the arguments of a block, then its nested blocks."""
    arguments: list[Argument] = []
    blocks: list[Block] = []
    for name in sorted(content, key=_rank):
        value = content[name]
        if name == "dynamic":
            blocks += _dynamic_blocks(value, schema)
        elif schema.is_block(name, value):
            blocks += _nested_blocks(name, value, schema.blocks[name])
        else:
            arguments.append(argument(name, value))
    return [Arguments(tuple(arguments), long_last=True), *blocks]


def _nested_blocks(name: str, value: Any, schema: BlockSchema) -> Iterator[Block]:
    for index, content in enumerate([] if value is None else objects(value)):
        with located(f"{name}[{index}]"):
            yield Block(name, body=filled(_body(content, schema)))


def _dynamic_blocks(value: Any, schema: BlockSchema) -> Iterator[Block]:
    for blocks in objects(value):
        for name, dynamics in blocks.items():
            with located(f'dynamic "{name}"'):
                if name not in schema.blocks:
                    raise EmitError(f"the provider's schema has no block {name!r} here")
                for dynamic in objects(dynamics):
                    yield _dynamic_block(name, dynamic, schema.blocks[name])


def _dynamic_block(name: str, dynamic: dict[str, Any], schema: BlockSchema) -> Block:
    if not {"for_each", "content"} <= set(dynamic) <= {"for_each", "content", "iterator"}:
        raise EmitError(f"expected for_each, content and perhaps iterator, not {sorted(dynamic)}")
    arguments = [argument("for_each", dynamic["for_each"])]
    # CDKTF's own dynamic blocks (`TerraformDynamicBlock`) always name their iterator.
    if "iterator" in dynamic:
        arguments.append(Argument("iterator", reference(dynamic["iterator"])))
    (content,) = objects(dynamic["content"])
    return Block(
        "dynamic",
        (name,),
        (Arguments(tuple(arguments)), Block("content", body=filled(_body(content, schema)))),
    )


def _meta_arguments(content: dict[str, Any]) -> Arguments:
    arguments: list[Argument] = []
    for name in _META:
        if name not in content:
            continue
        with located(name):
            read = reference if name == "provider" else expression_of
            arguments.append(Argument(name, read(content[name])))
    return Arguments(tuple(arguments))


def _last_parts(content: dict[str, Any], schema: BlockSchema) -> list[Arguments | Block]:
    parts: list[Arguments | Block] = []
    tags = {name: content[name] for name in ("tags", "tags_all") if name in content}
    for name, value in tags.items():
        if schema.is_block(name, value):
            parts += _nested_blocks(name, value, schema.blocks[name])
        else:
            parts.append(Arguments((argument(name, value),)))
    parts.append(_depends_on(content.get("depends_on")))
    if "lifecycle" in content:
        with located("lifecycle"):
            parts.append(_lifecycle(content["lifecycle"]))
    return parts


def _depends_on(value: Any) -> Arguments:
    if not value:
        return Arguments(())
    with located("depends_on"):
        return Arguments((Argument("depends_on", references(value)),))


def _providers(providers: dict[str, Any]) -> Argument:
    with located("providers"):
        entries = tuple(Entry(key, reference(value)) for key, value in providers.items())
        return Argument("providers", Object(entries))


def _lifecycle(value: Any) -> Block:
    (content,) = objects(value)
    arguments: list[Argument] = []
    blocks: list[Block] = []
    for name, item in content.items():
        match name:
            case "create_before_destroy" | "prevent_destroy":
                arguments.append(argument(name, item))
            case "ignore_changes" | "replace_triggered_by":
                arguments.append(Argument(name, _lifecycle_references(item)))
            case "precondition" | "postcondition":
                blocks += conditions(name, item)
            case _:
                raise EmitError(f"unknown argument {name!r}")
    return Block("lifecycle", body=filled([Arguments(tuple(arguments)), *blocks]))


def _lifecycle_references(value: Any) -> Expression:
    return Name("all") if value == "all" else references(value)
