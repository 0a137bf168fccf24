"""Timestamps: exact integers."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.timestamp import (
    MILLISECOND,
    NANOSECONDS,
    from_datetime,
    parse_common_log_time,
    parse_timestamp,
    parse_unix,
)

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


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (b"06/Feb/2019:00:00:38 +0000", 1_549_411_238),
        (b"06/Feb/2019:02:00:38 +0200", 1_549_411_238),
        (b"05/Feb/2019:18:30:38 -0530", 1_549_411_238),
        (b"29/Feb/2024:23:59:59 +0000", 1_709_251_199),
        (b"31/Dec/1999:23:59:59 +0000", 946_684_799),
    ],
)
def test_times_of_the_common_log_format(text: bytes, seconds: int) -> None:
    assert parse_common_log_time(text) == seconds * 10**9


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"-",
        b"[06/Feb/2019:00:00:38 +0000]",
        b"06/feb/2019:00:00:38 +0000",
        b"06/Foo/2019:00:00:38 +0000",
        b"06/02/2019:00:00:38 +0000",
        b"30/Feb/2019:00:00:38 +0000",
        b"06/Feb/2019:24:00:38 +0000",
        b"06/Feb/2019:00:00:38",
        b"06/Feb/2019:00:00:38 +2500",
        b"06/Feb/0000:00:00:38 +0000",
        b"6/Feb/2019:00:00:38 +0000",
    ],
)
def test_anything_else_is_no_time_of_the_common_log_format(text: bytes) -> None:
    assert parse_common_log_time(text) is None


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=_ZONES))
def test_every_second_survives_the_common_log_format(moment: datetime) -> None:
    month = "JanFebMarAprMayJunJulAugSepOctNovDec"[3 * moment.month - 3 :][:3]
    text = f"{moment:%d}/{month}/{moment.year:04}:{moment:%H:%M:%S %z}"
    assert parse_common_log_time(text.encode()) == from_datetime(moment.replace(microsecond=0))


@pytest.mark.parametrize(
    ("text", "unit", "time"),
    [
        (b"0", NANOSECONDS, 0),
        (b"1418530010", NANOSECONDS, 1_418_530_010_000_000_000),
        (b"1576280412771", MILLISECOND, 1_576_280_412_771_000_000),
        (b"", NANOSECONDS, None),
        (b"-", NANOSECONDS, None),
        (b"-1", NANOSECONDS, None),
        (b"+1", NANOSECONDS, None),
        (b"1.5", NANOSECONDS, None),
        (b"1_0", NANOSECONDS, None),
        (b" 1", NANOSECONDS, None),
        ("\u0661".encode(), NANOSECONDS, None),
        (b"9" * 20, NANOSECONDS, None),
    ],
)
def test_unix_times(text: bytes, unit: int, time: int | None) -> None:
    assert parse_unix(text, unit) == time


@given(st.binary(max_size=40))
def test_no_bytes_raise(anything: bytes) -> None:
    parse_timestamp(anything)
    parse_common_log_time(anything)
    parse_unix(anything, NANOSECONDS)
