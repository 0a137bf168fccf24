"""The provider schema, cut down to the types in use."""

import json
from pathlib import Path
from typing import Any

import pytest

from cdktf_app.bindings import schema

PROVIDER: dict[str, Any] = {
    "format_version": "1.0",
    "provider_schemas": {
        schema.PROVIDER: {
            "provider": {
                "version": 0,
                "block": {
                    "attributes": {"region": {"type": "string"}, "max_retries": {"type": "number"}},
                    "block_types": {"default_tags": {}, "endpoints": {}},
                },
            },
            "resource_schemas": {"aws_vpc": {"version": 1}, "aws_eip": {"version": 0}},
            "data_source_schemas": {"aws_vpc": {"version": 2}, "aws_region": {"version": 0}},
            "functions": {"arn_parse": {}},
        }
    },
}


def cut(*types: str) -> dict[str, Any]:
    provider: dict[str, Any] = schema.cut(PROVIDER, list(types))["provider_schemas"][schema.PROVIDER]
    return provider


def test_a_resource_and_a_data_source_of_one_name_are_told_apart() -> None:
    assert cut("aws_vpc")["resource_schemas"] == {"aws_vpc": {"version": 1}}
    assert cut("aws_vpc")["data_source_schemas"] == {}
    assert cut("data.aws_vpc")["data_source_schemas"] == {"aws_vpc": {"version": 2}}
    assert cut("data.aws_vpc")["resource_schemas"] == {}


def test_of_the_provider_block_only_what_the_stacks_set_is_kept() -> None:
    block = cut("aws_vpc")["provider"]["block"]

    assert block == {"attributes": {"region": {"type": "string"}}, "block_types": {"default_tags": {}}}


def test_nothing_else_of_the_provider_is_kept() -> None:
    assert set(cut("aws_vpc")) == {"provider", "resource_schemas", "data_source_schemas"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("aws_nothing", "has no resource 'aws_nothing'"),
        ("data.aws_eip", "has no data source 'aws_eip'"),
        ("aws_region", r"has no resource 'aws_region'.* a data source is written data\.aws_region"),
    ],
)
def test_a_type_that_the_provider_does_not_have_is_named(name: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cut("aws_vpc", name)


def test_the_committed_schema_holds_exactly_the_types_in_use() -> None:
    (provider,) = schema.read_schema()["provider_schemas"].values()

    held = [*provider["resource_schemas"], *(f"data.{name}" for name in provider["data_source_schemas"])]

    assert sorted(held) == schema.read_types()


def test_the_committed_schema_holds_of_the_provider_block_exactly_what_the_stacks_set() -> None:
    (provider,) = schema.read_schema()["provider_schemas"].values()
    block = provider["provider"]["block"]

    assert {*block["attributes"], *block["block_types"]} == schema.PROVIDER_CONFIGURATION


def test_the_list_of_types_is_sorted_and_keeps_its_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "types.txt"
    file.write_text(schema.TYPES_FILE.read_text())
    monkeypatch.setattr(schema, "TYPES_FILE", file)

    schema.write_types([*schema.read_types(), "aws_dynamodb_table", "aws_vpc"])

    assert schema.read_types() == sorted({*schema.read_types(), "aws_dynamodb_table"})
    assert "aws_dynamodb_table" in schema.read_types()
    assert file.read_text().startswith("# ")
    schema.write_types([name for name in schema.read_types() if name != "aws_dynamodb_table"])
    assert file.read_bytes() == Path(schema.HERE / "types.txt").read_bytes()


def test_the_schema_is_written_as_it_is_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    committed = schema.SCHEMA_FILE.read_bytes()
    monkeypatch.setattr(schema, "SCHEMA_FILE", tmp_path / "schema.json")

    schema.write_schema(json.loads(committed))

    assert schema.SCHEMA_FILE.read_bytes() == committed
