"""Renders a synthesized module as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cdktf_app.emitter.block import Block
from cdktf_app.emitter.errors import EmitError, located
from cdktf_app.emitter.header import hcl_header
from cdktf_app.emitter.language import (
    check,
    locals_block,
    moved,
    output,
    print_blocks,
    removed,
    settings,
    variable,
)
from cdktf_app.emitter.module import SynthesizedModule
from cdktf_app.emitter.readme import mermaid, readme, tables
from cdktf_app.emitter.resource import module_call, resource
from cdktf_app.emitter.schema import ProviderSchemas
from cdktf_app.emitter.sections import Sections

_RESERVED = ("variables", "outputs", "locals", "versions", "moved", "removed", "checks")
_NO_CONCERN = "main"
"""The file of what is not below a concern."""

_EMPTY_MAIN = "# Nothing is here: each concern has a file of its own."

# Not among them: `provider`, which is the caller's to configure, and `import`, which Terraform takes in the root
# module only.
_KNOWN = frozenset(
    {
        "//",
        "check",
        "data",
        "locals",
        "module",
        "moved",
        "output",
        "removed",
        "resource",
        "terraform",
        "variable",
    }
)


def emit(module: SynthesizedModule, schema: dict[str, Any], diagram: str = "") -> dict[str, str | Sections]:
    """Render a module as HCL files and a README.

    Args:
        module: The module.
        schema: The provider schema, in the shape of `terraform providers schema -json`.
        diagram: A picture of the module for its README, as Mermaid's source.

    Returns:
        The files' content by their names, such as `network.tf`; of a README by hand, the sections in it.

    Raises:
        EmitError: The module holds something that the emitter does not understand; the message names the
            module, the address and the argument.
    """
    with located(module.name):
        if unknown := set(module.terraform) - _KNOWN:
            raise EmitError(
                f"cannot be written to a module: {', '.join(sorted(unknown))}; "
                "providers and imports belong to the configuration that calls the module"
            )
        schemas = ProviderSchemas(schema)
        addresses: dict[str, list[str]] = {}
        contents: dict[str, list[str]] = {}
        for file, blocks in _by_concern(module, schemas).items():
            contents[file] = print_blocks(blocks)
            addresses[file] = [".".join(_address_parts(block)) for block in blocks]
        contents |= _language_files(module.terraform, schemas)
        header = hcl_header(module.name)
        # Terraform's standard module structure asks for a main.tf.
        contents.setdefault(f"{_NO_CONCERN}.tf", [_EMPTY_MAIN])
        files: dict[str, str | Sections] = {
            name: "\n".join([header, "", *lines]) + "\n" for name, lines in contents.items() if lines
        }
        files |= module.files
        if module.about is None:
            sections = {f"{module.name} module": tables(module, addresses, level=4)}
            if diagram:
                sections["architecture"] = mermaid(diagram)
            return files | {"README.md": Sections(sections)}
        return files | {"README.md": readme(module, addresses, diagram)}


def _address_parts(block: Block) -> tuple[str, ...]:
    return block.labels if block.type == "resource" else (block.type, *block.labels)


def _by_concern(module: SynthesizedModule, schemas: ProviderSchemas) -> dict[str, list[Block]]:
    """Make the blocks that CDKTF made of constructs, by file, in the order of their creation."""
    rank = {path: index for index, path in enumerate(module.order)}
    placed: list[tuple[int, str, Block]] = []
    for address, content, make in _constructs(module.terraform, schemas):
        with located(address):
            path = content.get("//", {}).get("metadata", {}).get("path", "")
            if path not in rank:
                raise EmitError(f"made by no construct of the given order (path {path!r}), so it has no file")
            placed.append((rank[path], _file(path), make()))
    placed.sort(key=lambda item: item[0])
    files: dict[str, list[Block]] = {}
    for _, file, block in placed:
        files.setdefault(file, []).append(block)
    return files


_Construct = tuple[str, dict[str, Any], Callable[[], Block]]


def _constructs(terraform: dict[str, Any], schemas: ProviderSchemas) -> Iterator[_Construct]:
    for mode in ("data", "resource"):
        for type_name, named in terraform.get(mode, {}).items():
            for name, content in named.items():
                address = f"data.{type_name}.{name}" if mode == "data" else f"{type_name}.{name}"
                yield address, content, _maker(schemas, mode, type_name, name, content)
    for name, content in terraform.get("module", {}).items():
        yield f"module.{name}", content, _module_maker(name, content)


def _maker(
    schemas: ProviderSchemas, mode: str, type_name: str, name: str, content: dict[str, Any]
) -> Callable[[], Block]:
    return lambda: resource(mode, type_name, name, content, schemas.of(mode, type_name))


def _module_maker(name: str, content: dict[str, Any]) -> Callable[[], Block]:
    return lambda: module_call(name, content)


def _file(path: str) -> str:
    match path.split("/"):
        case [_, concern, _, *_] if concern not in _RESERVED:
            return f"{concern}.tf"
        case [_, _]:
            return f"{_NO_CONCERN}.tf"
        case _:
            raise EmitError(
                f"the path {path!r} would put it into a file that is made of other blocks: rename"
            )


def _language_files(terraform: dict[str, Any], schemas: ProviderSchemas) -> dict[str, list[str]]:
    def data(type_name: str, name: str, content: dict[str, Any]) -> Block:
        return resource("data", type_name, name, content, schemas.of("data", type_name))

    comments: dict[str, str] = terraform.get("//", {}).get("comments", {}).get("locals", {})
    values: dict[str, Any] = terraform.get("locals", {})
    with located("locals"):
        if unknown := set(comments) - set(values):
            raise EmitError(f"comments on locals that do not exist: {', '.join(sorted(unknown))}")
        local_lines = locals_block(values, comments) if values else []
    return {
        "locals.tf": local_lines,
        "variables.tf": print_blocks(_named("var", terraform.get("variable", {}), variable)),
        "outputs.tf": print_blocks(_named("output", terraform.get("output", {}), output)),
        "versions.tf": print_blocks(_listed("terraform", [terraform.get("terraform", {})], settings)),
        "moved.tf": print_blocks(_listed("moved", terraform.get("moved", []), moved)),
        "removed.tf": print_blocks(_listed("removed", terraform.get("removed", []), removed)),
        "checks.tf": print_blocks(
            _named("check", terraform.get("check", {}), lambda name, item: check(name, item, data))
        ),
    }


def _named(kind: str, contents: dict[str, Any], make: Callable[[str, dict[str, Any]], Block]) -> list[Block]:
    blocks: list[Block] = []
    for name, content in contents.items():
        with located(f"{kind}.{name}"):
            blocks.append(make(name, content))
    return blocks


def _listed(kind: str, contents: list[Any], make: Callable[[dict[str, Any]], Block]) -> list[Block]:
    blocks: list[Block] = []
    for index, content in enumerate(contents):
        if content:
            with located(f"{kind}[{index}]"):
                blocks.append(make(content))
    return blocks
