"""Timestamps: exact integers."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.timestamp import from_datetime, parse_timestamp

SECOND = 1_748_858_640  # 2025-06-02T10:04:00Z


@pytest.mark.parametrize("digits", range(10))
def test_fractions_of_zero_to_nine_digits(digits: int) -> None:
    fraction = "987654321"[:digits]
    text = f"2025-06-02T10:04:00{'.' if digits else ''}{fraction}Z"
    assert parse_timestamp(text.encode()) == SECOND * 10**9 + int(fraction.ljust(9, "0"))


def test_digits_after_the_ninth_are_cut_off() -> None:
    assert parse_timestamp(b"2025-06-02T10:04:00.9999999999Z") == SECOND * 10**9 + 999_999_999


@pytest.mark.parametrize(
    "text",
    [
        b"2025-06-02T10:04:00Z",
        b"2025-06-02T10:04:00",
        b"2025-06-02T12:04:00+02:00",
        b"2025-06-02T04:34:00-05:30",
    ],
)
def test_zones_and_none_at_all(text: bytes) -> None:
    assert parse_timestamp(text) == SECOND * 10**9


def test_before_1970_the_fraction_still_counts_forward() -> None:
    assert parse_timestamp(b"1969-12-31T23:59:59.25Z") == -750_000_000


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"-",
        b"2025-06-02",
        b"2025-06-02 10:04:00Z",
        b"2025-06-02T10:04Z",
        b"2025-06-02T10:04:00.Z",
        b"2025-06-02T10:04:00z",
        b"2025-02-29T10:04:00Z",
        b"2025-06-31T10:04:00Z",
        b"2025-06-02T24:04:00Z",
        b"2025-06-02T10:04:60Z",
        b"0000-01-01T00:00:00Z",
        b"2025-06-02T10:04:00+25:00",
        b" 2025-06-02T10:04:00Z",
        b"2025-06-02T10:04:00Z\n",
        "2025-06-02T10:04:0\u0660Z".encode(),
        b"1748858640",
    ],
)
def test_anything_else_is_no_time(text: bytes) -> None:
    assert parse_timestamp(text) is None


_ZONES = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=_ZONES))
def test_every_moment_survives_to_the_microsecond(moment: datetime) -> None:
    expected = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1_000
    assert parse_timestamp(moment.isoformat().encode()) == expected
    assert from_datetime(moment) == expected


@given(st.binary(max_size=40))
def test_no_bytes_raise(anything: bytes) -> None:
    parse_timestamp(anything)
