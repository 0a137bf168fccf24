"""Which notification rules S3 takes beside each other, and what becomes of those of others."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onboarding.buckets.notifications import merged
from onboarding.buckets.rules import Rule, log_rule, rules_of
from onboarding.errors import RefusalError

ACCOUNT = "111111111111"
QUEUE, OTHER = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:other"
TOPIC = f"arn:aws:sns:eu-west-1:{ACCOUNT}:t"
FUNCTION = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:f"
LOGS = f"AWSLogs/{ACCOUNT}/elasticloadbalancing/"
PUT = "s3:ObjectCreated:Put"
ALL = "s3:ObjectCreated:*"
REMOVED = "s3:ObjectRemoved:*"

EVENTS = st.frozensets(st.sampled_from([ALL, PUT, REMOVED, "s3:ObjectRemoved:Delete"]), min_size=1)
PARTS = st.text("ab", max_size=3)
RULES = st.builds(
    Rule, st.sampled_from(["x", "y"]), st.sampled_from([QUEUE, TOPIC, FUNCTION]), EVENTS, PARTS, PARTS
)
CONCRETE = {ALL: [PUT, "s3:ObjectCreated:Copy"], REMOVED: ["s3:ObjectRemoved:Delete", "s3:ObjectRemoved:X"]}


def tells(rule: Rule, event: str, key: str) -> bool:
    events = {concrete for name in rule.events for concrete in CONCRETE.get(name, [name])}
    return event in events and key.startswith(rule.prefix) and key.endswith(rule.suffix)


@given(RULES, RULES)
def test_overlapping_is_mutual(first: Rule, second: Rule) -> None:
    assert first.overlaps(second) == second.overlaps(first)
    assert first.overlaps(first)


@given(RULES, RULES)
def test_rules_overlap_when_an_event_of_some_key_is_told_by_both(first: Rule, second: Rule) -> None:
    """A key that begins with the longer prefix and ends with the longer suffix, if there is any such key."""
    prefix = max(first.prefix, second.prefix, key=len)
    suffix = max(first.suffix, second.suffix, key=len)
    events = {event for names in CONCRETE.values() for event in names}

    both = any(
        tells(first, event, f"{prefix}-{suffix}") and tells(second, event, f"{prefix}-{suffix}")
        for event in events
    )

    assert first.overlaps(second) == both


def raw(rule_id: str, arn: str, events: list[str], **filters: str) -> dict[str, Any]:
    rules = [{"Name": name, "Value": value} for name, value in filters.items()]
    name = {"sqs": "QueueArn", "sns": "TopicArn", "lambda": "LambdaFunctionArn"}[arn.split(":")[2]]
    return {"Id": rule_id, name: arn, "Events": events, "Filter": {"Key": {"FilterRules": rules}}}


OURS = log_rule("x", "", ACCOUNT, QUEUE)


@pytest.mark.parametrize(
    ("events", "filters", "refused"),
    [
        ([ALL], {}, True),
        ([PUT], {"Prefix": "AWSLogs/"}, True),
        ([ALL], {"prefix": LOGS + "eu-west-1/"}, True),
        ([REMOVED, PUT], {"suffix": ".gz"}, True),
        ([ALL], {"Prefix": "aws"}, False),
        ([REMOVED], {}, False),
        ([ALL], {"prefix": f"AWSLogs/{ACCOUNT}/CloudTrail/", "suffix": ".gz"}, False),
        (["s3:ObjectTagging:*", "s3:Replication:*"], {}, False),
    ],
)
def test_rules_of_others_for_the_same_events_of_the_same_keys(
    events: list[str], filters: dict[str, str], refused: bool
) -> None:
    configuration = {"QueueConfigurations": [raw("theirs", OTHER, events, **filters)]}

    if refused:
        with pytest.raises(RefusalError, match=r"rule theirs .* overlaps with the onboarding's x-e3b0c442"):
            merged(configuration, [OURS], [], "b")
    else:
        assert merged(configuration, [OURS], [], "b").added == [OURS]


@pytest.mark.parametrize(
    ("events", "filters", "enough"),
    [
        ([ALL], {}, True),
        ([ALL], {"Prefix": "AWS", "Suffix": ".gz"}, True),
        ([PUT, "s3:ObjectCreated:CompleteMultipartUpload"], {"prefix": LOGS}, True),
        ([PUT], {}, False),
        ([ALL], {"Suffix": "app.log.gz"}, False),
        ([ALL], {"Prefix": LOGS + "eu-west-1/2026"}, False),
    ],
)
def test_rules_of_others_to_the_same_destination(
    events: list[str], filters: dict[str, str], enough: bool
) -> None:
    configuration = {"QueueConfigurations": [raw("theirs", QUEUE, events, **filters)]}

    if enough:
        result = merged(configuration, [OURS], [], "b")
        assert [(ours.id, other.id) for ours, other in result.told_already] == [(OURS.id, "theirs")]
        assert (result.differs, result.configuration) == (False, configuration)
    else:
        with pytest.raises(RefusalError, match="overlaps"):
            merged(configuration, [OURS], [], "b")


def test_an_id_of_ours_with_another_destination_is_taken_over_if_wanted() -> None:
    configuration = {"QueueConfigurations": [raw(OURS.id, OTHER, [ALL], Prefix=LOGS)]}

    result = merged(configuration, [OURS], [], "b")

    assert (result.changed, result.added) == ([OURS], [])
    assert result.configuration["QueueConfigurations"] == [OURS.raw()]


def test_an_id_of_ours_with_another_destination_is_left_if_not_wanted() -> None:
    configuration = {"QueueConfigurations": [raw(OURS.id, OTHER, [ALL], Prefix=LOGS)]}

    result = merged(configuration, [], [OURS], "b")

    assert ([rule.id for rule in result.left], result.configuration) == ([OURS.id], configuration)


def test_a_rule_without_an_id_or_filter_and_eventbridge_stay() -> None:
    configuration = {
        "EventBridgeConfiguration": {},
        "LambdaFunctionConfigurations": [{"LambdaFunctionArn": FUNCTION, "Events": [REMOVED]}],
    }

    result = merged(configuration, [OURS], [], "b").configuration

    assert result == configuration | {"QueueConfigurations": [OURS.raw()]}


def test_a_prefix_is_encoded_and_read_back() -> None:
    rule = log_rule("x", "a b/c=d", ACCOUNT, QUEUE)

    (filters,) = rule.raw()["Filter"]["Key"]["FilterRules"]
    assert filters["Value"] == f"a+b/c%3Dd/{LOGS}"
    ((read, _),) = rules_of({"QueueConfigurations": [rule.raw()]})
    assert read == rule


PREFIXES = st.lists(st.sampled_from(["", "a", "b", "c"]), unique=True)
DESTINATIONS = st.sampled_from([QUEUE, TOPIC, FUNCTION])
THEIRS = st.dictionaries(
    st.sampled_from(["QueueConfigurations"]),
    st.lists(
        st.builds(
            lambda number, prefix: raw(f"theirs-{number}", OTHER, [ALL], Prefix=prefix),
            st.integers(0, 9),
            st.sampled_from(["reports/", "a/reports/", "z"]),
        ),
        min_size=1,
    ),
)


def ours(prefixes: list[str], destination: str) -> list[Rule]:
    return [log_rule("x", prefix, ACCOUNT, destination) for prefix in prefixes]


@given(THEIRS, PREFIXES, DESTINATIONS, PREFIXES, DESTINATIONS)
def test_what_is_put_in_changed_and_taken_out_again_leaves_what_was_there(
    theirs: dict[str, Any], first: list[str], to: str, second: list[str], then: str
) -> None:
    before = copy.deepcopy(theirs)
    one, two = ours(first, to), ours(second, then)

    put = merged(theirs, one, [], "b").configuration
    changed = merged(put, two, one, "b")
    taken = merged(changed.configuration, [], [*one, *two], "b")

    assert theirs == before
    assert {rule.id for rule, _ in rules_of(changed.configuration)} >= {rule.id for rule in two}
    assert not merged(changed.configuration, two, two, "b").differs
    assert taken.configuration == before
    assert not taken.left


@given(RULES, PREFIXES)
def test_what_is_added_never_overlaps(other: Rule, prefixes: list[str]) -> None:
    assume(other.suffix == "")
    theirs = {"QueueConfigurations": [raw("theirs", OTHER, sorted(other.events), Prefix=other.prefix)]}

    try:
        result = merged(theirs, ours(prefixes, QUEUE), [], "b")
    except RefusalError:
        return
    rules = [rule for rule, _ in rules_of(result.configuration)]
    assert not any(a.overlaps(b) for a in rules for b in rules if a.id != b.id)
