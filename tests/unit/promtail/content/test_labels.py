"""The labels of a stream, in the order in which they are made."""

from hypothesis import given
from hypothesis import strategies as st

from promtail.content.labels import stream_labels
from promtail.content.relabel import parse_relabel_configs

SOURCE = {"__aws_log_type": "s3_lb", "__aws_s3_lb": "shop"}


def test_labels_of_the_source_and_extra_ones() -> None:
    assert stream_labels(SOURCE, {"__extra_env": "prod"}, frozenset(), ()) == {
        **SOURCE,
        "__extra_env": "prod",
    }


def test_an_extra_label_wins() -> None:
    labels = stream_labels(SOURCE, {"__aws_s3_lb": "other"}, frozenset(), ())
    assert labels == {**SOURCE, "__aws_s3_lb": "other"}


def test_labels_without_a_value_are_none() -> None:
    assert stream_labels({"a": "", "b": "1"}, {"c": ""}, frozenset(), ()) == {"b": "1"}
    assert stream_labels({"a": "1", "b": "1"}, {"a": ""}, frozenset(), ()) == {"b": "1"}


def test_dropped_labels_are_taken_out_of_both() -> None:
    drop = frozenset({"__aws_s3_lb", "__extra_env", "other"})
    assert stream_labels(SOURCE, {"__extra_env": "prod"}, drop, ()) == {"__aws_log_type": "s3_lb"}


def test_rules_come_last() -> None:
    rules = parse_relabel_configs(
        '[{"source_labels": ["__extra_env", "__aws_s3_lb"], "target_label": "joined", "separator": "-"},'
        ' {"action": "labeldrop", "regex": "__.*"}]'
    )
    drop = frozenset({"__aws_s3_lb"})
    assert stream_labels(SOURCE, {"__extra_env": "prod"}, drop, rules) == {"joined": "prod-"}


def test_a_rule_may_drop_the_stream() -> None:
    rules = parse_relabel_configs('[{"action": "drop", "source_labels": ["__aws_s3_lb"], "regex": "shop"}]')
    assert stream_labels(SOURCE, {}, frozenset(), rules) is None
    assert stream_labels(SOURCE, {"__aws_s3_lb": "other"}, frozenset(), rules) is not None
    assert stream_labels(SOURCE, {}, frozenset({"__aws_s3_lb"}), rules) == {"__aws_log_type": "s3_lb"}


_LABELS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", "1", "2"]))


@given(_LABELS, _LABELS, st.frozensets(st.sampled_from("abcdef")))
def test_no_label_is_empty_or_dropped_and_nothing_given_is_changed(
    source: dict[str, str], extra: dict[str, str], drop: frozenset[str]
) -> None:
    before = dict(source), dict(extra)
    labels = stream_labels(source, extra, drop, ())
    assert labels is not None
    assert all(labels.values())
    assert not drop & labels.keys()
    assert labels.keys() <= source.keys() | extra.keys()
    assert (source, extra) == before
