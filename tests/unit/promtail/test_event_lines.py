"""Lines that events carry: which labels, tenant and times they get, and which messages are dealt with."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import cramjam
import pytest

from promtail.content.relabel import parse_relabel_configs
from promtail.content.stages import parse_stage_configs
from promtail.content.tenants import TenantRule
from promtail.deadline import Deadline
from promtail.delivery import Delivery
from promtail.errors import ContentRefusedError, DeadlineError, PushError
from promtail.event_lines import EventLinesDelivery
from promtail.formats.format import NO_TIME
from promtail.outcome.report import Report
from promtail.push.loki import Taken
from promtail.push.sender import Sender
from promtail.settings import Settings
from promtail.triggers.work import EventLines
from tests.proto.logproto_pb2 import PushRequest
from tests.unit.promtail.scenario import NOW_NS, PLENTY

GROUP = {"__aws_log_type": "cloudwatch", "__aws_cloudwatch_log_group": "/aws/lambda/x"}


@dataclass
class Loki:
    """Takes pushes, or fails for those that hold a word."""

    failures: dict[str, Exception] = field(default_factory=dict)
    lines: list[tuple[str | None, str, int, str]] = field(default_factory=list)
    pushes: int = 0

    def push(self, body: bytes, tenant: str | None, deadline: Deadline) -> Taken:
        assert deadline.seconds_left() > 0
        request = PushRequest.FromString(bytes(cramjam.snappy.decompress_raw(body)))
        found = [
            (tenant, stream.labels, entry.timestamp.seconds * 10**9 + entry.timestamp.nanos, entry.line)
            for stream in request.streams
            for entry in stream.entries
        ]
        for word, failure in self.failures.items():
            if any(word in line for *_, line in found):
                raise failure
        self.lines += found
        self.pushes += 1
        return Taken(1, 0.1)


@pytest.fixture
def loki() -> Loki:
    return Loki()


@pytest.fixture(scope="module")
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


@pytest.fixture
def deliver(loki: Loki, executor: ThreadPoolExecutor) -> Any:
    def run(
        messages: Sequence[Sequence[EventLines]], deadline: Deadline = PLENTY, **settings: Any
    ) -> tuple[list[int], Report, Exception | None]:
        checked = Settings("http://loki", **settings)
        report = Report()
        sender = Sender(loki, lambda: None)
        delivery = EventLinesDelivery(checked, sender, Delivery(executor, 1, checked.batch_size))
        unfinished, error = delivery.deliver(messages, report, deadline)
        return unfinished, report, error

    return run


def lines(*texts: str, start: int = NOW_NS, labels: dict[str, str] | None = None, **more: Any) -> EventLines:
    return EventLines(
        GROUP if labels is None else labels,
        [(start + number * 1_000_000, text) for number, text in enumerate(texts)],
        "/aws/lambda/x",
        **more,
    )


def texts(loki: Loki) -> list[str]:
    return [line for *_, line in loki.lines]


def test_lines_of_an_event(deliver: Any, loki: Loki) -> None:
    unfinished, report, error = deliver([[lines("one", "zwéi")]], extra_labels={"x": "1"}, tenant_id="team-a")
    labels = '{__aws_cloudwatch_log_group="/aws/lambda/x", __aws_log_type="cloudwatch", x="1"}'
    assert loki.lines == [
        ("team-a", labels, NOW_NS, "one"),
        ("team-a", labels, NOW_NS + 1_000_000, "zwéi"),
    ]
    assert (unfinished, error) == ([], None)
    assert (report.kind, report.source, report.lines_read, report.lines_sent, report.bytes_read) == (
        "event",
        "/aws/lambda/x",
        2,
        2,
        8,
    )


@pytest.mark.parametrize(
    ("keep", "stream", "kept"),
    [
        (True, "2025/06/02/[1]a", True),
        (False, "2025/06/02/[1]a", False),
        (True, None, False),
        (True, "", False),
    ],
)
def test_the_log_stream_is_a_label_when_that_is_asked_for(
    deliver: Any, loki: Loki, keep: bool, stream: str | None, kept: bool
) -> None:
    deliver([[lines("one", stream=stream)]], keep_stream=keep)
    assert ('__aws_cloudwatch_log_stream="2025/06/02/[1]a"' in loki.lines[0][1]) is kept


def test_messages_share_pushes_and_are_acknowledged_one_by_one(deliver: Any, loki: Loki) -> None:
    unfinished, report, error = deliver([[lines("a")], [], [lines("b"), lines("c", labels={"x": "1"})]])
    assert (unfinished, error) == ([], None)
    assert sorted(texts(loki)) == ["a", "b", "c"]
    assert (loki.pushes, report.lines_sent) == (1, 3)


def test_messages_whose_batch_failed_are_not_dealt_with(deliver: Any, loki: Loki) -> None:
    loki.failures["bad"] = PushError("Loki is away.")
    unfinished, report, error = deliver(
        [[lines("good 1")], [lines("good 2")], [lines("bad")], [lines("late")]], batch_size=7
    )
    assert error is loki.failures["bad"]
    assert unfinished in ([2], [2, 3])
    assert texts(loki)[:2] == ["good 1", "good 2"]
    assert report.lines_sent == len(loki.lines)


def test_messages_that_loki_refused_are_dealt_with(deliver: Any, loki: Loki) -> None:
    loki.failures["bad"] = ContentRefusedError("refused", 400, "timestamp too old")
    unfinished, report, error = deliver([[lines("bad")], [lines("good")]], batch_size=3)
    assert (unfinished, error) == ([], None)
    assert report.lines_refused == Counter(greater_than_max_sample_age=1)
    assert texts(loki) == ["good"]


def test_equal_lines_are_told_apart_within_an_event(deliver: Any, loki: Loki) -> None:
    same = EventLines(GROUP, [(NOW_NS, "x")] * 3, "g")
    deliver([[same], [same]])
    assert [stamp - NOW_NS for _, _, stamp, _ in loki.lines] == [0, 1, 2, 3, 4, 5]


def test_a_line_without_a_time_gets_that_of_its_arrival(deliver: Any, loki: Loki) -> None:
    before = time.time_ns()
    _, report, _ = deliver([[EventLines(GROUP, [(NO_TIME, "x"), (5, "y"), (NO_TIME, "z")], "g")]])
    first, known, second = [stamp for _, _, stamp, _ in loki.lines]
    assert known == 5
    assert before <= first < second <= time.time_ns()
    assert report.lines_without_timestamp == 2


def test_empty_and_long_lines_are_counted(deliver: Any) -> None:
    unfinished, report, _ = deliver([[lines("", "x" * 300, "ok")]], max_line_size=128)
    assert (report.lines_dropped, report.lines_cut, report.lines_sent) == (Counter(empty=1), 1, 2)
    assert unfinished == []


def test_a_message_of_nothing_but_empty_lines_is_dealt_with(deliver: Any, loki: Loki) -> None:
    unfinished, report, error = deliver([[lines("", "")]])
    assert (unfinished, error, loki.pushes) == ([], None, 0)
    assert report.lines_dropped == Counter(empty=2)


def test_a_text_that_utf8_has_no_place_for_is_sent_all_the_same(deliver: Any, loki: Loki) -> None:
    deliver([[lines("a\ud800b")]])
    assert texts(loki) == ["a?b"]


def test_a_rule_may_drop_a_log_group(deliver: Any, loki: Loki) -> None:
    rules = parse_relabel_configs(
        '[{"action": "drop", "source_labels": ["__aws_cloudwatch_log_group"], "regex": "/aws/.*"}]'
    )
    unfinished, report, error = deliver(
        [[lines("a", "b"), lines("c", labels={"x": "1"})]], relabel_rules=rules
    )
    assert (unfinished, error) == ([], None)
    assert texts(loki) == ["c"]
    assert report.lines_dropped == Counter(relabel_configs=2)


def test_the_tenant_is_chosen_by_the_account(deliver: Any, loki: Loki) -> None:
    deliver(
        [[lines("a", account_id="111111111111"), lines("b", account_id="222222222222", labels={"x": "1"})]],
        tenant_id="default",
        tenant_rules=(TenantRule("team-a", account="111111111111"),),
    )
    assert sorted((tenant, line) for tenant, _, _, line in loki.lines) == [("default", "b"), ("team-a", "a")]


def test_lines_go_through_the_stages(deliver: Any, loki: Loki) -> None:
    stages = parse_stage_configs('[{"drop": {"expression": "debug"}}, {"static_labels": {"env": "prod"}}]')
    _, report, _ = deliver([[lines("debug x", "info x")]], stages=stages)
    assert texts(loki) == ["info x"]
    assert 'env="prod"' in loki.lines[0][1]
    assert report.lines_dropped.total() == 1


def test_no_time(deliver: Any, loki: Loki) -> None:
    unfinished, report, error = deliver([[lines("a")]], Deadline(lambda: 1_000))
    assert isinstance(error, DeadlineError)
    assert (unfinished, loki.pushes) == ([0], 0)
    assert report.source == "/aws/lambda/x"


def test_no_lines_at_all(deliver: Any) -> None:
    unfinished, report, error = deliver([])
    assert (unfinished, error, report.source) == ([], None, None)


def test_a_message_with_many_lines_is_several_pushes(deliver: Any, loki: Loki) -> None:
    """Loki takes no push above its burst limit, however long one waits."""
    unfinished, report, error = deliver([[lines(*["x" * 10] * 50)], [lines("last")]], batch_size=100)
    assert (unfinished, error, loki.pushes) == ([], None, 6)
    assert (report.lines_read, report.bytes_read, len(loki.lines)) == (51, 504, 51)


def test_a_message_of_which_a_part_is_missing_is_not_dealt_with(deliver: Any, loki: Loki) -> None:
    loki.failures["bad"] = PushError("Loki is away.")
    unfinished, _, error = deliver([[lines("good", "bad!")], [], [lines("late")]], batch_size=4)
    assert error is loki.failures["bad"]
    assert unfinished in ([0], [0, 2])
    assert texts(loki)[0] == "good"
