"""Lines that were delivered before go through the stages again only for what these learn of them."""

import json
from typing import Any

import pytest

from promtail.content.stages import Pipeline, parse_stage_configs
from promtail.content.stages.limit import LimitByLabelStage, LimitStage
from promtail.entry import Entry

TIMES = [
    {"regex": {"expression": "^(?P<time>[0-9]+)$"}},
    {"timestamp": {"source": "time", "format": "UnixNs", "action_on_failure": "fudge"}},
]


def pipeline(*stages: dict[str, Any]) -> Pipeline:
    return parse_stage_configs(json.dumps(stages))


def match(selector: str, *stages: dict[str, Any]) -> dict[str, Any]:
    return {"match": {"selector": selector, "stages": list(stages)}}


def line(text: str = "x") -> Entry:
    return Entry(1, text, {"a": "b"})


def test_a_limit_that_waits_does_not_wait() -> None:
    waits: list[float] = []
    stage = LimitStage(rate=1, burst=1, drop=False, clock=lambda: 0.0, sleep=waits.append)
    assert [stage.replay(line()) for _ in range(5)] == [None] * 5
    assert stage.process(line()) is None
    assert waits == []
    stage.process(line())
    assert waits == [1.0]


@pytest.mark.parametrize("by", ["all", "label"])
def test_a_limit_that_drops_counts_only_lines_that_are_new(by: str) -> None:
    stage: LimitStage | LimitByLabelStage
    if by == "all":
        stage = LimitStage(rate=1, burst=1, drop=True, clock=lambda: 0.0)
    else:
        stage = LimitByLabelStage(rate=1, burst=1, label="a", max_distinct_labels=9, clock=lambda: 0.0)
    assert [stage.replay(line()) for _ in range(5)] == [None] * 5
    assert [stage.process(line()) for _ in range(2)] == [None, "ratelimit_drop_stage"]


@pytest.mark.parametrize(
    "stages", [TIMES, [match('{a="b"}', *TIMES)], [match('{a="b"}', match('{a="b"}', *TIMES))]]
)
def test_a_time_that_fails_follows_that_of_a_line_delivered_before(stages: list[dict[str, Any]]) -> None:
    found = pipeline(*stages)
    assert found.replay(line("500")) is None
    entry = line("none")
    assert found.process(entry) is None
    assert entry.timestamp_ns == 501


def test_a_line_that_was_dropped_is_not_learned_from() -> None:
    found = pipeline({"drop": {"expression": "^9"}}, *TIMES)
    assert found.replay(line("500")) is None
    assert found.replay(line("900")) == "drop_stage"
    entry = line("none")
    found.process(entry)
    assert entry.timestamp_ns == 501


def test_inner_stages_see_only_what_their_selector_matches() -> None:
    found = pipeline(match('{a="other"}', *TIMES))
    found.replay(line("500"))
    entry = Entry(1, "none", {"a": "other"})
    found.process(entry)
    assert entry.timestamp_ns == 1


def test_an_inner_limit_counts_only_lines_that_are_new() -> None:
    limit = {"limit": {"rate": 0.001, "burst": 1, "drop": True}}
    found = pipeline(match('{a="b"}', limit))
    assert [found.replay(line()) for _ in range(5)] == [None] * 5
    assert [found.process(line()) for _ in range(2)] == [None, "ratelimit_drop_stage"]


def test_an_object_does_not_learn_from_one_before_it() -> None:
    found = pipeline(match('{a="b"}', *TIMES))
    found.replay(line("500"))
    found.begin_object()
    entry = line("none")
    found.process(entry)
    assert entry.timestamp_ns == 1
