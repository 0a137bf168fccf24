from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onboarding.state.bucket_record import BucketRecord, decoded, encoded

PREFIXES = st.sampled_from(["", "shop", "blog/é", "a"])
ARNS = st.sampled_from(["arn:aws:sqs:eu-west-1:1:q", "arn:aws:sns:eu-west-1:1:t"])
PRINTS = st.frozensets(st.sampled_from(["aaaaaaaa-bbbbbbbb", "cccccccc-dddddddd"]), min_size=1)
RECORDS = st.builds(
    BucketRecord,
    st.booleans(),
    st.frozensets(PREFIXES),
    st.dictionaries(st.sampled_from(["ADeliverLogs", "AHubReadsLogs"]), PRINTS),
    st.dictionaries(PREFIXES, st.frozensets(ARNS, min_size=1)),
    st.frozensets(PREFIXES),
)


@given(RECORDS)
def test_what_is_saved_is_what_is_loaded(record: BucketRecord) -> None:
    assert decoded(encoded(record)) == record


@given(RECORDS, RECORDS)
def test_while_it_changes_it_knows_both(record: BucketRecord, former: BucketRecord) -> None:
    both = record.with_former(former)

    for part in (record, former):
        assert both.prefixes >= part.prefixes
        assert all(both.statements[sid] >= prints for sid, prints in part.statements.items())
        assert all(both.rules[prefix] >= arns for prefix, arns in part.rules.items())
    assert (both.created, both.kept) == (record.created, record.kept)
