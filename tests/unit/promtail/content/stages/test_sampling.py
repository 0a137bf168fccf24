"""The sampling stage: a share of the lines, and always the same ones."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.stages.pipeline import Pipeline, parse_stage_configs
from promtail.entry import Entry
from promtail.errors import ConfigurationError


def sampling(*rates: Any) -> Pipeline:
    return parse_stage_configs(json.dumps([{"sampling": {"rate": rate}} for rate in rates]))


def kept(stages: Pipeline, count: int) -> list[int]:
    return [number for number in range(count) if stages.process(Entry(number, f"line {number}", {})) is None]


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.5, 0.9, "0.5"])
def test_about_the_share_is_kept(rate: Any) -> None:
    assert len(kept(sampling(rate), 20_000)) == pytest.approx(20_000 * float(rate), rel=0.12)


def test_nothing_and_everything_can_be_kept() -> None:
    assert kept(sampling(0), 1000) == []
    assert kept(sampling(1), 1000) == list(range(1000))


def test_two_stages_keep_the_product_of_their_shares() -> None:
    assert len(kept(sampling(0.5, 0.5), 20_000)) == pytest.approx(5_000, rel=0.1)


@given(st.text(), st.integers(-(2**63), 2**63 - 1))
def test_a_retry_decides_the_same_way(line: str, time: int) -> None:
    first = sampling(0.5).process(Entry(time, line, {"a": "b"}))
    assert sampling(0.5).process(Entry(time, line, {})) == first
    assert first in (None, "sampling_stage")


def test_the_same_line_at_another_time_is_decided_anew() -> None:
    stages = sampling(0.5)
    assert {stages.process(Entry(time, "the same", {})) for time in range(64)} == {None, "sampling_stage"}


def test_a_drop_has_the_reason_of_its_configuration() -> None:
    stages = parse_stage_configs('[{"sampling": {"rate": 0, "drop_counter_reason": "sampled"}}]')
    assert stages.process(Entry(0, "", {})) == "sampled"


@pytest.mark.parametrize("rate", [12, -0.1, 1.01, "x", True, None, [1]])
def test_a_rate_that_is_no_share_is_refused(rate: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"stage 1 \(sampling\): rate is .*a number from 0 .* to 1"):
        sampling(rate)
