"""From bytes to lines: gzip or plain, whole or damaged, in bounded memory."""

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.errors import CorruptObjectError
from promtail.reader import MAX_LINE_BYTES, read_lines
from tests.samples.alb_access import gzipped, lines
from tests.unit.promtail.scenario import END

SAMPLE = [line.encode() for line in lines(200, END)]
PACKED = gzipped(lines(200, END))


def chunked(content: bytes, size: int) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000, 10**6])
def test_gzip_and_plain_are_told_apart_by_content(size: int) -> None:
    plain = b"".join(line + b"\n" for line in SAMPLE)
    assert list(read_lines(chunked(PACKED, size))) == SAMPLE
    assert list(read_lines(chunked(plain, size))) == SAMPLE


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", []),
        (b"a", [b"a"]),
        (b"a\n", [b"a"]),
        (b"a\nb", [b"a", b"b"]),
        (b"a\r\nb\r\n", [b"a", b"b"]),
        (b"a\r", [b"a"]),
        (b"\n\na\n\n", [b"", b"", b"a", b""]),
        (b"a\rb\n", [b"a\rb"]),
        (b"\0\n\xff\n", [b"\0", b"\xff"]),
    ],
)
def test_line_ends(content: bytes, expected: list[bytes]) -> None:
    assert list(read_lines([content])) == expected
    assert list(read_lines([gzip.compress(content)])) == expected


@pytest.mark.parametrize("size", [1, 10, 10**6])
def test_gzip_of_several_members(size: int) -> None:
    content = gzip.compress(b"one\ntw") + gzip.compress(b"") + gzip.compress(b"o\nthree\n")
    assert list(read_lines(chunked(content, size))) == [b"one", b"two", b"three"]


@pytest.mark.parametrize("size", [1, 10, 10**6])
def test_zeros_after_gzip_are_padding(size: int) -> None:
    content = gzip.compress(b"one\n") + bytes(50)
    assert list(read_lines(chunked(content, size))) == [b"one"]


@pytest.mark.parametrize(
    "cut", [1, 2, 5, 10, 11, len(PACKED) // 2, len(PACKED) - 9, len(PACKED) - 8, len(PACKED) - 1]
)
@pytest.mark.parametrize("size", [1, 10**6])
def test_gzip_that_is_cut_off_is_an_error(cut: int, size: int) -> None:
    with pytest.raises(CorruptObjectError, match="ends too early"):
        list(read_lines(chunked(PACKED[:cut], size)))


def test_a_second_member_that_is_cut_off_is_an_error_after_the_lines_of_the_first() -> None:
    read = read_lines([gzip.compress(b"one\n") + gzip.compress(b"two\n")[:12]])
    assert next(read) == b"one"
    with pytest.raises(CorruptObjectError, match="ends too early"):
        next(read)


@pytest.mark.parametrize("position", [2, 20, len(PACKED) // 2, len(PACKED) - 8, len(PACKED) - 1])
def test_damaged_gzip_is_an_error(position: int) -> None:
    damaged = bytearray(PACKED)
    damaged[position] ^= 0xFF
    with pytest.raises(CorruptObjectError):
        list(read_lines([bytes(damaged)]))


def test_something_else_after_gzip_is_an_error() -> None:
    with pytest.raises(CorruptObjectError, match="damaged"):
        list(read_lines([gzip.compress(b"one\n") + b"two\n"]))


def test_the_longest_line() -> None:
    longest = b"x" * MAX_LINE_BYTES
    assert list(read_lines([longest + b"\n" + longest])) == [longest, longest]


@pytest.mark.parametrize("end", [b"", b"\nnext\n"])
def test_a_longer_line_is_an_error_after_the_lines_before_it(end: bytes) -> None:
    read = read_lines(chunked(b"first\n" + b"x" * (MAX_LINE_BYTES + 1) + end, 65_536))
    assert next(read) == b"first"
    with pytest.raises(CorruptObjectError, match="longer than 1048576 bytes"):
        next(read)


@given(st.lists(st.binary(max_size=50)), st.lists(st.integers(1, 200), min_size=1), st.booleans())
def test_lines_do_not_depend_on_how_the_bytes_arrive(
    blocks: list[bytes], sizes: list[int], compress: bool
) -> None:
    content = b"".join(blocks)
    expected = [line.removesuffix(b"\r") for line in content.split(b"\n")]
    if content.endswith(b"\n") or not content:
        expected.pop()
    if not compress and content.startswith(b"\x1f"):
        content = b"-" + content
        expected[0] = b"-" + expected[0]
    encoded = gzip.compress(content) if compress else content
    pieces: list[bytes] = []
    start = 0
    while start < len(encoded):
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(encoded[start : start + size])
        start += size
    assert list(read_lines(pieces)) == expected


def _endless_line(megabytes: int) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=31)
    for _ in range(megabytes):
        yield packer.compress(b"x" * 1_000_000)
    yield packer.flush()


def _many_lines(count: int) -> Iterator[bytes]:
    packer = zlib.compressobj(1, wbits=31)
    for _ in range(count // 200):
        yield packer.compress(b"".join(line + b"\n" for line in SAMPLE))
    yield packer.flush()


def test_memory_does_not_grow_with_the_object() -> None:
    content = b"".join(_many_lines(100_000))  # 70 MB when unpacked
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_lines(chunked(content, 65_536)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 100_000
    assert peak < 3_000_000


def test_memory_does_not_grow_with_a_bomb() -> None:
    content = b"".join(_endless_line(200))
    assert len(content) < 250_000
    tracemalloc.start()
    try:
        with pytest.raises(CorruptObjectError, match="longer than"):
            list(read_lines([content]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6_000_000
