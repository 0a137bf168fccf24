"""From stored bytes to written bytes: gzip or plain, whole or damaged, in bounded memory."""

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.errors import CorruptObjectError
from promtail.reading.decode import BLOCK_BYTES, decode
from tests.samples.alb_access import gzipped, lines
from tests.unit.promtail.scenario import END

PLAIN = "".join(f"{line}\n" for line in lines(200, END)).encode()
PACKED = gzipped(lines(200, END))


def chunked(content: bytes, size: int) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


def decoded(content: bytes, size: int = 65_536) -> bytes:
    return b"".join(decode(chunked(content, size)))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000, 10**6])
def test_gzip_and_plain_are_told_apart_by_content(size: int) -> None:
    assert decoded(PACKED, size) == PLAIN
    assert decoded(PLAIN, size) == PLAIN


@pytest.mark.parametrize("size", [1, 2, 3, 10**6])
@pytest.mark.parametrize("content", [b"", b"a", b"ab", b"\0", b"\x28\xb5\x2f", b"\x1e\x8b", b"\n\x1f\x8b"])
def test_short_contents(content: bytes, size: int) -> None:
    assert decoded(content, size) == content
    assert decoded(gzip.compress(content), size) == content


def test_nothing_at_all() -> None:
    assert list(decode(iter([]))) == []
    assert list(decode(iter([b"", b""]))) == []


def test_empty_chunks_are_no_end() -> None:
    half = len(PACKED) // 2
    assert b"".join(decode(iter([b"", PACKED[:1], b"", PACKED[1:half], b"", PACKED[half:]]))) == PLAIN


@given(st.binary(max_size=3_000), st.integers(1, 600), st.integers(0, 9), st.booleans())
def test_content_does_not_depend_on_how_the_bytes_arrive(
    content: bytes, size: int, level: int, compress: bool
) -> None:
    if not compress and content.startswith((b"\x1f", b"\x28")):
        content = b"-" + content
    assert decoded(gzip.compress(content, level) if compress else content, size) == content


@pytest.mark.parametrize("more", [-258, -1, 0, 1, 8, 257, 258])
@pytest.mark.parametrize("blocks", [1, 2])
@pytest.mark.parametrize("pattern", [b"\0", b"hello world "])
def test_blocks_that_end_where_the_input_ends(blocks: int, more: int, pattern: bytes) -> None:
    # What is highly compressed may still be to come when all input was given.
    size = blocks * BLOCK_BYTES + more
    content = (pattern * size)[:size]
    packed = gzip.compress(content)
    for step in (1, 8, len(packed)):
        assert decoded(packed, step) == content


@pytest.mark.parametrize("size", [1, 10, 10**6])
def test_gzip_of_several_members(size: int) -> None:
    content = gzip.compress(b"one\ntw") + gzip.compress(b"") + gzip.compress(b"o\nthree\n")
    assert decoded(content, size) == b"one\ntwo\nthree\n"


@pytest.mark.parametrize("size", [1, 10, 10**6])
def test_zeros_between_and_after_gzip_are_padding(size: int) -> None:
    content = gzip.compress(b"one\n") + bytes(50) + gzip.compress(b"two\n") + bytes(50)
    assert decoded(content, size) == b"one\ntwo\n"


@pytest.mark.parametrize(
    "cut", [1, 2, 5, 10, 11, len(PACKED) // 2, len(PACKED) - 9, len(PACKED) - 8, len(PACKED) - 1]
)
@pytest.mark.parametrize("size", [1, 10**6])
def test_gzip_that_is_cut_off_is_an_error(cut: int, size: int) -> None:
    with pytest.raises(CorruptObjectError, match=r"ends too early: .*Write the object again"):
        decoded(PACKED[:cut], size)


def test_what_came_before_the_cut_is_returned_first() -> None:
    blocks: list[bytes] = []
    with pytest.raises(CorruptObjectError, match="ends too early"):
        blocks.extend(decode(iter([gzip.compress(b"one\n") + PACKED[:-9]])))
    assert (b"one\n" + PLAIN).startswith(b"".join(blocks))
    assert len(b"".join(blocks)) > len(PLAIN) - 100


@pytest.mark.parametrize("position", [2, 20, len(PACKED) // 2, len(PACKED) - 8, len(PACKED) - 1])
@pytest.mark.parametrize("size", [7, 10**6])
def test_damaged_gzip_is_an_error(position: int, size: int) -> None:
    damaged = bytearray(PACKED)
    damaged[position] ^= 0xFF
    with pytest.raises(CorruptObjectError):
        decoded(bytes(damaged), size)


def test_something_else_after_gzip_is_an_error() -> None:
    for more in (b"two\n", b"\x1f", b"\0\0two\n"):
        with pytest.raises(CorruptObjectError):
            decoded(gzip.compress(b"one\n") + more)
    with pytest.raises(CorruptObjectError, match=r"damaged \(.*\)\. Lines before it are delivered"):
        decoded(gzip.compress(b"one\n") + b"two and three\n" * 2)


@pytest.mark.parametrize("size", [1, 2, 100])
def test_zstandard_is_refused_by_name(size: int) -> None:
    with pytest.raises(CorruptObjectError, match=r"compressed by Zstandard, .*as gzip or plain text"):
        decoded(b"\x28\xb5\x2f\xfd\x24\x04!\0\0one\n\x97\xd9\x99", size)


def test_an_error_of_the_source_is_passed_on() -> None:
    def chunks() -> Iterator[bytes]:
        yield PACKED[:100]
        raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        list(decode(chunks()))


@pytest.mark.parametrize("content", [PLAIN * 20, gzip.compress(bytes(5_000_000)), bytes(5_000_000)])
def test_no_block_is_larger_than_the_limit(content: bytes) -> None:
    assert max(map(len, decode(iter([content])))) <= BLOCK_BYTES


def test_memory_does_not_grow_with_a_bomb() -> None:
    packer = zlib.compressobj(wbits=31)
    content = b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(200)), packer.flush()])
    assert len(content) < 250_000
    tracemalloc.start()
    try:
        size = sum(map(len, decode(chunked(content, 65_536))))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size == 200_000_000
    assert peak < 2_000_000
