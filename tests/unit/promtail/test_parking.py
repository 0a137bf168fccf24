import base64
import dataclasses
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from promtail.aws import Clients
from promtail.errors import ConfigurationError, ParkingError
from promtail.parking import (
    BucketDestination,
    Parking,
    QueueDestination,
    Refusal,
    open_parking,
    parse_destination,
)
from tests.unit.promtail.aws_double import AwsDouble, Call, Queue

QUEUE = "arn:aws:sqs:us-east-1:111111111111:refused"
PUSH = bytes(range(256))
KEY = "AWSLogs/a b/ключ+1.log.gz"
FROM_OBJECT = Refusal(
    source=f"s3://logs/{KEY}",
    bucket="logs",
    key=KEY,
    version_id="v1",
    first_line=11,
    last_line=20,
    status=400,
    reason="timestamp_too_old",
    message="entry for stream '{a=\"b\"}' has timestamp too old \x00",
    push=PUSH,
    tenant="team-a",
)
FROM_LOG_GROUP = Refusal(
    source="/aws/lambda/demo",
    first_line=1,
    last_line=2,
    status=422,
    reason="line_too_long",
    message="too long",
    push=PUSH,
)


@pytest.fixture(scope="module")
def server() -> Iterator[AwsDouble]:
    with AwsDouble() as double:
        yield double


@pytest.fixture(scope="module")
def clients(server: AwsDouble) -> Iterator[Clients]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield server.clients(monkeypatch)


@pytest.fixture
def aws(server: AwsDouble) -> AwsDouble:
    """The server, without anything in it."""
    server.clear()
    return server


@pytest.fixture
def queue(aws: AwsDouble) -> Queue:
    return aws.queues.setdefault(QUEUE, Queue())


@pytest.fixture
def queue_parking(clients: Clients, monkeypatch: pytest.MonkeyPatch) -> Parking:
    # The clients outlive the queues of a test; what a new function does not know, they shall not know either.
    monkeypatch.setattr(clients, "_queue_urls", {})
    return open_parking(parse_destination(QUEUE), clients)


@pytest.fixture
def bucket_parking(aws: AwsDouble, clients: Clients) -> Parking:
    aws.buckets["refused"] = {}
    return open_parking(parse_destination("arn:aws:s3:::refused/loki/"), clients)


def parked_at(aws: AwsDouble, uri: str) -> Any:
    bucket, key = uri.removeprefix("s3://").split("/", 1)
    return json.loads(aws.buckets[bucket][key].body)


def failure(parking: Parking, refusal: Refusal) -> str:
    with pytest.raises(ParkingError) as raised:
        parking.park(refusal)
    return str(raised.value)


# The destination


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_a_queue_is_read_from_its_arn(partition: str) -> None:
    arn = f"arn:{partition}:sqs:cn-north-1:111111111111:refused_Lines-1"
    assert parse_destination(arn) == QueueDestination(arn, "cn-north-1", "111111111111", "refused_Lines-1")


@pytest.mark.parametrize(
    ("arn", "bucket", "prefix"),
    [
        ("arn:aws:s3:::refused", "refused", ""),
        ("arn:aws:s3:::refused/", "refused", ""),
        ("arn:aws-cn:s3:::refused.lines/loki", "refused.lines", "loki"),
        ("arn:aws:s3:::refused/loki/prod/", "refused", "loki/prod"),
    ],
)
def test_a_bucket_is_read_from_its_arn_and_prefix(arn: str, bucket: str, prefix: str) -> None:
    assert parse_destination(arn) == BucketDestination(bucket, prefix)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "refused",
        "s3://refused/loki",
        "https://sqs.eu-west-1.amazonaws.com/111111111111/refused",
        "arn:aws:sqs:eu-west-1:1111:refused",
        "arn:aws:sqs:eu-west-1:111111111111:refused.fifo",
        "arn:aws:sqs:eu-west-1:111111111111:re fused",
        "arn:aws:sns:eu-west-1:111111111111:refused",
        "arn:aws:s3:eu-west-1:111111111111:accesspoint/refused",
        "arn:aws:s3:::Refused",
        "arn:aws:s3:::re",
        "arn:aws:s3:::refused/*",
        "arn:aws:s3:::refused\n",
        f"arn:aws:s3:::refused/{'x' * 801}",
    ],
)
def test_any_other_destination_is_refused_by_name_and_value(value: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        parse_destination(value)
    assert str(raised.value).startswith(f"REFUSED_DESTINATION is {value!r}")


# In a bucket


def test_an_object_holds_all_that_is_known_of_a_refusal(aws: AwsDouble, bucket_parking: Parking) -> None:
    uri = bucket_parking.park(FROM_OBJECT)
    document = parked_at(aws, uri)
    assert document["refusal"] == {
        "source": FROM_OBJECT.source,
        "firstLine": 11,
        "lastLine": 20,
        "status": 400,
        "reason": "timestamp_too_old",
        "message": FROM_OBJECT.message,
        "tenant": "team-a",
    }
    assert base64.b64decode(document["push"]) == PUSH
    [stored] = aws.buckets["refused"].values()
    assert stored.content_type == "application/json"
    assert stored.metadata == {"reason": "timestamp_too_old", "status": "400"}


def test_an_object_asks_for_its_lines_as_an_event_of_s3_does(aws: AwsDouble, bucket_parking: Parking) -> None:
    [record] = parked_at(aws, bucket_parking.park(FROM_OBJECT))["Records"]
    assert record["eventSource"] == "aws:s3"
    assert record["eventName"].startswith("ObjectCreated:")
    assert record["s3"]["bucket"]["name"] == "logs"
    assert unquote_plus(record["s3"]["object"]["key"]) == KEY
    assert record["s3"]["object"]["versionId"] == "v1"
    assert record["albLoki"] == {"only": [11, 20]}


def test_an_object_without_versions_is_asked_for_without_one(aws: AwsDouble, bucket_parking: Parking) -> None:
    uri = bucket_parking.park(dataclasses.replace(FROM_OBJECT, version_id=None))
    assert "versionId" not in parked_at(aws, uri)["Records"][0]["s3"]["object"]


def test_a_refusal_of_a_log_group_holds_no_event(aws: AwsDouble, bucket_parking: Parking) -> None:
    document = parked_at(aws, bucket_parking.park(FROM_LOG_GROUP))
    assert "Records" not in document
    assert document["refusal"]["tenant"] is None
    assert base64.b64decode(document["push"]) == PUSH


def test_objects_lie_under_their_prefix_and_reason(aws: AwsDouble, bucket_parking: Parking) -> None:
    assert bucket_parking.park(FROM_OBJECT).startswith("s3://refused/loki/timestamp_too_old/")
    odd = dataclasses.replace(FROM_OBJECT, reason="../Ä b")
    assert bucket_parking.park(odd).startswith("s3://refused/loki/_____b/")
    none = dataclasses.replace(FROM_OBJECT, reason="")
    assert bucket_parking.park(none).startswith("s3://refused/loki/unknown/")
    assert len(aws.buckets["refused"]) == 3


def test_without_a_prefix_objects_lie_at_the_top(aws: AwsDouble, clients: Clients) -> None:
    aws.buckets["refused"] = {}
    uri = open_parking(BucketDestination("refused", ""), clients).park(FROM_OBJECT)
    assert uri.startswith("s3://refused/timestamp_too_old/")


def test_the_same_refusal_again_overwrites_its_object(aws: AwsDouble, bucket_parking: Parking) -> None:
    assert bucket_parking.park(FROM_OBJECT) == bucket_parking.park(FROM_OBJECT)
    assert len(aws.buckets["refused"]) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"source": "s3://other"},
        {"bucket": "other"},
        {"key": "other"},
        {"version_id": None},
        {"first_line": 10},
        {"last_line": 21},
        {"tenant": None},
        {"push": b"other"},
    ],
)
def test_another_refusal_has_another_object(
    aws: AwsDouble, bucket_parking: Parking, change: dict[str, Any]
) -> None:
    bucket_parking.park(FROM_OBJECT)
    bucket_parking.park(dataclasses.replace(FROM_OBJECT, **change))
    assert len(aws.buckets["refused"]) == 2


def test_the_largest_push_fits_into_a_bucket(aws: AwsDouble, bucket_parking: Parking) -> None:
    push = bytes(6 * 1024 * 1024)
    uri = bucket_parking.park(dataclasses.replace(FROM_LOG_GROUP, push=push))
    assert base64.b64decode(parked_at(aws, uri)["push"]) == push


def test_a_bucket_that_is_busy_is_tried_again(aws: AwsDouble, bucket_parking: Parking) -> None:
    aws.failures["s3.PutObject"] = ["SlowDown"]
    bucket_parking.park(FROM_OBJECT)
    assert len(aws.calls) == 2
    assert len(aws.buckets["refused"]) == 1


@pytest.mark.parametrize(
    ("codes", "remedy"),
    [
        (["AccessDenied"], "must allow s3:PutObject"),
        (["NoSuchBucket"], "Create the bucket, or mend REFUSED_DESTINATION."),
        (["SlowDown", "SlowDown"], "are tried again with their event"),
    ],
)
def test_a_bucket_s_refusal_names_lines_destination_and_remedy(
    aws: AwsDouble, bucket_parking: Parking, codes: list[str], remedy: str
) -> None:
    aws.failures["s3.PutObject"] = list(codes)
    message = failure(bucket_parking, FROM_OBJECT)
    assert message.startswith(
        f"Lines 11 to 20 of s3://logs/{KEY}, which Loki refused (400, timestamp_too_old), could not be parked at "
        "s3://refused/loki/timestamp_too_old/"
    )
    assert codes[0] in message
    assert remedy in message
    assert aws.buckets["refused"] == {}


# In a queue


def test_a_message_asks_for_the_lines_of_an_object_alone(
    aws: AwsDouble, queue: Queue, queue_parking: Parking
) -> None:
    assert queue_parking.park(FROM_OBJECT) == f"{QUEUE}#message-1"
    document = json.loads(queue.messages[0]["MessageBody"])
    assert set(document) == {"refusal", "Records"}
    assert document["Records"][0]["albLoki"] == {"only": [11, 20]}
    assert unquote_plus(document["Records"][0]["s3"]["object"]["key"]) == KEY
    assert document["refusal"]["message"] == FROM_OBJECT.message
    assert {call.region for call in aws.calls} == {"us-east-1"}


def test_a_message_of_a_log_group_holds_the_push(queue: Queue, queue_parking: Parking) -> None:
    queue_parking.park(FROM_LOG_GROUP)
    document = json.loads(queue.messages[0]["MessageBody"])
    assert set(document) == {"refusal", "push"}
    assert base64.b64decode(document["push"]) == PUSH


def test_a_message_says_in_its_attributes_what_it_is_about(queue: Queue, queue_parking: Parking) -> None:
    queue_parking.park(FROM_OBJECT)
    queue_parking.park(FROM_LOG_GROUP)
    texts = [
        {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
        for message in queue.messages
    ]
    assert texts == [
        {"Reason": "timestamp_too_old", "Status": "400", "Source": FROM_OBJECT.source, "Tenant": "team-a"},
        {"Reason": "line_too_long", "Status": "422", "Source": "/aws/lambda/demo"},
    ]


# In keys, S3 allows every character.
@example(key="\ufffe\x00", message="\uffff\x00")  # SQS takes none of these.
@given(key=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=256), message=st.text())
def test_every_key_and_answer_reaches_the_queue(
    server: AwsDouble, clients: Clients, key: str, message: str
) -> None:
    queue = server.queues[QUEUE] = Queue()
    refusal = dataclasses.replace(FROM_OBJECT, source=f"s3://logs/{key}", key=key, message=message)
    open_parking(parse_destination(QUEUE), clients).park(refusal)
    document = json.loads(queue.messages[0]["MessageBody"])
    assert unquote_plus(document["Records"][0]["s3"]["object"]["key"]) == key
    assert document["refusal"]["source"] == f"s3://logs/{key}"
    assert document["refusal"]["message"] == message


def test_a_long_answer_of_loki_leaves_room_for_the_rest(queue: Queue, queue_parking: Parking) -> None:
    queue.max_bytes = 256 * 1024
    key = "\U0001f600" * 256  # 1024 bytes, the longest key
    queue_parking.park(
        dataclasses.replace(FROM_OBJECT, key=key, source=f"s3://logs/{key}", message="\U0001f600" * 1_000_000)
    )
    assert len(queue.messages) == 1


def test_a_push_of_the_default_size_fits_into_a_queue_of_256_kib(
    queue: Queue, queue_parking: Parking
) -> None:
    queue.max_bytes = 256 * 1024
    queue_parking.park(dataclasses.replace(FROM_LOG_GROUP, push=bytes(140_000)))
    assert len(queue.messages) == 1


def test_a_push_that_no_queue_takes_is_refused_before_it_is_sent(
    aws: AwsDouble, queue: Queue, queue_parking: Parking
) -> None:
    message = failure(queue_parking, dataclasses.replace(FROM_LOG_GROUP, push=bytes(800_000)))
    assert f"could not be parked at {QUEUE}: the message would have 1066" in message
    assert "SQS takes up to 1048576" in message
    assert "to a bucket, which takes every size" in message
    assert aws.calls == []
    assert queue.messages == []


def test_the_size_is_counted_as_sqs_counts_it(queue: Queue, queue_parking: Parking) -> None:
    def size_of_last() -> int:
        attributes = queue.messages[-1]["MessageAttributes"].items()
        return len(queue.messages[-1]["MessageBody"]) + sum(
            len(f"{name}{value['DataType']}{value['StringValue']}".encode()) for name, value in attributes
        )

    queue_parking.park(dataclasses.replace(FROM_LOG_GROUP, push=b""))
    # Base64 grows by 4 bytes for each 3, so that the message just fits; what is left is filled by the answer.
    room = 1024 * 1024 - size_of_last()
    fits = dataclasses.replace(
        FROM_LOG_GROUP, push=bytes(room // 4 * 3), message=FROM_LOG_GROUP.message + "x" * (room % 4)
    )
    queue_parking.park(fits)
    assert size_of_last() == 1024 * 1024
    assert "SQS takes up to" in failure(queue_parking, dataclasses.replace(fits, message=fits.message + "x"))


def test_a_queue_that_takes_less_says_so(aws: AwsDouble, queue: Queue, queue_parking: Parking) -> None:
    queue.max_bytes = 1024
    message = failure(queue_parking, dataclasses.replace(FROM_LOG_GROUP, push=bytes(2048)))
    assert "Message must be shorter than 1024 bytes" in message
    assert "Set the queue's maximum message size" in message
    assert aws.operations() == ["AmazonSQS.GetQueueUrl", "AmazonSQS.SendMessage"]


def test_the_queue_s_url_is_asked_for_once(aws: AwsDouble, queue: Queue, queue_parking: Parking) -> None:
    for _ in range(3):
        queue_parking.park(FROM_OBJECT)
    assert len(queue.messages) == 3
    assert (
        aws.calls
        == [Call("AmazonSQS.GetQueueUrl", "us-east-1")] + [Call("AmazonSQS.SendMessage", "us-east-1")] * 3
    )


def test_a_queue_that_is_busy_is_tried_again(aws: AwsDouble, queue: Queue, queue_parking: Parking) -> None:
    aws.failures["AmazonSQS.SendMessage"] = ["RequestThrottled"]
    queue_parking.park(FROM_OBJECT)
    assert len(queue.messages) == 1


def test_a_queue_that_is_not_there_is_told(aws: AwsDouble, queue_parking: Parking) -> None:
    message = failure(queue_parking, FROM_OBJECT)
    assert f"could not be parked at {QUEUE}: " in message
    assert message.endswith("Create the queue, or mend REFUSED_DESTINATION.")
    assert aws.operations() == ["AmazonSQS.GetQueueUrl"]


@pytest.mark.parametrize(
    ("operation", "code", "remedy"),
    [
        ("AmazonSQS.GetQueueUrl", "AccessDeniedException", "sqs:GetQueueUrl"),
        ("AmazonSQS.SendMessage", "AccessDenied", "sqs:SendMessage"),
        ("AmazonSQS.SendMessage", "KmsAccessDenied", "kms:GenerateDataKey"),
        ("AmazonSQS.SendMessage", "QueueDoesNotExist", "Create the queue"),
        ("AmazonSQS.SendMessage", "UnsupportedOperation", "are tried again with their event"),
    ],
)
def test_a_queue_s_refusal_names_lines_destination_and_remedy(
    aws: AwsDouble, queue: Queue, queue_parking: Parking, operation: str, code: str, remedy: str
) -> None:
    aws.failures[operation] = [code]
    message = failure(queue_parking, FROM_LOG_GROUP)
    assert message.startswith(
        f"Lines 1 to 2 of /aws/lambda/demo, which Loki refused (422, line_too_long), could not be parked at {QUEUE}: "
    )
    assert remedy in message
    assert queue.messages == []


@pytest.mark.parametrize(("arn", "service"), [(QUEUE, "SQS in us-east-1"), ("arn:aws:s3:::refused", "S3")])
def test_a_destination_that_cannot_be_reached_is_told(
    monkeypatch: pytest.MonkeyPatch, arn: str, service: str
) -> None:
    with AwsDouble() as gone:
        clients = gone.clients(monkeypatch)
    message = failure(open_parking(parse_destination(arn), clients), FROM_OBJECT)
    assert "Could not connect" in message
    assert message.endswith(f"Check that the function's network has a way to {service}.")
