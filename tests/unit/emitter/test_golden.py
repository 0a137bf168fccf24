"""What the emitter writes for whole modules, as files to read: golden/<case>/module.json -> expected/.

`pytest tests/unit/emitter --update-golden` writes them anew.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import hcl2
import pytest

from cdktf_app.emitter.emit import emit
from cdktf_app.emitter.module import SynthesizedModule
from tests.unit.emitter.conftest import Judge, texts

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/module.json"))


def emitted(case: str, schema: dict[str, Any]) -> dict[str, str]:
    given = json.loads((GOLDEN / case / "module.json").read_text())
    module = SynthesizedModule("sample", given["about"], given["terraform"], tuple(given["order"]), Path())
    return texts(emit(module, schema))


@pytest.mark.parametrize("case", CASES)
def test_a_module_is_emitted_as_its_golden_files(
    case: str, provider_schema: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    files = emitted(case, provider_schema)
    folder = GOLDEN / case / "expected"
    if request.config.getoption("--update-golden", default=False):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_text(content)
    expected = {path.name: path.read_text() for path in folder.iterdir()}
    assert sorted(files) == sorted(expected)
    for name, content in files.items():
        assert content == expected[name]


def test_terraform_fmt_changes_nothing_in_the_golden_files(judge: Judge) -> None:
    judge.assert_canonical(GOLDEN)


def test_another_parser_reads_the_resources_as_they_were_given(provider_schema: dict[str, Any]) -> None:
    files = emitted("resources", provider_schema)
    read = [hcl2.loads(content) for name, content in files.items() if name.endswith(".tf")]
    addresses = {
        (kind.strip('"'), type_name.strip('"'), name.strip('"'))
        for document in read
        for kind in ("resource", "data")
        for block in document.get(kind, [])
        for type_name, named in block.items()
        for name in named
    }
    given = json.loads((GOLDEN / "resources" / "module.json").read_text())["terraform"]
    assert addresses == {
        (kind, type_name, name)
        for kind in ("resource", "data")
        for type_name, named in given[kind].items()
        for name in named
    }


def test_creation_order_not_the_order_of_types_is_the_order_in_a_file(
    provider_schema: dict[str, Any],
) -> None:
    network = emitted("resources", provider_schema)["network.tf"]
    heads = [line for line in network.splitlines() if line.startswith(("resource", "data"))]
    assert heads == [
        'resource "aws_vpc" "this" {',
        'data "aws_region" "current" {}',
        'resource "aws_route_table" "this" {',
        'resource "aws_security_group" "this" {',
    ]


def test_no_metadata_of_cdktf_is_emitted(provider_schema: dict[str, Any]) -> None:
    for case in CASES:
        for content in emitted(case, provider_schema).values():
            assert "metadata" not in content
            assert "uniqueId" not in content
            assert "backend" not in content
