"""What goes over the wire, read by a decoder that does not share the code's definitions."""

import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import promtail
from promtail.batch import Entry
from promtail.encode import encode_push, format_labels
from tests.harness.loki.labels import parse_labels
from tests.harness.loki.wire import decode_protobuf

FUNCTION = Path(promtail.__file__).parent
_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_a_push() -> None:
    (stream,) = decode_protobuf(
        encode_push('{a="b"}', [Entry(1_748_858_640_123_456_789, "héllo"), Entry(-1, "old")])
    )
    assert stream.labels == '{a="b"}'
    assert [(entry.timestamp, entry.line) for entry in stream.entries] == [
        (1_748_858_640_123_456_789, "héllo"),
        (-1, "old"),
    ]


def test_the_bytes_are_the_same_each_time() -> None:
    entries = [Entry(number, f"line {number}") for number in range(1_000)]
    assert encode_push("{}", entries) == encode_push("{}", entries)


@given(st.lists(st.builds(Entry, st.integers(-(10**18), 10**19), _TEXT), max_size=20))
def test_time_and_text_survive(entries: list[Entry]) -> None:
    (stream,) = decode_protobuf(encode_push("{}", entries))
    assert [Entry(entry.timestamp, entry.line) for entry in stream.entries] == entries


def test_labels_are_sorted_and_quoted() -> None:
    assert format_labels({"b": 'say "hi"\n\\', "a": "é"}) == '{a="é", b="say \\"hi\\"\\n\\\\"}'


@given(
    st.dictionaries(st.from_regex(r"[a-zA-Z_][a-zA-Z0-9_]*", fullmatch=True), _TEXT, min_size=1, max_size=5)
)
def test_labels_survive(labels: dict[str, str]) -> None:
    assert parse_labels(format_labels(labels)) == labels


def test_the_generated_code_is_that_of_the_definition(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "grpc_tools.protoc",
            f"--proto_path={FUNCTION.parent}",
            f"--python_out={tmp_path}",
            "promtail/logproto.proto",
        ],
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "promtail/logproto_pb2.py").read_text() == (FUNCTION / "logproto_pb2.py").read_text()
