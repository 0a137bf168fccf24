"""Which lines are sent, and how much of them."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.content.sendable import CUT_MARK, cut_line, finished, sendable
from promtail.content.stream import PlainContent, Streams
from promtail.entry import Lines, StreamLines
from promtail.formats.format import NOT_A_RECORD
from promtail.outcome.report import Report
from promtail.settings import Settings

SETTINGS = Settings("http://loki", max_line_size=128)


def counted(report: Report) -> tuple[dict[str, int], int]:
    return dict(report.lines_dropped), report.lines_cut


def test_lines_that_are_fit_stay_as_they_are() -> None:
    report = Report()
    texts, times = [b"a", b"x" * 128, "é".encode()], [3, 1, 2]
    assert sendable(texts, times, SETTINGS, report) == Lines(texts, times)
    assert counted(report) == ({}, 0)


def test_no_lines() -> None:
    report = Report()
    assert sendable([], [], SETTINGS, report) == Lines([], [])
    assert counted(report) == ({}, 0)


def test_empty_lines_are_left_out_and_counted() -> None:
    report = Report()
    assert sendable([b"", b"a", b"", b"b"], [1, 2, 3, 4], SETTINGS, report) == Lines([b"a", b"b"], [2, 4])
    assert counted(report) == ({"empty": 2}, 0)


def test_nothing_but_empty_lines() -> None:
    report = Report()
    assert sendable([b"", b""], [1, 2], SETTINGS, report) == Lines([], [])
    assert counted(report) == ({"empty": 2}, 0)


def test_headers_are_left_out_and_counted() -> None:
    report = Report()
    texts, times = [b"#Version", b"a", b""], [NOT_A_RECORD, 2, NOT_A_RECORD]
    assert sendable(texts, times, SETTINGS, report) == Lines([b"a"], [2])
    assert counted(report) == ({"header": 2}, 0)


def test_nothing_but_headers() -> None:
    report = Report()
    assert sendable([b"#Version"], [NOT_A_RECORD], SETTINGS, report) == Lines([], [])
    assert counted(report) == ({"header": 1}, 0)


def test_long_lines_are_cut_with_a_mark_and_counted() -> None:
    report = Report()
    sent = sendable([b"x" * 129, b"a", b"y" * 5_000], [1, 2, 3], SETTINGS, report)
    size = 128 - len(CUT_MARK)
    assert sent == Lines([b"x" * size + CUT_MARK, b"a", b"y" * size + CUT_MARK], [1, 2, 3])
    assert counted(report) == ({}, 2)


def test_long_lines_are_dropped_and_counted_when_that_is_asked_for() -> None:
    report = Report()
    settings = replace(SETTINGS, long_lines="drop")
    assert sendable([b"x" * 129, b"a", b"y" * 128], [1, 2, 3], settings, report) == Lines(
        [b"a", b"y" * 128], [2, 3]
    )
    assert counted(report) == ({"line_too_long": 1}, 0)


@pytest.mark.parametrize("character", ["x", "é", "€", "😀"])
def test_no_character_is_cut_in_two(character: str) -> None:
    for before in range(5):
        text = ("a" * before + character * 200).encode()
        cut = cut_line(text, 128)
        assert 128 - 3 <= len(cut) <= 128
        assert cut.endswith(CUT_MARK)
        assert text.startswith(cut.removesuffix(CUT_MARK))
        cut.decode()


_LINES = st.lists(
    st.tuples(
        st.one_of(st.just(""), st.text(st.characters(exclude_categories=["Cs"]), max_size=60)),
        st.integers(1, 5),
        st.integers(0, 10**19) | st.just(NOT_A_RECORD),
    ),
    max_size=20,
)


@given(_LINES, st.sampled_from(["cut", "drop"]))
def test_every_line_is_sent_or_counted(lines: list[tuple[str, int, int]], long_lines: str) -> None:
    report = Report()
    texts = [(text * times).encode() for text, times, _ in lines]
    times = [time for _, _, time in lines]
    settings = replace(SETTINGS, long_lines=long_lines)  # type: ignore[arg-type]
    sent = sendable(list(texts), list(times), settings, report)
    assert len(sent.texts) == len(sent.times)
    assert len(sent.texts) + report.lines_dropped.total() == len(lines)
    assert all(0 < len(text) <= 128 for text in sent.texts)
    assert min(sent.times, default=0) >= 0
    whole = [text for text in sent.texts if not text.endswith(CUT_MARK)]
    assert whole == [
        text for text, time in zip(texts, times, strict=True) if time >= 0 and 0 < len(text) <= 128
    ]
    assert report.lines_cut == len(sent.texts) - len(whole)


def stream(texts: list[bytes], metadata: list[bytes] | None = None) -> StreamLines:
    return StreamLines("{}", None, texts, list(range(len(texts))), metadata)


class Rewriting:
    """Stands for content that may make lines longer."""

    remembers = False

    def streams(self, lines: Lines) -> Streams:
        raise AssertionError(lines)

    def replay(self, lines: Lines) -> None:
        raise AssertionError(lines)


def test_lines_that_the_content_made_too_long_are_cut() -> None:
    report = Report()
    (cut, short) = finished(
        Streams([stream([b"x" * 200, b"a"]), stream([b"b"])], {}), Rewriting(), SETTINGS, report
    ).streams
    assert [len(text) for text in cut.texts] == [128, 1]
    assert short == stream([b"b"])
    assert report.lines_cut == 1


def test_lines_that_the_content_made_too_long_are_dropped_with_their_metadata() -> None:
    report = Report()
    settings = replace(SETTINGS, long_lines="drop")
    (left,) = finished(
        Streams([stream([b"a", b"x" * 200, b"b"], [b"1", b"2", b"3"])], {}), Rewriting(), settings, report
    ).streams
    assert left == StreamLines("{}", None, [b"a", b"b"], [0, 2], [b"1", b"3"])
    assert report.lines_dropped == Counter(line_too_long=1)


def test_lines_are_printed_as_they_are_sent_when_that_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = replace(SETTINGS, print_log_line=True)
    finished(Streams([stream(["é".encode(), b"x" * 200])], {}), Rewriting(), settings, Report())
    assert capsys.readouterr().out == f"é\n{'x' * (128 - len(CUT_MARK))}{CUT_MARK.decode()}\n"


def test_lines_are_not_printed_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    finished(Streams([stream([b"a"])], {}), PlainContent({}, None), SETTINGS, Report())
    assert capsys.readouterr().out == ""
