"""What version 6 of the provider has of the types in use, read from the official prebuilt bindings.

The modules are written and tested with version 5 (`schema.PROVIDER_VERSION`). The last package of prebuilt bindings was
made from the schema of a version 6, so its TypeScript declarations tell that version's arguments and blocks. What they
do not tell are defaults, validations and behaviour.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cdktf_app.bindings.errors import BindingsError
from cdktf_app.bindings.schema import HERE, is_data_source, plain_name, read_types

PROVIDER_6_FILE = HERE / "provider_6.json"

_PACKAGE = "@cdktf/provider-aws"
_INTERFACE = re.compile(
    r"^export interface (\w+)(?: extends cdktf\.TerraformMetaArguments)? \{\n(.*?)^\}", re.M | re.S
)
# A property, with its comment: the link at its end has the name that the provider knows it by.
_PROPERTY = re.compile(
    r"/\*\*\n(?P<comment>(?:(?!\*/).)*)\*/\n    readonly \w+(?P<optional>\?)?: (?P<type>[^;{]+|\{[^}]*\});",
    re.S,
)
_NAME = re.compile(r"#(\w+) \w+#\1\}")
_BLOCK = re.compile(r'^(resource|data) "(aws_\w+)"', re.M)
_IS_BLOCK = re.compile(r"^\s*\* \w+ block$", re.M)
_ATTRIBUTE_READ = re.compile(r"""this\.get\w+Attribute\('(\w+)'\)|new [\w.]+\(this, "(\w+)"(?:, \w+)?\)""")


def types_in_use() -> list[str]:
    """The types of `types.txt`, and those that the examples use beside them, named in the same way."""
    examples = HERE.parents[1] / "examples"
    text = "\n".join(file.read_text() for file in examples.rglob("*.tf") if ".terraform" not in file.parts)
    used = (("data." if kind == "data" else "") + name for kind, name in _BLOCK.findall(text))
    return sorted({*read_types(), *used})


def read_package(folder: Path, types: Iterable[str]) -> dict[str, Any]:
    """Read what the package has of the types.

    Args:
        folder: Where the package is unpacked.
        types: The types, named as in `types.txt`.

    Returns:
        The provider's `version`, and the `types` by name. Each has the names of its `required` and `optional`
        arguments, of what is `computed` alone, and its `blocks` by name, which have the same members but `computed`,
        and `is_required`.

    Raises:
        BindingsError: The folder is not that package, or a type is not in it as is expected.
    """
    try:
        version = json.loads((folder / "package.json").read_text())["cdktf"]["provider"]["version"]
    except (OSError, ValueError, KeyError) as error:
        raise BindingsError(
            f"{folder} is not an unpacked package {_PACKAGE} ({type(error).__name__}: {error}). "
            f"`npm pack {_PACKAGE}` gets it; unpack it with tar, and name its folder `package`."
        ) from error
    return {"version": version, "types": {name: _read_type(folder, name) for name in types}}


def write(provider: dict[str, Any]) -> None:
    """Write the committed file: sorted, a line for each list of names."""
    text = json.dumps(provider, indent=1, sort_keys=True)
    PROVIDER_6_FILE.write_text(re.sub(r"\[[^\[\]]*\]", lambda names: " ".join(names[0].split()), text) + "\n")


def read() -> dict[str, Any]:
    """The committed file, in the shape of `read_package`."""
    provider: dict[str, Any] = json.loads(PROVIDER_6_FILE.read_text())
    return provider


def _read_type(folder: Path, name: str) -> dict[str, Any]:
    slug = plain_name(name).removeprefix("aws_").replace("_", "-")
    source = folder / "lib" / f"{'data-aws-' if is_data_source(name) else ''}{slug}"
    try:
        declarations = (source / "index.d.ts").read_text()
        code = (source / "index.js").read_text()
    except OSError as error:
        raise BindingsError(f"The package has no {name}: {error}.") from error
    interfaces = dict(_INTERFACE.findall(declarations))
    roots = re.findall(r"^export interface (\w+) extends cdktf\.TerraformMetaArguments", declarations, re.M)
    if len(roots) != 1:
        raise BindingsError(
            f"{source / 'index.d.ts'} has {len(roots)} configurations where one was expected."
        )
    block = _read_block(interfaces, roots[0])
    known = {*block["required"], *block["optional"], *block["blocks"]}
    # Of its classes, that of the type itself is the last.
    own_code = code[code.rindex("\nclass ") :]
    read = {first or second for first, second in _ATTRIBUTE_READ.findall(own_code)}
    return {**block, "computed": sorted(read - known)}


def _read_block(interfaces: dict[str, str], interface: str) -> dict[str, Any]:
    block: dict[str, Any] = {"required": [], "optional": [], "blocks": {}}
    for found in _PROPERTY.finditer(interfaces[interface]):
        name = _NAME.search(found["comment"])
        if name is None:
            raise BindingsError(f"A property of {interface} names no argument: {found['comment']!r}.")
        is_optional = found["optional"] is not None
        if _IS_BLOCK.search(found["comment"]):
            nested = _read_block(interfaces, found["type"].split("[")[0].split(" ")[0])
            block["blocks"][name[1]] = {**nested, "is_required": not is_optional}
        else:
            block["optional" if is_optional else "required"].append(name[1])
    return block
