"""What conditions come to with the defaults of the inputs."""

from __future__ import annotations

from typing import Any

import pytest

from cdktf_app.diagrams.defaults import UNKNOWN, Defaults
from cdktf_app.emitter.expression.parser import parse_expression

TERRAFORM = {
    "variable": {
        "create": {"type": "bool", "default": True},
        "manage": {"type": "bool", "default": None},
        "name": {"type": "string"},
        "zones": {"type": "list(string)", "default": []},
        "network": {
            "type": """object({
              mode = optional(string, "none")
              logs = optional(object({ on = optional(bool, false) }), {})
              id   = optional(string)
            })""",
            "default": {"mode": "created"},
        },
    },
    "locals": {"created": '${var.network.mode == "created"}', "count": "${local.created ? 2 : 0}"},
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("var.create", True),
        ("!var.create", False),
        ("var.network.mode", "created"),
        ("var.network.logs.on", False),
        ("var.network.id", None),
        ("var.network.id == null", True),
        ("local.count", 2),
        ("local.count > 1 && var.create", True),
        ("coalesce(var.manage, var.create)", True),
        ("length(var.zones)", 0),
        ("max(1, length(var.zones))", 1),
        ("toset(var.zones)", []),
        ("values({ mode = var.create })", [True]),
        ("distinct([1, 2, 1])", [1, 2]),
        ("var.name", UNKNOWN),
        ('var.name == "x"', UNKNOWN),
        ('var.name == "x" && false', False),
        ('var.name == "x" || var.create', True),
        ('var.name == "x" || !var.create', UNKNOWN),
        ("coalesce(var.name, var.create)", UNKNOWN),
        ("data.aws_region.current.id", UNKNOWN),
        ("upper(var.network.mode)", UNKNOWN),
        ("[for zone in var.zones : zone]", []),
        ("[for zone in var.zones : zone if var.create]", []),
        ("{ for zone in split(var.name) : zone => 1 if !var.create }", {}),
        ("{ for zone in split(var.name) : zone => 1 if var.create }", UNKNOWN),
    ],
)
def test_an_expression_comes_to(expression: str, value: Any) -> None:
    assert Defaults(TERRAFORM).value(parse_expression(expression)) == value


@pytest.mark.parametrize(
    ("content", "made"),
    [
        ({}, True),
        ({"count": "${var.create ? 1 : 0}"}, True),
        ({"count": "${var.create ? 0 : 1}"}, False),
        ({"count": "${length(var.zones)}"}, False),
        ({"for_each": "${toset(var.zones)}"}, False),
        ({"for_each": "${toset(keys(var.zones))}"}, True),
        ({"for_each": "${{ for zone in var.zones : zone => zone }}"}, False),
        ({"count": '${var.name == "x" ? 1 : 0}'}, True),
    ],
)
def test_a_block_is_made_unless_the_defaults_decide_that_it_is_not(
    content: dict[str, Any], made: bool
) -> None:
    assert Defaults(TERRAFORM).made(content) is made
