"""From lines to streams: as they are, with typed fields, and through stages."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from promtail.content.choose import choose_content
from promtail.content.load_balancer import ContentOptions, Group
from promtail.content.load_balancer.filters import parse_filter_rules
from promtail.content.relabel import parse_relabel_configs
from promtail.content.stages import parse_stage_configs
from promtail.content.stream import Content, PlainContent, StagedContent, TypedContent
from promtail.content.tenants import TenantRule
from promtail.deadline import Deadline
from promtail.entry import Entry, Lines, StreamLines
from promtail.errors import DeadlineError
from promtail.push.wire import encode_metadata
from promtail.settings import Settings
from tests.samples.alb_access import lines
from tests.unit.promtail.scenario import END, LABELS, PLENTY

LINES = Lines([b"a", b"b", b"c"], [1, 2, 3])


class Kind:
    """Looks into lines: their first byte makes a label, their second one metadata; those with `-` are dropped."""

    names = ("letter", "none")

    def __init__(self, rows: bool = True) -> None:
        self._rows = rows

    def apply(self, texts: list[bytes], times: list[int]) -> tuple[list[Group], Counter[str]]:
        kept = [(text, time) for text, time in zip(texts, times, strict=True) if b"-" not in text]
        groups: dict[bytes, list[tuple[bytes, int]]] = {}
        for text, time in kept:
            groups.setdefault(text[:1], []).append((text, time))
        return [
            Group(
                {"first": first.decode()},
                [text for text, _ in group],
                [time for _, time in group],
                [(text[1:2], b"") for text, _ in group] if self._rows else None,
            )
            for first, group in groups.items()
        ], Counter({"filter_rules": len(texts) - len(kept)} if len(texts) > len(kept) else {})


class Stages:
    """Does one thing to each entry."""

    def __init__(self, process: Callable[[Entry], str | None] = lambda _entry: None) -> None:
        self.process = self.replay = process
        self.remembers = True
        self.begun = 0

    def begin_object(self) -> None:
        self.begun += 1


def staged(
    process: Callable[[Entry], str | None], kind: Any = None, check: Callable[[], object] = int
) -> Content:
    stages: Any = Stages(process)
    return StagedContent({"a": "1"}, "team-a", kind, stages, check)


# Plain


def test_plain_lines_are_one_stream_of_the_very_same_lines() -> None:
    content = PlainContent({"b": "2", "a": "1"}, "team-a")
    assert not content.remembers
    streams, dropped = content.streams(LINES)
    assert list(streams) == [StreamLines('{a="1", b="2"}', "team-a", LINES.texts, LINES.times)]
    assert dropped == {}


# Typed


def test_typed_lines_are_a_stream_for_each_set_of_labels() -> None:
    kind: Any = Kind()
    content = TypedContent({"z": "1", "first": "0"}, None, kind)
    assert not content.remembers
    streams, dropped = content.streams(Lines([b"ax", b"b", b"-", b"ay"], [1, 2, 3, 4]))
    assert list(streams) == [
        StreamLines(
            '{first="a", z="1"}',
            None,
            [b"ax", b"ay"],
            [1, 4],
            [encode_metadata({"letter": "x"}), encode_metadata({"letter": "y"})],
        ),
        StreamLines('{first="b", z="1"}', None, [b"b"], [2], [b""]),
    ]
    assert dropped == {"filter_rules": 1}


def test_typed_lines_without_metadata_have_none() -> None:
    kind: Any = Kind(rows=False)
    (stream,) = TypedContent({}, None, kind).streams(Lines([b"ax"], [1])).streams
    assert stream == StreamLines('{first="a"}', None, [b"ax"], [1], None)


# Stages


def test_a_stage_may_change_everything() -> None:
    def process(entry: Entry) -> None:
        entry.line = entry.line.upper()
        entry.timestamp_ns += 100
        entry.labels["line"] = entry.line
        entry.metadata["m"] = "v"
        entry.tenant = None

    content = staged(process)
    assert content.remembers
    streams, dropped = content.streams(Lines([b"a", "é".encode()], [1, 2]))
    assert list(streams) == [
        StreamLines('{a="1", line="A"}', None, [b"A"], [101], [encode_metadata({"m": "v"})]),
        StreamLines('{a="1", line="É"}', None, ["É".encode()], [102], [encode_metadata({"m": "v"})]),
    ]
    assert dropped == {}


def test_entries_do_not_share_their_labels() -> None:
    def process(entry: Entry) -> None:
        entry.labels["n"] = str(len(entry.labels))

    (stream,) = staged(process).streams(LINES).streams
    assert stream.labels == '{a="1", n="1"}'


def test_lines_of_one_stream_stay_together_in_their_order() -> None:
    def process(entry: Entry) -> None:
        entry.tenant = "x" if entry.line == "b" else "y"

    streams = staged(process).streams(LINES).streams
    assert [(stream.tenant, list(stream.texts)) for stream in streams] == [("y", [b"a", b"c"]), ("x", [b"b"])]


def test_dropped_lines_are_counted_by_reason() -> None:
    def process(entry: Entry) -> str | None:
        if entry.line == "c":
            entry.line = ""
            return None
        return {"a": "drop_stage"}.get(entry.line)

    streams, dropped = staged(process).streams(LINES)
    assert [list(stream.texts) for stream in streams] == [[b"b"]]
    assert dropped == {"drop_stage": 1, "empty": 1}


def test_all_lines_dropped_are_no_streams() -> None:
    streams, dropped = staged(lambda _entry: "sampling").streams(LINES)
    assert list(streams) == []
    assert dropped == {"sampling": 3}


def test_labels_without_a_value_are_none() -> None:
    def process(entry: Entry) -> None:
        entry.labels["a"] = ""

    (stream,) = staged(process).streams(LINES).streams
    assert stream.labels == "{}"


def test_equal_times_that_a_stage_sets_are_told_apart() -> None:
    def process(entry: Entry) -> None:
        entry.timestamp_ns = 1_000

    content = staged(process)
    (first,) = content.streams(LINES).streams
    (second,) = content.streams(LINES).streams
    assert (list(first.times), list(second.times)) == ([1_000, 1_001, 1_002], [1_003, 1_004, 1_005])


def test_equal_times_are_told_apart_from_those_of_lines_delivered_before() -> None:
    def process(entry: Entry) -> None:
        entry.timestamp_ns = 1_000

    content = staged(process)
    content.replay(LINES)
    (stream,) = content.streams(LINES).streams
    assert list(stream.times) == [1_003, 1_004, 1_005]


def test_a_line_that_was_dropped_before_takes_no_time() -> None:
    def process(entry: Entry) -> str | None:
        entry.timestamp_ns = 1_000
        return "drop_stage" if entry.line == "b" else None

    content = staged(process)
    content.replay(LINES)
    (stream,) = content.streams(LINES).streams
    assert list(stream.times) == [1_002, 1_003]


def test_times_that_no_stage_sets_do_not_depend_on_the_lines_before() -> None:
    stages = parse_stage_configs('[{"static_labels": {"x": "1"}}]')
    content = StagedContent({}, None, None, stages, int)
    assert not content.remembers
    for _ in range(2):
        (stream,) = content.streams(LINES).streams
        assert list(stream.times) == list(LINES.times)


def test_the_time_is_looked_at_before_each_line_that_was_delivered_before() -> None:
    checks: list[None] = []

    def check() -> None:
        checks.append(None)
        if len(checks) == 3:
            raise DeadlineError("No time.")

    processed: list[str] = []
    with pytest.raises(DeadlineError):
        staged(lambda entry: processed.append(entry.line), check=check).replay(LINES)
    assert processed == ["a", "b"]


def test_what_utf8_has_no_place_for_does_not_cost_the_line() -> None:
    def process(entry: Entry) -> None:
        entry.line += "\ud800"

    (stream,) = staged(process).streams(Lines([b"a"], [1])).streams
    assert list(stream.texts) == [b"a?"]


def test_stages_come_after_the_fields() -> None:
    seen: list[tuple[str, dict[str, str], dict[str, str]]] = []

    def process(entry: Entry) -> None:
        seen.append((entry.line, dict(entry.labels), dict(entry.metadata)))

    streams, dropped = staged(process, Kind()).streams(Lines([b"ax", b"-", b"b"], [1, 2, 3]))
    assert seen == [
        ("ax", {"a": "1", "first": "a"}, {"letter": "x"}),
        ("b", {"a": "1", "first": "b"}, {}),
    ]
    assert [(stream.labels, stream.tenant, list(stream.metadata or ())) for stream in streams] == [
        ('{a="1", first="a"}', "team-a", [encode_metadata({"letter": "x"})]),
        ('{a="1", first="b"}', "team-a", [b""]),
    ]
    assert dropped == {"filter_rules": 1}


def test_entries_of_one_group_do_not_share_their_labels() -> None:
    def process(entry: Entry) -> None:
        entry.labels["n"] = str(len(entry.labels))

    (stream,) = staged(process, Kind()).streams(Lines([b"ax", b"ay"], [1, 2])).streams
    assert stream.labels == '{a="1", first="a", n="2"}'


def test_fields_without_metadata_leave_entries_without() -> None:
    (stream,) = staged(lambda _entry: None, Kind(rows=False)).streams(Lines([b"ax"], [1])).streams
    assert list(stream.metadata or ()) == [b""]


def test_the_time_is_looked_at_before_each_line() -> None:
    checks: list[None] = []

    def check() -> None:
        checks.append(None)
        if len(checks) == 3:
            raise DeadlineError("No time.")

    processed: list[str] = []
    with pytest.raises(DeadlineError):
        staged(lambda entry: processed.append(entry.line), check=check).streams(LINES)
    assert processed == ["a", "b"]


def test_stages_are_told_that_an_object_begins() -> None:
    stages: Any = Stages()
    for _ in range(2):
        StagedContent({}, None, None, stages, int).streams(LINES)
    assert stages.begun == 2


# Which of them


def choose(settings: Settings, kind: str | None = "alb_access", **more: Any) -> Content | None:
    return choose_content(settings, LABELS, PLENTY, kind, **more)


def test_most_lines_are_plain() -> None:
    content = choose(Settings("http://loki", extra_labels={"x": "1"}, tenant_id="team-a"))
    assert isinstance(content, PlainContent)
    (stream,) = content.streams(LINES).streams
    assert (stream.labels, stream.tenant) == (
        '{__aws_log_type="s3_lb", __aws_s3_lb="shop-2", __aws_s3_lb_owner="222222222222", x="1"}',
        "team-a",
    )


@pytest.mark.parametrize(
    ("options", "kind", "expected"),
    [
        (ContentOptions(labels=("log_kind",)), "alb_access", TypedContent),
        (ContentOptions(labels=("log_kind",)), "cloudtrail", PlainContent),
        (ContentOptions(labels=("log_kind",)), None, PlainContent),
        (ContentOptions(), "alb_access", PlainContent),
        (ContentOptions(structured_metadata=("elb_status_code",)), "nlb", PlainContent),
    ],
)
def test_fields_are_looked_into_only_where_that_changes_something(
    options: ContentOptions, kind: str | None, expected: type[Content]
) -> None:
    assert isinstance(choose(Settings("http://loki", content=options), kind), expected)


def test_stages_are_for_every_line() -> None:
    settings = Settings("http://loki", stages=parse_stage_configs('[{"static_labels": {"x": "1"}}]'))
    for kind in ("alb_access", None):
        content = choose(settings, kind)
        assert isinstance(content, StagedContent)
        assert '"222222222222", x="1"}' in content.streams(LINES).streams[0].labels


def test_stages_end_with_the_time() -> None:
    left = 60_000
    settings = Settings("http://loki", stages=parse_stage_configs('[{"static_labels": {"x": "1"}}]'))
    content = choose_content(settings, LABELS, Deadline(lambda: left))
    assert content is not None
    content.streams(LINES)
    left = 0
    with pytest.raises(DeadlineError):
        content.streams(LINES)


def test_a_rule_may_drop_a_source() -> None:
    rules = parse_relabel_configs('[{"action": "drop", "source_labels": ["__aws_s3_lb"], "regex": "shop-2"}]')
    assert choose(Settings("http://loki", relabel_rules=rules)) is None


def test_the_tenant_is_that_of_the_first_rule_or_else_the_default() -> None:
    rules = (
        TenantRule("by-account", account="111111111111"),
        TenantRule("by-key", bucket="logs-*", prefix="x/"),
    )
    settings = Settings("http://loki", tenant_id="default", tenant_rules=rules)

    def tenant(**source: str) -> str | None:
        content = choose(settings, **source)
        assert content is not None
        return content.streams(LINES).streams[0].tenant

    assert tenant(account_id="111111111111", bucket="logs-a", key="x/y") == "by-account"
    assert tenant(account_id="222222222222", bucket="logs-a", key="x/y") == "by-key"
    assert tenant(account_id="222222222222", bucket="logs-a", key="y") == "default"
    assert tenant() == "default"


def test_real_fields_filters_and_stages_together() -> None:
    options = ContentOptions(
        structured_metadata=("elb_status_code",),
        labels=("status_class",),
        filter_rules=parse_filter_rules('[{"match": {"elb_status_code": "2.."}, "keep": 0}]'),
    )
    stages = parse_stage_configs('[{"labels": {"status_class": ""}}]')
    texts = [line.encode() for line in lines(300, END)]
    content = choose(Settings("http://loki", content=options, stages=stages))
    assert content is not None
    streams, dropped = content.streams(Lines(texts, list(range(300))))
    sent = sum(len(stream.texts) for stream in streams)
    assert 0 < sent < 300
    assert dropped == {"filter_rules": 300 - sent}
    assert all('status_class="' in stream.labels for stream in streams)
    codes = {encode_metadata({"elb_status_code": code}) for code in ("302", "304", "404", "502")}
    assert {metadata for stream in streams for metadata in stream.metadata or ()} <= codes
