"""Objects from S3, through the real client."""

import http.client
import ssl
import time
from typing import Any

import pytest
from mypy_boto3_s3 import S3Client

from promtail.errors import AccessError, ObjectGoneError, SourceError
from promtail.event import ObjectReference
from promtail.source import S3Source
from tests.unit.promtail.s3_double import LAST_MODIFIED_NS, S3Double
from tests.unit.promtail.scenario import BUCKET

NAME = f"{BUCKET}/a/b c"
REFERENCE = ObjectReference(BUCKET, "a/b c")


def test_an_object(s3: S3Double, s3_client: S3Client) -> None:
    s3.objects[NAME] = bytes(200_000)
    opened = S3Source(s3_client).open(REFERENCE)
    chunks = list(opened.chunks)
    assert opened.last_modified_ns == LAST_MODIFIED_NS
    assert b"".join(chunks) == bytes(200_000)
    assert max(map(len, chunks)) <= 65_536


def test_an_empty_object(s3: S3Double, s3_client: S3Client) -> None:
    s3.objects[NAME] = b""
    assert list(S3Source(s3_client).open(REFERENCE).chunks) == []


def test_the_version_of_the_event_is_read(s3: S3Double, s3_client: S3Client) -> None:
    s3.objects |= {NAME: b"new", f"{NAME}?v1": b"old"}
    opened = S3Source(s3_client).open(ObjectReference(BUCKET, "a/b c", "v1"))
    assert b"".join(opened.chunks) == b"old"


@pytest.mark.parametrize("version", [None, "v1"])
def test_an_object_that_is_gone(s3: S3Double, s3_client: S3Client, version: str | None) -> None:
    with pytest.raises(ObjectGoneError, match=r"The object is gone \(NoSuch(Key|Version)\).*lifecycle rules"):
        S3Source(s3_client).open(ObjectReference(BUCKET, "a/b c", version))
    assert s3.reads == [f"{NAME}?{version}" if version else NAME]


def test_access_denied(s3: S3Double, s3_client: S3Client) -> None:
    s3.refusals[NAME] = "AccessDenied"
    with pytest.raises(AccessError, match=r"AccessDenied.*must allow s3:GetObject"):
        S3Source(s3_client).open(REFERENCE)


def test_another_refusal(s3: S3Double, s3_client: S3Client) -> None:
    s3.refusals[NAME] = "SlowDown"
    with pytest.raises(SourceError, match=r"S3 did not give the object: .*SlowDown"):
        S3Source(s3_client).open(REFERENCE)


@pytest.mark.parametrize("cut", [0, 1, 100_000, 199_999])
def test_a_connection_that_breaks_is_an_error(s3: S3Double, s3_client: S3Client, cut: int) -> None:
    s3.objects[NAME] = bytes(200_000)
    s3.cut_after[NAME] = cut
    opened = S3Source(s3_client).open(REFERENCE)
    with pytest.raises(SourceError, match="could not be read to its end"):
        list(opened.chunks)


def test_a_tls_error_within_the_body_is_an_error_of_the_source(
    s3: S3Double, s3_client: S3Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3.objects[NAME] = bytes(200_000)
    opened = S3Source(s3_client).open(REFERENCE)
    next(opened.chunks)

    def broken(*_arguments: Any) -> bytes:
        raise ssl.SSLError(1, "decryption failed or bad record mac")

    monkeypatch.setattr(http.client.HTTPResponse, "read", broken)
    with pytest.raises(
        SourceError, match=r"could not be read to its end: .*bad record mac.*event is retried"
    ):
        next(opened.chunks)


@pytest.mark.parametrize("sent", [0, 1, 100_000])
def test_a_silence_ends_after_the_limit(s3: S3Double, s3_client: S3Client, sent: int) -> None:
    s3.objects[NAME] = bytes(200_000)
    s3.stalls[NAME] = (sent, 2.0)
    opened = S3Source(s3_client).open(REFERENCE)
    start = time.monotonic()
    opened.limit_silence(0.2)
    with pytest.raises(SourceError, match=r"could not be read to its end: Read timeout"):
        list(opened.chunks)
    assert time.monotonic() - start < 1.5


def test_the_limit_is_never_above_that_of_the_source(
    s3: S3Double, s3_client: S3Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("promtail.source.READ_TIMEOUT_SECONDS", 0.2)
    s3.objects[NAME] = bytes(200_000)
    s3.stalls[NAME] = (1, 2.0)
    opened = S3Source(s3_client).open(REFERENCE)
    start = time.monotonic()
    opened.limit_silence(600.0)
    with pytest.raises(SourceError, match="Read timeout"):
        list(opened.chunks)
    assert time.monotonic() - start < 1.5


def test_the_limit_may_be_set_until_after_the_end(
    s3: S3Double, s3_client: S3Client, caplog: pytest.LogCaptureFixture
) -> None:
    for content in (b"", b"one"):
        s3.objects[NAME] = content
        opened = S3Source(s3_client).open(REFERENCE)
        opened.limit_silence(5.0)
        assert b"".join(opened.chunks) == content
        opened.limit_silence(5.0)
    assert caplog.messages == []


def test_no_way_to_s3() -> None:
    with S3Double() as gone:
        client = gone.client()
    with pytest.raises(SourceError, match="S3 could not be reached"):
        S3Source(client).open(REFERENCE)
