"""The committed, cut-down provider schema: which types it holds, and how it is cut from the whole."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from cdktf_app.bindings.errors import BindingsError
from cdktf_app.bindings.tool import run

HERE = Path(__file__).parent
TYPES_FILE = HERE / "types.txt"
SCHEMA_FILE = HERE / "schema.json"

PROVIDER = "registry.terraform.io/hashicorp/aws"
PROVIDER_VERSION = "5.100.0"
"""The version that the schema is read from; the modules' own constraint is wider."""

PROVIDER_CONFIGURATION = frozenset({"allowed_account_ids", "default_tags", "profile", "region"})
"""What of the provider block the deployment's stacks set. The whole block would double the bindings."""

_DATA_SOURCE_PREFIX = "data."


def read_types() -> list[str]:
    """The types in use as `types.txt` names them: `aws_…` for a resource, `data.aws_…` for a data source."""
    lines = (line.strip() for line in TYPES_FILE.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def is_data_source(name: str) -> bool:
    """Whether a type, named as in `types.txt`, is a data source."""
    return name.startswith(_DATA_SOURCE_PREFIX)


def plain_name(name: str) -> str:
    """The name that the provider has for a type."""
    return name.removeprefix(_DATA_SOURCE_PREFIX)


def write_types(types: list[str]) -> None:
    """Write the sorted types back below the file's comment."""
    comment = [line for line in TYPES_FILE.read_text().splitlines() if line.startswith("#")]
    TYPES_FILE.write_text("\n".join([*comment, *sorted(set(types))]) + "\n")


def read_schema() -> dict[str, Any]:
    """The committed schema, in the shape of `terraform providers schema -json`."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text())
    return schema


def read_provider_schema() -> dict[str, Any]:
    """Ask Terraform for the whole schema of the provider (about 30 MB of JSON).

    Raises:
        BindingsError: Terraform cannot install or start the provider; the message holds what it said.
    """
    # One exact version: whatever mirror or registry Terraform is set up with will do.
    configuration = {
        "terraform": {"required_providers": {"aws": {"source": PROVIDER, "version": PROVIDER_VERSION}}}
    }
    with tempfile.TemporaryDirectory(prefix="provider-schema-") as folder:
        (Path(folder) / "main.tf.json").write_text(json.dumps(configuration))
        for arguments in (["init", "-input=false"], ["providers", "schema", "-json"]):
            no_color = {**os.environ, "TF_CLI_ARGS": "-no-color"} if arguments[0] == "init" else None
            done = run(["terraform", f"-chdir={folder}", *arguments], no_color)
            if done.returncode:
                raise BindingsError(
                    f"terraform {' '.join(arguments)} failed. Can Terraform get {PROVIDER} {PROVIDER_VERSION} "
                    f"from the registry, or from the mirror of its CLI configuration?\n"
                    f"{done.stderr or done.stdout}"
                )
    schema: dict[str, Any] = json.loads(done.stdout)
    return schema


def cut(schema: dict[str, Any], types: list[str]) -> dict[str, Any]:
    """Cut the provider's schema down to `types`.

    Raises:
        ValueError: The provider has no such type; the message names it.
    """
    provider = schema["provider_schemas"][PROVIDER]
    resources: dict[str, Any] = {}
    data_sources: dict[str, Any] = {}
    for name in sorted(types):
        plain = plain_name(name)
        kind, target = (
            ("data_source_schemas", data_sources) if is_data_source(name) else ("resource_schemas", resources)
        )
        if plain not in provider[kind]:
            what = "data source" if is_data_source(name) else "resource"
            raise ValueError(
                f"{PROVIDER} {PROVIDER_VERSION} has no {what} {plain!r}. Check its name in the provider's "
                f"documentation; a data source is written {_DATA_SOURCE_PREFIX}{plain}."
            )
        target[plain] = provider[kind][plain]

    block = provider["provider"]["block"]
    cut_block = {
        part: {name: value for name, value in block[part].items() if name in PROVIDER_CONFIGURATION}
        for part in ("attributes", "block_types")
    }
    return {
        "format_version": schema["format_version"],
        "provider_schemas": {
            PROVIDER: {
                "provider": {"version": provider["provider"]["version"], "block": cut_block},
                "resource_schemas": resources,
                "data_source_schemas": data_sources,
            }
        },
    }


def write_schema(schema: dict[str, Any]) -> None:
    """Write the committed schema: sorted and indented, so that a change reads as one."""
    SCHEMA_FILE.write_text(json.dumps(schema, indent=1, sort_keys=True) + "\n")
