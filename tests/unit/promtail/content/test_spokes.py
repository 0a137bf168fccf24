"""The setting SPOKES: what is taken, and what is refused with which words."""

import gzip
import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import pytest

from promtail.content.spokes import MAX_BYTES, Spoke, parse_spokes
from promtail.errors import ConfigurationError

SPOKES: dict[str, Any] = {
    "shop-logs": {"tenant": "shop", "labels": {"team": "checkout", "env": ""}},
    "blog-logs": {"labels": {"team": "blog"}},
    "wiki-logs": {"tenant": "wiki"},
    "other-logs": {},
}


def packed(content: bytes) -> str:
    """Pack as Terraform's base64gzip does."""
    return b64encode(gzip.compress(content, mtime=0)).decode()


@pytest.mark.parametrize("value", [json.dumps(SPOKES), packed(json.dumps(SPOKES).encode())])
def test_each_bucket_has_its_tenant_and_labels(value: str) -> None:
    assert parse_spokes(value, "__extra_") == {
        "shop-logs": Spoke("shop", {"__extra_team": "checkout", "__extra_env": ""}),
        "blog-logs": Spoke(None, {"__extra_team": "blog"}),
        "wiki-logs": Spoke("wiki"),
        "other-logs": Spoke(),
    }


def test_labels_have_the_names_that_they_are_given_where_there_is_no_prefix() -> None:
    assert parse_spokes('{"b": {"labels": {"team": "a"}}}', "") == {"b": Spoke(labels={"team": "a"})}


@pytest.mark.parametrize("value", ["", "{}", packed(b"{}")])
def test_no_spokes(value: str) -> None:
    assert parse_spokes(value, "") == {}


def test_terraforms_packing_is_unpacked() -> None:
    # terraform console: base64gzip(jsonencode({ b = { tenant = "t" } }))
    value = "H4sIAAAAAAAA/6pWSlKyqlYqSc1LzCtRslIqUaqtBQAAAP//AQAA//9t0C8uFAAAAA=="
    assert parse_spokes(value, "") == {"b": Spoke("t")}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("[]", "does not begin with {, and is no gzip in base64 either"),
        (' {"b": {}}', "no gzip in base64"),
        ("shop", "no gzip in base64"),
        (b64encode(b"{}").decode(), "no gzip in base64"),
        (packed(b"{}") + "\n", "no gzip in base64"),
        (packed(b"{}").replace("A", "-", 1), "no gzip in base64"),
        (b64encode(gzip.compress(b"{}", mtime=0)[:-4]).decode(), "cut off"),
        (packed(b"\xff"), "no gzip in base64"),
        (packed(b" " * (MAX_BYTES + 1)), f"expands to more than {MAX_BYTES} bytes"),
        ("{", "not JSON"),
        ('{"b":' * 100_000, "not JSON"),
        ('{"b": {"labels": {"team": "\\ud800"}}}', "not JSON"),
        (packed(b"[]"), "which is not an object"),
        (packed(b"null"), "which is not an object"),
        ('{"": {}}', "must not be empty"),
        ('{"b": null}', "must be an object with the members"),
        ('{"b": ["tenant"]}', "must be an object with the members"),
        ('{"b": {"tenants": "a"}}', "must be an object with the members"),
        ('{"b": {"tenant": ""}}', "`tenant` must be a string; Loki allows"),
        ('{"b": {"tenant": null}}', "`tenant` must be a string"),
        ('{"b": {"tenant": 1}}', "`tenant` must be a string"),
        ('{"b": {"tenant": "a|b"}}', "Loki allows up to 150"),
        ('{"b": {"tenant": ".."}}', "Loki allows up to 150"),
        ('{"b": {"labels": null}}', "`labels` must be an object of strings"),
        ('{"b": {"labels": ["team"]}}', "`labels` must be an object of strings"),
        ('{"b": {"labels": {"team": 1}}}', "`labels` must be an object of strings"),
        ('{"b": {"labels": {"1team": "a"}}}', "'1team' is not a label name; allowed are letters"),
        ('{"b": {"labels": {"te-am": "a"}}}', "'te-am' is not a label name"),
        ('{"b": {"labels": {"": "a"}}}', "'' is not a label name"),
    ],
)
def test_what_cannot_be_used_is_refused(value: str, reason: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        parse_spokes(value, "")
    assert str(error.value).startswith("SPOKES ")
    assert reason in str(error.value)
    assert "It must be a JSON object such as" in str(error.value)


def test_a_refusal_names_the_bucket() -> None:
    spokes: Mapping[str, Any] = {"shop-logs": {}, "blog-logs": {"tenant": "a b"}}
    with pytest.raises(
        ConfigurationError, match=r'SPOKES holds {"tenant": "a b"} for the bucket \'blog-logs\''
    ):
        parse_spokes(json.dumps(spokes), "")


def test_as_much_is_unpacked_as_is_allowed() -> None:
    assert parse_spokes(packed(b"{}".ljust(MAX_BYTES)), "") == {}
