"""The emitted modules and the examples say nothing that version 6 of the AWS provider does not know.

They are applied with version 5. Here they are compared with the recorded names of version 6 (`cdktf_app.bindings
record-provider-6`): that is what types tell, and no apply. What its upgrade guide says of types in use beyond names
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-6-upgrade) is `OTHER_MEANING`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hcl2
import pytest

from cdktf_app.bindings import prebuilt, schema

REPOSITORY = Path(__file__).parents[3]
META = {"count", "for_each", "provider", "depends_on", "lifecycle", "connection", "provisioner"}
# Attributes that version 6 deprecates, or means something else by.
OTHER_MEANING = {("data.aws_region", "name"), ("data.aws_s3_bucket", "region"), ("aws_s3_bucket", "region")}
_REFERENCE = re.compile(r"(?<![\w.])((?:data\.)?aws_[a-z0-9_]+)\.[a-z_]\w*(?:\[[^\]]*\])?\.([a-z_]\w*)")
FILES = sorted(
    file
    for pattern in ("*.tf", "modules/**/*.tf", "examples/**/*.tf")
    for file in REPOSITORY.glob(pattern)
    if ".terraform" not in file.parts
)
PROVIDER_6: dict[str, Any] = prebuilt.read()


def declared(file: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield type (as in `types.txt`), name and content of each resource and data source."""
    with file.open() as text:
        content = hcl2.load(text)
    for kind, prefix in (("resource", ""), ("data", "data.")):
        for block in content.get(kind, []):
            for type_name, named in block.items():
                for name, body in named.items():
                    yield prefix + type_name.strip('"'), name.strip('"'), body


def faults(where: str, body: dict[str, Any], known: dict[str, Any], ignored: set[str]) -> Iterator[str]:
    """Yield what a block says that is not known, and what is required and not said."""
    given: dict[str, list[dict[str, Any]]] = {}
    names = set()
    for name, value in body.items():
        if name in ignored or name.startswith("__"):
            continue
        if name == "dynamic":
            for dynamic in value:
                for label, parts in dynamic.items():
                    given.setdefault(label.strip('"'), []).extend(parts["content"])
        elif isinstance(value, list) and value and isinstance(value[0], dict) and "__is_block__" in value[0]:
            given.setdefault(name, []).extend(value)
        else:
            names.add(name)
    yield from (f"{where}: no argument {name}" for name in names - {*known["required"], *known["optional"]})
    yield from (f"{where}: {name} is required" for name in set(known["required"]) - names)
    yield from (
        f"{where}: the block {name} is required"
        for name, block in known["blocks"].items()
        if block["is_required"] and name not in given
    )
    for name, bodies in given.items():
        if name not in known["blocks"]:
            yield f"{where}: no block {name}"
            continue
        for nested in bodies:
            yield from faults(f"{where}.{name}", nested, known["blocks"][name], set())


def attribute_faults(text: str) -> Iterator[str]:
    """Yield references to attributes that are not known, or mean something else."""
    for type_name, attribute in _REFERENCE.findall(text):
        known = PROVIDER_6["types"].get(type_name)
        if known is None:
            yield f"{type_name} is not recorded"
        elif (type_name, attribute) in OTHER_MEANING:
            yield f"{type_name} has another {attribute}"
        elif attribute not in {
            *known["required"],
            *known["optional"],
            *known["computed"],
            *known["blocks"],
        }:
            yield f"{type_name} has no {attribute}"


def test_the_types_in_use_are_recorded() -> None:
    assert sorted(PROVIDER_6["types"]) == prebuilt.types_in_use(), (
        "Record them: `python -m cdktf_app.bindings record-provider-6 --help`"
    )
    assert PROVIDER_6["version"].startswith("6.")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(REPOSITORY)))
def test_version_6_knows_all_that_a_file_says(file: Path) -> None:
    found = [
        fault
        for type_name, name, body in declared(file)
        for fault in (
            faults(f"{type_name}.{name}", body, PROVIDER_6["types"][type_name], META)
            if type_name in PROVIDER_6["types"]
            else [f"{type_name} is not recorded"]
        )
    ]
    assert found + list(attribute_faults(file.read_text())) == []


def test_what_it_does_not_know_is_found() -> None:
    eip = PROVIDER_6["types"]["aws_eip"]
    listener = PROVIDER_6["types"]["aws_lb_listener"]
    blocks = [{"type": "forward", "weight": 1, "__is_block__": True}]
    dynamic = {
        "count": 1,
        "dynamic": [{'"default_action"': {"content": blocks}}, {'"rule"': {"content": []}}],
    }

    assert list(faults("e", {"vpc": True}, eip, META)) == ["e: no argument vpc"]
    assert list(faults("l", {"load_balancer_arn": "a"}, listener, META)) == [
        "l: the block default_action is required"
    ]
    assert sorted(faults("l", dynamic, listener, META)) == [
        "l.default_action: no argument weight",
        "l: load_balancer_arn is required",
        "l: no block rule",
    ]
    assert list(
        attribute_faults("${data.aws_region.current.name} ${aws_eip.nat[0].vpc} ${aws_eip.nat[each.key].id}")
    ) == [
        "data.aws_region has another name",
        "aws_eip has no vpc",
    ]


def test_what_version_6_took_away_is_what_the_documentation_names() -> None:
    five: dict[str, Any] = schema.read_schema()["provider_schemas"][schema.PROVIDER]
    gone = []
    for name in schema.read_types():
        six = PROVIDER_6["types"][name]
        kind = "data_source_schemas" if schema.is_data_source(name) else "resource_schemas"
        block = five[kind][schema.plain_name(name)]["block"]
        known = {*six["required"], *six["optional"], *six["computed"], *six["blocks"]}
        gone += [f"{name}.{each}" for each in {*block["attributes"], *block.get("block_types", {})} - known]
    assert sorted(gone) == ["aws_eip.vpc", "aws_flow_log.log_group_name"]
    told = (REPOSITORY / "docs" / "upgrading.md").read_text()
    assert [each for each in gone if f"`{each}`" not in told] == []
