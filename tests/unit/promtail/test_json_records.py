"""Records of a JSON document, read block by block."""

import contextlib
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promtail.errors import CorruptObjectError
from promtail.reading.json_records import GROUP_BYTES, split_records
from promtail.reading.lines import MAX_LINE_BYTES


def split(document: bytes, size: int = 64 * 1024) -> list[bytes]:
    return [record for group in split_records(blocks(document, size)) for record in group]


def blocks(document: bytes, size: int) -> Iterator[bytes]:
    return (document[start : start + size] for start in range(0, len(document), size))


def split_until_broken(document: bytes, size: int = 64 * 1024) -> tuple[list[bytes], str]:
    records: list[bytes] = []
    try:
        for group in split_records(blocks(document, size)):
            records += group
    except CorruptObjectError as broken:
        return records, str(broken)
    pytest.fail("nothing was told")


def test_records_are_found_in_their_order_and_as_they_are() -> None:
    assert split(b'{"Records":[{"a":1.10,"b":"\\u00e9\\/"},{"c":[{"d":{}}]}]}') == [
        b'{"a":1.10,"b":"\\u00e9\\/"}',
        b'{"c":[{"d":{}}]}',
    ]


def test_white_space_between_tokens_goes_and_that_in_strings_stays() -> None:
    document = b' {\n "Records" : [\r\n { "a b" : [ 1, 2 ],\t"c": "x  y\\" z" } ,\n{ } ] \n}\n'
    assert split(document) == [b'{"a b":[1,2],"c":"x  y\\" z"}', b"{}"]


@pytest.mark.parametrize("document", [b"", b" \n", b'{"Records":[]}', b" " * 5000 + b' { "Records" : [ ] } '])
def test_a_document_may_have_no_records(document: bytes) -> None:
    assert split(document) == []


def test_brackets_and_quotes_in_strings_are_no_structure() -> None:
    record = json.dumps({"a": '}]{["\\', "b\\": "\\\\"}).encode()
    assert split(b'{"Records":[' + record + b"," + record + b"]}") == [record.replace(b" ", b"")] * 2


def test_records_are_valid_utf8() -> None:
    assert split(b'{"Records":[{"a":"\xff"},{"b":"\xc3\xa9"}]}') == [
        b'{"a":"\xef\xbf\xbd"}',
        b'{"b":"\xc3\xa9"}',
    ]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
_RECORDS = st.lists(st.dictionaries(st.text(st.characters(codec="utf-8")), _JSON, max_size=4), max_size=5)


@given(_RECORDS, st.integers(1, 40), st.sampled_from([None, 1, "\t"]))
def test_every_document_is_split_the_same_whatever_the_blocks_and_the_layout(
    records: list[dict[str, Any]], size: int, indent: Any
) -> None:
    document = json.dumps({"Records": records}, indent=indent).encode()
    found = split(document, size)
    assert [json.loads(record) for record in found] == records
    assert found == [json.dumps(record, separators=(",", ":")).encode() for record in records]


def _ends(records: list[dict[str, Any]]) -> list[int]:
    """Where each record ends in the document that `json.dumps` writes."""
    return [len(json.dumps({"Records": records[: number + 1]})) - 2 for number in range(len(records))]


@given(_RECORDS, st.data())
def test_a_document_that_is_cut_off_anywhere_is_told_after_what_came_before(
    records: list[dict[str, Any]], data: st.DataObject
) -> None:
    document = json.dumps({"Records": records}).encode()
    cut = document[: data.draw(st.integers(1, len(document) - 1))]
    found, _ = split_until_broken(cut, data.draw(st.integers(1, 40)))
    assert [json.loads(record) for record in found] == records[: len(found)]
    ends = _ends(records)
    assert len(found) == sum(end <= len(cut) for end in ends)


@given(st.binary(max_size=200), st.integers(1, 40))
def test_no_bytes_raise_anything_else(anything: bytes, size: int) -> None:
    for document in (anything, b'{"Records":[' + anything, b'{"Records":[{}' + anything + b"}]}"):
        with contextlib.suppress(CorruptObjectError):
            split(document, size)


def test_a_document_that_is_cut_off_keeps_its_whole_records() -> None:
    records, told = split_until_broken(b'{"Records":[{"a":1},{"b":2},{"c":')
    assert records == [b'{"a":1}', b'{"b":2}']
    assert "cut off" in told
    assert split_until_broken(b'{"Records":[{"a":1}')[0] == [b'{"a":1}']
    assert split_until_broken(b'{"Records":[{"a":1}]')[0] == [b'{"a":1}']


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (b'[{"a":1}]', "does not start as a list of records"),
        (b'{"Records":{"a":1}}', "does not start as a list of records"),
        (b'{"records":[{"a":1}]}', "does not start as a list of records"),
        (b"no JSON", "does not start as a list of records"),
        (b"{" + b" " * 5000, "does not start as a list of records"),
        (b'{"Records":[1]}', "A record is no JSON object"),
        (b'{"Records":[{"a":1}}]}', "A record is no JSON object"),
        (b'{"Records":[],"more":[]}', "goes on after its records"),
        (b'{"Records":[]}{"Records":[{}]}', "goes on after its records"),
    ],
)
def test_another_document_is_told_with_a_remedy(document: bytes, told: str) -> None:
    for size in (1, 7, 100_000):
        _, message = split_until_broken(document, size)
        assert told in message
        assert "under a prefix that the bucket's notification leaves out" in message


@pytest.mark.parametrize("size", [1000, 64 * 1024, 4 * 1024 * 1024])
def test_a_record_that_is_too_long_is_told_after_what_came_before(size: int) -> None:
    most = b'{"a":"' + b"x" * (MAX_LINE_BYTES - 8) + b'"}'
    more = b'{"a":"' + b"x" * (MAX_LINE_BYTES - 7) + b'"}'
    assert split(b'{"Records":[' + most + b"]}", size) == [most]
    records, told = split_until_broken(b'{"Records":[{"a":1},' + more + b"]}", size)
    assert records == [b'{"a":1}']
    assert f"more than {MAX_LINE_BYTES} bytes" in told


def test_groups_are_bounded_also_when_a_block_is_not() -> None:
    record = b'{"a":"' + b"x" * 1000 + b'"}'
    document = b'{"Records":[' + b",".join([record] * 2000) + b"]}"
    groups = list(split_records(iter([document])))
    assert sum(map(len, groups)) == 2000
    assert max(sum(map(len, group)) for group in groups) <= GROUP_BYTES + len(record)


def test_memory_does_not_grow_with_the_document() -> None:
    record = b'{"a":"' + b"x" * 1000 + b'","b":[1,2,3]},'

    def document() -> Iterator[bytes]:
        yield b'{"Records":['
        for _ in range(400):
            yield record * 64
        yield b"{}]}"
        for _ in range(400):
            yield b" " * 65536

    tracemalloc.start()
    try:
        assert sum(len(group) for group in split_records(document())) == 400 * 64 + 1
        assert tracemalloc.get_traced_memory()[1] < 2 * 1024 * 1024
    finally:
        tracemalloc.stop()
