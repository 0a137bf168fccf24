"""From an event to object references."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.errors import EventError
from promtail.event import ObjectReference, object_reference, records
from tests.unit.promtail.scenario import BUCKET, event, record


def test_every_record_is_looked_at() -> None:
    found = [
        object_reference(each) for each in records(event(record("a"), record("b"), record("c", "other")))
    ]
    assert found == [
        ObjectReference(BUCKET, "a"),
        ObjectReference(BUCKET, "b"),
        ObjectReference("other", "c"),
    ]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("team+a/log.gz", "team a/log.gz"),
        ("team%2Ba/log.gz", "team+a/log.gz"),
        ("caf%C3%A9%3D1/log.gz", "café=1/log.gz"),
        ("100%2525", "100%25"),
    ],
)
def test_keys_are_decoded(written: str, key: str) -> None:
    assert object_reference(record(written)).key == key


def test_the_version_is_kept() -> None:
    assert object_reference(record("a", versionId="v1")) == ObjectReference(BUCKET, "a", "v1")
    assert str(ObjectReference(BUCKET, "a", "v1")) == "s3://spoke-logs/a (version v1)"


def test_the_test_event_of_a_new_notification_has_no_records() -> None:
    assert not records({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "spoke-logs"})


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({}, "an object with the members []"),
        ({"Records": []}, "an object with the members ['Records']"),
        ({"awslogs": {"data": "c2VjcmV0"}}, "an object with the members ['awslogs']"),
        ({"source": "aws.s3", "detail": {}}, "['detail', 'source'], from 'aws.s3'"),
        ([], "a value of type list"),
        (None, "a value of type NoneType"),
        ("text", "a value of type str"),
    ],
)
def test_another_event_is_refused_with_what_it_is(other: Any, told: str) -> None:
    with pytest.raises(EventError) as refused:
        records(other)
    assert told in str(refused.value)
    assert "c2VjcmV0" not in str(refused.value)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"eventSource": "aws:sqs", "body": "secret"}, "from 'aws:sqs'"),
        ({"EventSource": "aws:sns", "Sns": {}}, "from 'aws:sns'"),
        ({"eventSource": "aws:s3"}, "no s3.bucket.name or no s3.object.key"),
        (
            {"eventSource": "aws:s3", "s3": {"bucket": {"name": "b"}, "object": {"key": ""}}},
            "no s3.bucket.name",
        ),
        ({"eventSource": "aws:s3", "s3": {"bucket": "b", "object": "k"}}, "no s3.bucket.name"),
        ("text", "a value of type str"),
    ],
)
def test_another_record_is_refused_with_what_it_is(other: Any, told: str) -> None:
    with pytest.raises(EventError) as refused:
        object_reference(other)
    assert told in str(refused.value)
    assert "secret" not in str(refused.value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["Records", "Event", "eventSource", "s3", "bucket", "name", "object", "key"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_no_event_breaks_the_function_in_another_way(anything: Any) -> None:
    try:
        for each in records(anything):
            object_reference(each)
    except EventError:
        pass
