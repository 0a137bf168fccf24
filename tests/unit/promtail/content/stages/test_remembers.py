"""Which stages have to see lines that were delivered before."""

import json
from typing import Any

import pytest

from promtail.content.stages import parse_stage_configs

DROP = {"drop": {"expression": "x"}}
TIMESTAMP = {"timestamp": {"source": "t", "format": "RFC3339"}}


def match(*stages: dict[str, Any]) -> dict[str, Any]:
    return {"match": {"selector": '{a="b"}', "stages": list(stages)}}


@pytest.mark.parametrize(
    ("stages", "remembers"),
    [
        ([DROP], False),
        ([{"regex": {"expression": "(?P<a>.)"}}, {"labels": {"a": ""}}], False),
        ([{"limit": {"rate": 1, "burst": 1, "drop": True}}], False),
        ([{"sampling": {"rate": 0.5}}], False),
        ([DROP, TIMESTAMP], True),
        ([match(DROP)], False),
        ([DROP, match(match(TIMESTAMP))], True),
    ],
)
def test_only_those_that_set_times_do(stages: list[dict[str, Any]], remembers: bool) -> None:
    assert parse_stage_configs(json.dumps(stages)).remembers is remembers
