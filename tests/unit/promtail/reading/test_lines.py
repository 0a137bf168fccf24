"""From blocks to lines, in bounded memory."""

import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.reading.lines import MAX_LINE_BYTES, split_lines

REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()


def split(*blocks: bytes) -> list[bytes]:
    return [line for group in split_lines(iter(blocks)) for line in group]


def cut(content: bytes, sizes: list[int]) -> Iterator[bytes]:
    start = number = 0
    while start < len(content):
        size = sizes[number % len(sizes)]
        yield content[start : start + size]
        start, number = start + size, number + 1


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
        (b"a\r\r\n", [b"a\r"]),
        (b"\0\n\xff\n", [b"\0", REPLACEMENT]),
        (b"a\x0bb\x0cc\x1cd\xe2\x80\xa8e\n", [b"a\x0bb\x0cc\x1cd\xe2\x80\xa8e"]),
    ],
)
def test_line_ends(content: bytes, expected: list[bytes]) -> None:
    assert split(content) == expected
    assert split(*cut(content, [1])) == expected


@given(
    st.lists(st.binary(max_size=50) | st.sampled_from([b"\n", b"\r", b"\r\n", "é😀".encode()])),
    st.lists(st.integers(1, 60), min_size=1),
)
def test_lines_do_not_depend_on_how_the_bytes_arrive(parts: list[bytes], sizes: list[int]) -> None:
    content = b"".join(parts)
    expected = content.split(b"\n")
    if not expected[-1]:
        expected.pop()
    assert split(*cut(content, sizes)) == [
        line.removesuffix(b"\r").decode("utf-8", "replace").encode() for line in expected
    ]


@given(st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=20)))
def test_valid_lines_stay_as_they_are(texts: list[str]) -> None:
    assert split("".join(f"{text}\n" for text in texts).encode()) == [text.encode() for text in texts]


def test_a_list_for_each_block_that_ends_a_line() -> None:
    assert list(split_lines(iter([b"a\nb\nc", b"d", b"\n", b"e"]))) == [[b"a", b"b"], [b"cd"], [b"e"]]


def test_a_character_that_two_blocks_share() -> None:
    content = "é\n😀\n".encode()
    for place in range(len(content)):
        assert split(content[:place], content[place:]) == ["é".encode(), "😀".encode()]


def test_the_longest_line() -> None:
    longest = b"x" * MAX_LINE_BYTES
    assert split(*cut(longest + b"\n" + longest, [65_536])) == [longest, longest]
    assert split(*cut(longest + b"\r\n" + longest + b"\r", [65_536])) == [longest, longest]


@pytest.mark.parametrize("end", [b"", b"\n", b"\nnext", b"\r\nnext\n"])
@pytest.mark.parametrize("more", [1, 2, 65_536, 1_000_000, 3_000_000])
def test_of_a_longer_line_the_rest_is_passed_over_but_for_what_tells_that_it_was_longer(
    more: int, end: bytes
) -> None:
    blocks = cut(b"first\n" + b"x" * (MAX_LINE_BYTES + more) + end, [65_536])
    first, longer, *others = split(*blocks)
    assert first == b"first"
    assert MAX_LINE_BYTES < len(longer) <= MAX_LINE_BYTES + 65_537
    assert set(longer) == {ord("x")}
    assert others == ([b"next"] if end.strip() else [])


def test_a_longer_line_that_is_cut_within_a_character_is_still_longer() -> None:
    for before in range(4):
        (longer,) = split(*cut(b"x" * before + "😀".encode() * (MAX_LINE_BYTES // 2), [65_536]))
        assert len(longer) > MAX_LINE_BYTES
        longer.decode()


def test_memory_does_not_grow_with_a_line_without_an_end() -> None:
    tracemalloc.start()
    try:
        (line,) = split_lines(b"x" * 262_144 for _ in range(400))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(line[0]) == MAX_LINE_BYTES + 1
    assert peak < 6_000_000
