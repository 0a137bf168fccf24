"""The limit stage: a token bucket, with a clock of the test's."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.stages.limit import LimitByLabelStage, LimitStage, TokenBucket
from promtail.content.stages.pipeline import parse_stage_configs
from promtail.entry import Entry
from promtail.errors import ConfigurationError


class Clock:
    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def line(**labels: str) -> Entry:
    return Entry(0, "", labels)


def test_lines_above_the_rate_are_dropped_and_later_ones_pass() -> None:
    clock = Clock()
    stage = LimitStage(rate=10, burst=3, drop=True, clock=clock)
    assert [stage.process(line()) for _ in range(5)] == [None] * 3 + ["ratelimit_drop_stage"] * 2
    clock.now += 0.25  # Two tokens and a half.
    assert [stage.process(line()) for _ in range(3)] == [None, None, "ratelimit_drop_stage"]
    clock.now += 1000
    assert [stage.process(line()) for _ in range(4)] == [None] * 3 + ["ratelimit_drop_stage"]


def test_without_drop_lines_wait_and_all_pass() -> None:
    clock = Clock()
    stage = LimitStage(rate=10, burst=2, drop=False, clock=clock, sleep=clock.sleep)
    assert [stage.process(line()) for _ in range(5)] == [None] * 5
    assert clock.waits == pytest.approx([0.1, 0.1, 0.1])


def test_each_value_of_a_label_has_its_own_rate() -> None:
    stage = LimitByLabelStage(rate=1, burst=1, label="app", max_distinct_labels=10, clock=Clock())
    results = [stage.process(line(app=app)) for app in ("a", "b", "a", "b")]
    assert results == [None, None, "ratelimit_drop_stage", "ratelimit_drop_stage"]


def test_lines_without_the_label_pass() -> None:
    stage = LimitByLabelStage(rate=1, burst=1, label="app", max_distinct_labels=10, clock=Clock())
    assert [stage.process(line(job="x")) for _ in range(3)] == [None] * 3


def test_values_that_come_again_are_remembered_and_others_forgotten() -> None:
    stage = LimitByLabelStage(rate=1, burst=1, label="app", max_distinct_labels=2, clock=Clock())
    for app in ("a", "b", "c"):  # With c the first two become the older half.
        assert stage.process(line(app=app)) is None
    assert stage.process(line(app="a")) == "ratelimit_drop_stage"
    assert stage.process(line(app="d")) is None  # Drops the older half: b is forgotten.
    assert stage.process(line(app="b")) is None
    assert stage.process(line(app="a")) == "ratelimit_drop_stage"


@given(st.lists(st.floats(0, 10), max_size=50), st.floats(0.1, 100), st.integers(1, 20))
def test_never_more_pass_than_burst_and_rate_allow(steps: list[float], rate: float, burst: int) -> None:
    bucket = TokenBucket(rate, burst, 0)
    now, passed = 0.0, 0
    for step in steps:
        now += step
        passed += bucket.take(now)
    assert passed <= burst + rate * now + 1e-6


def test_it_is_made_from_its_configuration() -> None:
    stages = parse_stage_configs(json.dumps([{"limit": {"rate": 0.001, "burst": 2, "drop": True}}]))
    assert [stages.process(line()) for _ in range(3)] == [None, None, "ratelimit_drop_stage"]
    config = {"rate": "0.001", "burst": "1", "drop": "true", "by_label_name": "app", "max_distinct_labels": 5}
    stages = parse_stage_configs(json.dumps([{"limit": config}]))
    assert [stages.process(line(app=app)) for app in "aba"] == [None, None, "ratelimit_drop_stage"]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"burst": 1}, "rate is not set. It must be a number of lines a second, above 0"),
        ({"rate": 0, "burst": 1}, "rate is 0"),
        ({"rate": 1}, "burst is not set"),
        ({"rate": 1, "burst": 0}, "burst is 0"),
        ({"rate": 1, "burst": 1, "drop": "maybe"}, "drop is 'maybe'. It must be true or false"),
        (
            {"rate": 1, "burst": 1, "by_label_name": "a"},
            "drop is not set. It must be true when by_label_name is set",
        ),
    ],
)
def test_a_wrong_configuration_is_refused(config: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"stage 1 \(limit\): {message}"):
        parse_stage_configs(json.dumps([{"limit": config}]))
