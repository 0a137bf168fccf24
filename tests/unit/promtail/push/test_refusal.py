"""What Loki says when it refuses lines, in its own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.push.refusal import refusal_reason, refused_by_reason

OLD = (
    "entry for stream '{a=\"b\"}' has timestamp too old: 2020-06-02T10:04:00Z, oldest acceptable timestamp is: "
    "2025-05-26T10:10:00Z"
)
NEW = "entry for stream '{a=\"b\"}' has timestamp too new: 2035-06-02T10:04:00Z"
BEHIND = (
    "entry with timestamp 2025-06-02 10:04:00 +0000 UTC ignored, reason: 'entry too far behind, entry timestamp is: "
    "2025-06-02T10:04:00Z, oldest acceptable timestamp is: 2025-06-02T10:05:00Z'"
)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (OLD, "greater_than_max_sample_age"),
        (NEW, "too_far_in_future"),
        (BEHIND, "too_far_behind"),
        ("entry out of order", "out_of_order"),
        (
            "Ingestion rate limit exceeded for user fake (limit: 4194304 bytes/sec) while attempting to ingest",
            "rate_limited",
        ),
        (
            "Per stream rate limit exceeded (limit: 3MB/sec) while attempting to ingest",
            "per_stream_rate_limit",
        ),
        (
            "Max entry size '262144' bytes exceeded for stream '{a=\"b\"}' while adding an entry with length '300000' "
            "bytes",
            "line_too_long",
        ),
        ('Maximum active stream limit exceeded when trying to create stream {a="b"}', "stream_limit"),
        (
            "entry for stream '{a=\"b\"}' has 16 label names; limit 15",
            "max_label_names_per_series",
        ),
        ("stream '{a=\"b\"}' has label name too long: 'aaa'", "label_name_too_long"),
        ("stream '{a=\"b\"}' has label value too long: 'aaa'", "label_value_too_long"),
        ("stream '{a=\"b\"}' has duplicate label name: 'a'", "duplicate_label_names"),
        ("error at least one label pair is required per stream", "missing_labels"),
        ("couldn't parse labels: 1:2: parse error", "invalid_labels"),
        ("stream '{}' has structured metadata too large: '70000' bytes", "structured_metadata_too_large"),
        ("stream '{}' has too many structured metadata labels: '200'", "structured_metadata_too_many"),
        (
            "stream '{}' includes structured metadata, but this feature is disallowed.",
            "disallowed_structured_metadata",
        ),
        ("error decoding push request", "other"),
        ("", "other"),
    ],
)
def test_reasons_have_lokis_names(answer: str, reason: str) -> None:
    assert refusal_reason(answer) == reason


def test_the_first_reason_is_named() -> None:
    assert refusal_reason(f"{NEW}; {OLD}") == "too_far_in_future"
    assert refusal_reason(f"{OLD}; {NEW}") == "greater_than_max_sample_age"


IGNORED = f'{BEHIND},\n total ignored: 1 out of 1400 for stream: {{a="b"}}'


@pytest.mark.parametrize(
    ("answer", "lines", "refused"),
    [
        (f"3 errors like: {OLD}", 10, {"greater_than_max_sample_age": 3}),
        (
            f"3 errors like: {OLD}; 2 errors like: {NEW}",
            10,
            {"greater_than_max_sample_age": 3, "too_far_in_future": 2},
        ),
        (IGNORED, 1_400, {"too_far_behind": 1}),
        (f"{IGNORED}\n{IGNORED}", 2_800, {"too_far_behind": 2}),
        # More than there were: whatever it means, no more than all were refused.
        (f"3 errors like: {OLD}; 20 errors like: {NEW}", 10, {"greater_than_max_sample_age": 10}),
        (OLD, 10, {"greater_than_max_sample_age": 10}),
        ("", 10, {"other": 10}),
        ("0 errors like: x", 10, {"other": 10}),
    ],
)
def test_lines_are_counted_by_reason_as_loki_counts_them(
    answer: str, lines: int, refused: dict[str, int]
) -> None:
    assert refused_by_reason(answer, lines) == refused


@given(st.text(), st.integers(1, 10_000))
def test_any_answer_is_understood_in_some_way(answer: str, lines: int) -> None:
    assert refusal_reason(answer)
    assert 0 < refused_by_reason(answer, lines).total() <= lines
