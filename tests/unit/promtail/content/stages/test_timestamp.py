"""The timestamp stage: cases of Promtail's timestamp_test.go and util_test.go, and of Go's time/format_test.go."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.stages.pipeline import parse_stage_configs
from promtail.content.stages.timestamp import time_parser
from promtail.entry import Entry
from promtail.errors import ConfigurationError

NEW_YORK = ZoneInfo("America/New_York")
UNTOUCHED = 1_000_000_000


def nanoseconds(moment: datetime, fraction: int = 0) -> int:
    return int(moment.replace(microsecond=0).timestamp()) * 10**9 + fraction


def utc(*numbers: int, fraction: int = 0) -> int:
    return nanoseconds(datetime(*numbers, tzinfo=UTC), fraction)  # type: ignore[misc, arg-type]


def stamp(text: object, **config: Any) -> int:
    stages = parse_stage_configs(json.dumps([{"timestamp": {"source": "ts", **config}}]))
    entry = Entry(UNTOUCHED, "hello world", {}, extracted={"ts": text})
    assert stages.process(entry) is None
    return entry.timestamp_ns


@pytest.mark.parametrize(
    ("layout", "text", "expected"),
    [
        ("RFC3339", "2106-01-02T23:04:05-04:00", utc(2106, 1, 3, 3, 4, 5)),
        ("2006-01-02T15:04:05Z07:00", "2012-11-01T22:08:41-04:00", utc(2012, 11, 2, 2, 8, 41)),
        ("RFC3339", "2010-02-04T21:00:57.012345678-08:00", utc(2010, 2, 5, 5, 0, 57, fraction=12_345_678)),
        ("RFC3339Nano", "2019-10-01T01:02:03.4Z", utc(2019, 10, 1, 1, 2, 3, fraction=400_000_000)),
        ("2006-01-02", "2009-01-01", utc(2009, 1, 1)),
        ("Unix", "1562708916", utc(2019, 7, 9, 21, 48, 36)),
        ("Unix", 1562708916, utc(2019, 7, 9, 21, 48, 36)),
        ("Unix", "1562708916.414123", utc(2019, 7, 9, 21, 48, 36, fraction=414_123_000)),
        ("Unix", "1562708916.000000123", utc(2019, 7, 9, 21, 48, 36, fraction=123)),
        ("Unix", 1562708916.5, utc(2019, 7, 9, 21, 48, 36, fraction=500_000_000)),
        ("UnixMs", "1562708916414", utc(2019, 7, 9, 21, 48, 36, fraction=414_000_000)),
        ("UnixUs", "1562708916414123", utc(2019, 7, 9, 21, 48, 36, fraction=414_123_000)),
        ("UnixNs", "1562708916000000123", utc(2019, 7, 9, 21, 48, 36, fraction=123)),
        ("ANSIC", "Thu Feb  4 21:00:57 2010", utc(2010, 2, 4, 21, 0, 57)),
        ("ANSIC", "Thu Feb 4 21:00:57 2010", utc(2010, 2, 4, 21, 0, 57)),
        ("ANSIC", "Thu      Feb     4     21:00:57     2010", utc(2010, 2, 4, 21, 0, 57)),
        ("ANSIC", "THU FEB 4 21:00:57 2010", utc(2010, 2, 4, 21, 0, 57)),
        ("ANSIC", "thu feb 4 21:00:57.5 2010", utc(2010, 2, 4, 21, 0, 57, fraction=500_000_000)),
        ("UnixDate", "Thu Feb  4 21:00:57 UTC 2010", utc(2010, 2, 4, 21, 0, 57)),
        # An abbreviation says nothing about the offset unless the location uses it.
        ("UnixDate", "Thu Feb  4 21:00:57 PST 2010", utc(2010, 2, 4, 21, 0, 57)),
        ("UnixDate", "Fri Feb  5 05:00:57 GMT-8 2010", utc(2010, 2, 5, 5, 0, 57)),
        ("RubyDate", "Thu Feb 04 21:00:57 -0800 2010", utc(2010, 2, 5, 5, 0, 57)),
        ("RubyDate", "Thu Feb 04 21:00:57 +1130 2010", utc(2010, 2, 4, 9, 30, 57)),
        ("RFC822", "04 Feb 09 21:00 UTC", utc(2009, 2, 4, 21)),
        ("RFC822Z", "04 Feb 09 21:00 -0800", utc(2009, 2, 5, 5)),
        ("RFC850", "Thursday, 04-Feb-10 21:00:57.0123 UTC", utc(2010, 2, 4, 21, 0, 57, fraction=12_300_000)),
        ("RFC1123", "Thu, 04 Feb 2010 21:00:57 GMT", utc(2010, 2, 4, 21, 0, 57)),
        ("RFC1123Z", "Thu, 04 Feb 2010 21:00:57.01234 -0800", utc(2010, 2, 5, 5, 0, 57, fraction=12_340_000)),
        ("02/Jan/2006:15:04:05 -0700", "25/Jan/2000:14:00:01 -0500", utc(2000, 1, 25, 19, 0, 1)),
        ("2006-01-02 15:04:05-07", "2010-02-04 21:00:57-08", utc(2010, 2, 5, 5, 0, 57)),
        ("2006-01-02 15:04:05 -07:00:00", "2010-02-04 21:00:57 -08:00:30", utc(2010, 2, 5, 5, 1, 27)),
        (
            "2006-01-02 15:04:05.0000",
            "2010-02-04 21:00:57.0123",
            utc(2010, 2, 4, 21, 0, 57, fraction=12_300_000),
        ),
        (
            "2006-01-02 15:04:05,000",
            "2010-02-04 21:00:57.012",
            utc(2010, 2, 4, 21, 0, 57, fraction=12_000_000),
        ),
        ("2006.01.02.15.04.05.00", "2010.02.04.21.00.57.01", utc(2010, 2, 4, 21, 0, 57, fraction=10_000_000)),
        ("2006-01-02 15:04:05.9999 -0700 MST", "2010-02-04 21:00:57 -0800 PST", utc(2010, 2, 5, 5, 0, 57)),
        (
            "2006-01-02 15:04:05.9 -0700 MST",
            "2010-02-04 21:00:57.012345678 -0800 PST",
            utc(2010, 2, 5, 5, 0, 57, fraction=12_345_678),
        ),
        (
            "Hi Janet, the Month is January: Jan _2 2006",
            "Hi Janet, the Month is February: Feb  4 2010",
            utc(2010, 2, 4),
        ),
        ("2006-01-02 3:04PM", "2010-02-04 9:00PM", utc(2010, 2, 4, 21)),
        ("2006-01-02 03pm", "2010-02-04 12am", utc(2010, 2, 4)),
        ("2006-01-02 03pm", "2010-02-04 12pm", utc(2010, 2, 4, 12)),
        ("2006-1-2 15:4:5", "2010-2-4 1:0:7", utc(2010, 2, 4, 1, 0, 7)),
        ("06 01 02", "69 02 04", utc(1969, 2, 4)),
        ("06 01 02", "68 02 04", utc(2068, 2, 4)),
        ("2006-01-02 002 15:04:05", "2010-02-04 035 21:00:57", utc(2010, 2, 4, 21, 0, 57)),
        ("2006-002 15:04:05", "2010-035 21:00:57", utc(2010, 2, 4, 21, 0, 57)),
        ("200600201 15:04:05", "201003502 21:00:57", utc(2010, 2, 4, 21, 0, 57)),
        ("2006 __2", "2012  60", utc(2012, 2, 29)),
        ("2006 __2", "2012   5", utc(2012, 1, 5)),
        ("_2006_01", "_2010_02", utc(2010, 2, 1)),
        ("ANSIC", "Thu Feb 29 21:00:57 2012", utc(2012, 2, 29, 21, 0, 57)),
    ],
)
def test_times_are_read_as_in_go(layout: str, text: object, expected: int) -> None:
    assert stamp(text, format=layout) == expected


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("RFC3339", "2012-11-01 22:08:41Z"),
        ("RFC3339", "2012-11-01T22:08:41"),
        ("RFC3339", "2012-11-01T22:08:41Z "),
        ("RFC3339", "2012-13-01T22:08:41Z"),
        ("RFC3339", "2012-11-01T24:08:41Z"),
        ("RFC3339", "2012-11-01T22:60:41Z"),
        ("RFC3339", "2012-11-01T22:08:60Z"),
        ("RFC3339", "0000-01-01T00:00:00Z"),
        ("RFC3339", "2262-04-12T00:00:00Z"),
        ("RFC3339", "2012-11-01T22:08:41+25:00"),
        ("RFC3339", "2012-11-01T22:08:41+0500"),
        ("RFC3339", ""),
        ("ANSIC", "Thu Jan 99 21:00:57 2010"),
        ("ANSIC", "Thu Jan 32 21:00:57 2010"),
        ("ANSIC", "Thu Feb 29 21:00:57 2010"),
        ("ANSIC", "Thu Dec 00 21:00:57 2010"),
        ("ANSIC", "Thx Dec 01 21:00:57 2010"),
        ("ANSIC", "Thu Dex 01 21:00:57 2010"),
        ("2006-002", "2010-366"),
        ("2006-002", "2010-000"),
        ("2006-01-02 002", "2010-02-05 035"),
        ("2006-01-02 002", "2010-02-00 035"),
        ("2006-01-02 03PM", "2010-02-04 13PM"),
        ("2006-01-02 03PM", "2010-02-04 03pm"),
        ("2006-01-02 15:04:05.000", "2010-02-04 21:00:57.01"),
        ("2006-01-02 15:04:05.000", "2010-02-04 21:00:57.0123"),
        ("2006 MST", "2010 gmt"),
        ("2006 MST", "2010 ABCD"),
        ("Unix", "1562708916.4.1"),
        ("Unix", "1 562"),
        ("Unix", "1_562"),
        ("Unix", "٣"),
        ("Unix", "9999999999999"),
        ("UnixMs", "1562708916414.5"),
        ("UnixNs", "9223372036854775808"),
        ("Unix", None),
        ("Unix", True),
    ],
)
def test_the_time_stays_if_it_cannot_be_read(layout: str, text: object) -> None:
    assert stamp(text, format=layout) == UNTOUCHED


@pytest.mark.parametrize(
    ("layout", "text", "expected"),
    [
        ("2006-01-02 15:04:05", "2019-07-22 20:29:32", datetime(2019, 7, 22, 20, 29, 32, tzinfo=NEW_YORK)),
        ("06 Jan 02 15:04:05", "19 Jan 15 01:02:03", datetime(2019, 1, 15, 1, 2, 3, tzinfo=NEW_YORK)),
        ("2006-01-02 15:04 MST", "2019-07-22 20:29 EDT", datetime(2019, 7, 22, 20, 29, tzinfo=NEW_YORK)),
        ("2006-01-02 15:04 MST", "2019-07-22 20:29 EST", datetime(2019, 7, 23, 1, 29, tzinfo=UTC)),
        ("2006-01-02 15:04 MST", "2019-07-22 20:29 UTC", datetime(2019, 7, 22, 20, 29, tzinfo=UTC)),
        ("2006-01-02 15:04 Z0700", "2019-07-22 20:29 Z", datetime(2019, 7, 22, 20, 29, tzinfo=UTC)),
        ("ANSIC", "Thu Feb  4 21:00:57 2010", datetime(2010, 2, 4, 21, 0, 57, tzinfo=UTC)),
    ],
)
def test_a_location_is_for_layouts_without_a_zone(layout: str, text: str, expected: datetime) -> None:
    assert stamp(text, format=layout, location="America/New_York") == nanoseconds(expected)


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("Jul 15 01:02:03", (2019, 7, 14), utc(2019, 7, 15, 1, 2, 3)),
        ("Dec 31 23:59:59", (2019, 1, 1), utc(2018, 12, 31, 23, 59, 59)),
        ("Jan 01 01:02:03", (2018, 12, 31), utc(2019, 1, 1, 1, 2, 3)),
        ("Feb 29 00:00:00", (2019, 7, 14), utc(2019, 3, 1)),
        ("Feb 29 00:00:00", (2020, 7, 14), utc(2020, 2, 29)),
    ],
)
def test_a_layout_without_a_year_means_the_one_close_to_now(
    text: str, now: tuple[int, int, int], expected: int
) -> None:
    parser = time_parser("Jan 02 15:04:05", now=lambda: datetime(*now, tzinfo=UTC))
    assert parser(text) == expected


def test_a_layout_without_a_year_holds_in_its_location() -> None:
    parser = time_parser("Jan 02 15:04:05", NEW_YORK, now=lambda: datetime(2019, 7, 14, tzinfo=UTC))
    assert parser("Jul 15 01:02:03") == nanoseconds(datetime(2019, 7, 15, 1, 2, 3, tzinfo=NEW_YORK))
    assert parser("Jan 15 01:02:03") == nanoseconds(datetime(2019, 1, 15, 1, 2, 3, tzinfo=NEW_YORK))


def test_other_formats_are_tried_in_their_order() -> None:
    config: dict[str, Any] = {"format": "UnixMs", "fallback_formats": ["2006-01-02 03:04:05", "RFC3339"]}
    assert stamp("2012-11-01T22:08:41-04:00", **config) == utc(2012, 11, 2, 2, 8, 41)
    assert stamp("1562708916414", **config) == utc(2019, 7, 9, 21, 48, 36, fraction=414_000_000)


FIRST = utc(2019, 10, 1, 1, 2, 3, fraction=400_000_000)
SECOND = utc(2019, 10, 1, 1, 2, 3, fraction=800_000_000)


def run_all(action: str | None, *lines: tuple[str, str | None]) -> list[int]:
    config = {"source": "time", "format": "RFC3339Nano", "action_on_failure": action}
    stages = parse_stage_configs(json.dumps([{"timestamp": config}]))
    times = []
    for name, text in lines:
        entry = Entry(UNTOUCHED, "", {"filename": name}, extracted={} if text is None else {"time": text})
        stages.process(entry)
        times.append(entry.timestamp_ns)
    return times


@pytest.mark.parametrize("action", ["fudge", None])
def test_a_failure_takes_the_last_time_of_its_stream_and_a_nanosecond_more(action: str | None) -> None:
    lines = [
        ("/0.log", None),
        ("/1.log", "2019-10-01T01:02:03.4Z"),
        ("/2.log", "2019-10-01T01:02:03.8Z"),
        ("/1.log", None),
        ("/2.log", "not a time"),
        ("/1.log", None),
    ]
    expected = [UNTOUCHED, FIRST, SECOND, FIRST + 1, SECOND + 1, FIRST + 2]
    assert run_all(action, *lines) == expected


def test_a_failure_leaves_the_time_if_that_is_asked_for() -> None:
    assert run_all("skip", ("/1.log", "2019-10-01T01:02:03.4Z"), ("/1.log", None)) == [FIRST, UNTOUCHED]


def test_the_last_time_of_another_object_is_forgotten_also_within_match() -> None:
    stage = {"timestamp": {"source": "time", "format": "RFC3339Nano"}}
    for config in (stage, {"match": {"selector": '{a="b"}', "stages": [stage]}}):
        stages = parse_stage_configs(json.dumps([config]))
        stages.process(Entry(UNTOUCHED, "", {"a": "b"}, extracted={"time": "2019-10-01T01:02:03.4Z"}))
        stages.begin_object()
        entry = Entry(UNTOUCHED, "", {"a": "b"})
        stages.process(entry)
        assert entry.timestamp_ns == UNTOUCHED


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (None, "source is not set"),
        ({"source": "a"}, "format is not set. It must be one of Unix, UnixMs, .*or a layout of Go"),
        ({"source": "a", "format": "%Y-%m-%d"}, "format is '%Y-%m-%d'"),
        ({"source": "a", "format": "Unix", "fallback_formats": ["%s"]}, r"fallback_formats is \['%s'\]"),
        ({"source": "a", "format": "Unix", "fallback_formats": "ANSIC"}, "fallback_formats is 'ANSIC'"),
        ({"source": "a", "format": "Unix", "location": "America/Canada"}, "location is 'America/Canada'"),
        ({"source": "a", "format": "Unix", "location": "../../etc/passwd"}, "location is '../../etc/passwd'"),
        ({"source": "a", "format": "Unix", "location": "America"}, "location is 'America'"),
        ({"source": "a", "format": "Unix", "action_on_failure": "foo"}, "action_on_failure is 'foo'"),
    ],
)
def test_a_wrong_configuration_is_refused(config: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"stage 1 \(timestamp\): {message}"):
        parse_stage_configs(json.dumps([{"timestamp": config}]))


@given(
    st.datetimes(datetime(1678, 1, 1), datetime(2262, 1, 1)),
    st.integers(-24 * 60 + 1, 24 * 60 - 1),
    st.integers(0, 10**9 - 1),
)
def test_a_written_time_comes_back(moment: datetime, minutes: int, fraction: int) -> None:
    moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    text = f"{moment:%Y-%m-%dT%H:%M:%S}.{fraction:09}{sign}{hours:02}:{rest:02}"
    seconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
    assert time_parser("RFC3339Nano")(text) == seconds * 10**9 + fraction


@given(st.text() | st.text(alphabet="0123456789-:.TZ +"))
def test_any_text_is_read_or_refused(text: str) -> None:
    for layout in ("RFC3339", "UnixDate", "Unix", "Jan _2 3:04PM"):
        try:
            assert isinstance(time_parser(layout)(text), int)
        except (ValueError, OverflowError):
            continue


@given(st.text(alphabet="Jan2006-150405MSTZ07:.,9_ x"), st.text(alphabet="0123456789 -:Jan"))
def test_any_layout_is_read_or_refused(layout: str, text: str) -> None:
    try:
        time_parser(layout)(text)
    except (ValueError, OverflowError):
        return
