"""Objects from S3, through the real client."""

import http.client
import ssl
import time
from typing import Any

import pytest

from promtail.aws import READ_TIMEOUT_SECONDS, Clients
from promtail.deadline import MARGIN_SECONDS, Deadline
from promtail.errors import AccessError, DeadlineError, ObjectGoneError, SourceError
from promtail.reading import s3 as s3_reading
from promtail.reading.s3 import S3Source
from promtail.triggers.work import ObjectReference
from tests.unit.promtail.faults.servers import closed_port
from tests.unit.promtail.s3_double import LAST_MODIFIED_NS, S3Double
from tests.unit.promtail.scenario import BUCKET, PLENTY

NAME = f"{BUCKET}/a/b c"
REFERENCE = ObjectReference(BUCKET, "a/b c", region="eu-west-1")
CONTENT = bytes(range(250)) * 800


class Pauses(list[float]):
    """Pauses that take no time."""

    def sleep(self, seconds: float) -> None:
        self.append(seconds)


def running(seconds: float) -> Deadline:
    """An invocation whose work has so many seconds left, from now on."""
    end = time.monotonic() + MARGIN_SECONDS + seconds
    return Deadline(lambda: int((end - time.monotonic()) * 1_000))


@pytest.fixture
def clients(s3: S3Double, monkeypatch: pytest.MonkeyPatch) -> Clients:
    for name, value in {
        "AWS_ENDPOINT_URL_S3": s3.url,
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }.items():
        monkeypatch.setenv(name, value)
    return Clients()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def source(clients: Clients, pauses: Pauses) -> S3Source:
    return S3Source(clients, pauses.sleep)


def test_an_object(s3: S3Double, source: S3Source) -> None:
    s3.objects[NAME] = CONTENT
    opened = source.open(REFERENCE, PLENTY)
    chunks = list(opened.chunks)
    assert opened.last_modified_ns == LAST_MODIFIED_NS
    assert b"".join(chunks) == CONTENT
    assert max(map(len, chunks)) <= s3_reading._CHUNK_BYTES < len(CONTENT)
    assert s3.ranges == [None]


def test_an_empty_object(s3: S3Double, source: S3Source) -> None:
    s3.objects[NAME] = b""
    assert list(source.open(REFERENCE, PLENTY).chunks) == []


def test_the_version_of_the_event_is_read(s3: S3Double, source: S3Source) -> None:
    s3.objects |= {NAME: b"new", f"{NAME}?v1": b"old"}
    opened = source.open(ObjectReference(BUCKET, "a/b c", "v1"), PLENTY)
    assert b"".join(opened.chunks) == b"old"


@pytest.mark.parametrize("version", [None, "v1"])
def test_an_object_that_is_gone(s3: S3Double, source: S3Source, version: str | None) -> None:
    with pytest.raises(ObjectGoneError, match=r"The object is gone \(NoSuch(Key|Version)\).*lifecycle rules"):
        source.open(ObjectReference(BUCKET, "a/b c", version), PLENTY)
    assert s3.reads == [f"{NAME}?{version}" if version else NAME]


def test_access_denied(s3: S3Double, source: S3Source) -> None:
    s3.refusals[NAME] = "AccessDenied"
    with pytest.raises(AccessError, match=r"AccessDenied.*must allow s3:GetObject"):
        source.open(REFERENCE, PLENTY)


def test_another_refusal(s3: S3Double, source: S3Source) -> None:
    s3.refusals[NAME] = "SlowDown"
    with pytest.raises(SourceError, match=r"S3 did not give the object: .*SlowDown"):
        source.open(REFERENCE, PLENTY)
    assert len(s3.reads) == 2  # The client itself tries once more.


def test_an_object_that_was_overwritten_since_it_was_begun(s3: S3Double, source: S3Source) -> None:
    s3.objects[NAME] = b"old"
    etag = source.open(REFERENCE, PLENTY).etag
    assert b"".join(source.open(REFERENCE, PLENTY, etag).chunks) == b"old"
    s3.objects[NAME] = b"new"
    with pytest.raises(ObjectGoneError, match=r"overwritten while it was delivered \(PreconditionFailed\)"):
        source.open(REFERENCE, PLENTY, etag)


# Broken connections


@pytest.mark.parametrize("cut", [0, 1, 65_536, 100_000, len(CONTENT) - 1])
def test_after_a_broken_connection_only_what_is_missing_is_read(
    s3: S3Double, source: S3Source, pauses: Pauses, cut: int
) -> None:
    s3.objects[NAME] = CONTENT
    s3.cuts[NAME] = [cut]
    assert b"".join(source.open(REFERENCE, PLENTY).chunks) == CONTENT
    first, second = s3.ranges
    assert first is None
    assert second is not None
    start = int(second.removeprefix("bytes=").removesuffix("-"))
    assert start <= cut  # What a read had not yet returned is asked for again.
    assert cut - start < s3_reading._CHUNK_BYTES
    assert pauses == [0.2]


def test_a_version_is_resumed_as_that_version(s3: S3Double, source: S3Source) -> None:
    s3.objects |= {NAME: bytes(200_000), f"{NAME}?v1": CONTENT}
    s3.cuts[NAME] = [70_000]
    opened = source.open(ObjectReference(BUCKET, "a/b c", "v1"), PLENTY)
    assert b"".join(opened.chunks) == CONTENT
    assert s3.reads == [f"{NAME}?v1"] * 2


def test_any_number_of_breaks_with_progress_between_them(
    s3: S3Double, source: S3Source, pauses: Pauses
) -> None:
    s3.objects[NAME] = CONTENT * 4
    s3.cut_after[NAME] = 65_536
    assert b"".join(source.open(REFERENCE, PLENTY).chunks) == CONTENT * 4
    assert len(s3.reads) >= 12
    assert set(pauses) == {0.2}


def test_breaks_without_progress_end_in_an_error(s3: S3Double, source: S3Source, pauses: Pauses) -> None:
    s3.objects[NAME] = CONTENT
    s3.cuts[NAME] = [65_536]
    s3.cut_after[NAME] = 0
    opened = source.open(REFERENCE, PLENTY)
    read = [next(opened.chunks)]
    with pytest.raises(
        SourceError, match=r"could not be read to its end: .* 65536 of 200000 bytes were read, with 4 broken"
    ):
        read += opened.chunks
    assert b"".join(read) == CONTENT[:65_536]
    assert pauses == pytest.approx([0.2, 0.4, 0.8])
    assert len(s3.reads) == 4


def test_an_object_that_is_overwritten_before_it_is_resumed_is_not_mixed(
    s3: S3Double, source: S3Source
) -> None:
    s3.objects[NAME] = CONTENT
    s3.cuts[NAME] = [70_000]
    opened = source.open(REFERENCE, PLENTY)
    read = [next(opened.chunks)]
    s3.objects[NAME] = CONTENT[::-1]
    with pytest.raises(ObjectGoneError, match="overwritten"):
        read += opened.chunks
    assert CONTENT.startswith(b"".join(read))


def test_an_object_that_is_deleted_before_it_is_resumed(s3: S3Double, source: S3Source) -> None:
    s3.objects[NAME] = CONTENT
    s3.cuts[NAME] = [70_000]
    opened = source.open(REFERENCE, PLENTY)
    next(opened.chunks)
    del s3.objects[NAME]
    with pytest.raises(ObjectGoneError, match="NoSuchKey"):
        list(opened.chunks)


def test_a_tls_error_within_the_body_is_a_broken_connection(
    s3: S3Double, source: S3Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3.objects[NAME] = CONTENT
    opened = source.open(REFERENCE, PLENTY)
    next(opened.chunks)

    def broken(*_arguments: Any) -> bytes:
        raise ssl.SSLError(1, "decryption failed or bad record mac")

    with monkeypatch.context() as patch:
        patch.setattr(http.client.HTTPResponse, "read", broken)
        with pytest.raises(SourceError, match=r"could not be read to its end: .*bad record mac"):
            next(opened.chunks)


def test_a_break_is_not_mended_when_the_time_is_too_short_for_the_pause(
    s3: S3Double, source: S3Source, pauses: Pauses
) -> None:
    s3.objects[NAME] = CONTENT
    s3.cut_after[NAME] = 0
    left = 10_000
    opened = source.open(REFERENCE, Deadline(lambda: left))
    left = 1_100
    with pytest.raises(SourceError, match="1 broken connections in a row"):
        list(opened.chunks)
    assert pauses == []


# Time


def test_no_time_to_open(s3: S3Double, source: S3Source) -> None:
    s3.objects[NAME] = CONTENT
    with pytest.raises(DeadlineError, match="time is used up"):
        source.open(REFERENCE, Deadline(lambda: 1_000))
    assert s3.reads == []


def test_reading_ends_when_the_time_is_used_up(s3: S3Double, source: S3Source) -> None:
    s3.objects[NAME] = CONTENT
    left = 10_000
    opened = source.open(REFERENCE, Deadline(lambda: left))
    next(opened.chunks)
    left = 1_000
    with pytest.raises(DeadlineError, match="time is used up"):
        next(opened.chunks)


@pytest.mark.parametrize("sent", [0, 1, 100_000])
def test_a_silence_ends_with_the_time(s3: S3Double, source: S3Source, sent: int) -> None:
    s3.objects[NAME] = CONTENT
    s3.stalls[NAME] = sent
    start = time.monotonic()
    with pytest.raises(DeadlineError):
        list(source.open(REFERENCE, running(0.3)).chunks)
    assert time.monotonic() - start < READ_TIMEOUT_SECONDS


def test_a_silence_within_the_time_is_a_broken_connection(
    s3: S3Double, source: S3Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("promtail.reading.s3.READ_TIMEOUT_SECONDS", 0.2)
    s3.objects[NAME] = CONTENT
    s3.stalls[NAME] = 1
    opened = source.open(REFERENCE, running(600.0))
    with pytest.raises(SourceError, match=r"0 of 200000 bytes were read, with 4 broken"):
        list(opened.chunks)


@pytest.mark.parametrize("content", [b"", b"one"])
def test_an_object_that_ends_at_once_gives_no_warning(
    s3: S3Double, source: S3Source, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    s3.objects[NAME] = content
    assert b"".join(source.open(REFERENCE, PLENTY).chunks) == content
    assert caplog.messages == []


def test_no_way_to_s3(source: S3Source, monkeypatch: pytest.MonkeyPatch) -> None:
    with closed_port() as port:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{port}")
        with pytest.raises(SourceError, match="S3 could not be reached"):
            source.open(REFERENCE, PLENTY)


def test_connections_are_given_back(s3: S3Double, source: S3Source) -> None:
    s3.objects[NAME] = CONTENT
    for _ in range(20):
        opened = source.open(REFERENCE, PLENTY)
        next(opened.chunks)
        opened.chunks.close()  # type: ignore[attr-defined]  # As when reading stops early.
        assert b"".join(source.open(REFERENCE, PLENTY).chunks) == CONTENT
    assert len(s3.reads) == 40
