"""The timing report."""

import pytest

from tests.harness.timing import Timings, timing_report


def test_phases_are_summed_up_in_the_order_of_their_appearance() -> None:
    timings = Timings()
    timings.add("init", "hub", 1.0)
    timings.add("apply", "hub", 10.0)
    timings.add("init", "spoke", 2.5)

    assert [line.split() for line in timing_report(timings.measured)[1:]] == [
        ["init", "2", "3.5", "2.5", "spoke"],
        ["apply", "1", "10.0", "10.0", "hub"],
    ]


def test_a_phase_that_fails_is_measured_too() -> None:
    timings = Timings()

    with pytest.raises(ValueError, match="no"), timings.measure("apply", "hub"):
        raise ValueError("no")

    assert [(timing.phase, timing.subject) for timing in timings.measured] == [("apply", "hub")]
