"""The benchmark's own parts: figures of a run count only if these would have noticed a fault."""

from __future__ import annotations

import asyncio
import gzip
import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from http.client import HTTPConnection
from pathlib import Path

import cramjam
import psutil
import pytest

from tests.bench import differences, generator, verify
from tests.bench.drive import Program, ProgramError, running
from tests.bench.generator import Record
from tests.bench.inputs import provide
from tests.bench.plan import Results, programs_of, scenarios
from tests.bench.serving import serving
from tests.bench.sink import read_pushes
from tests.bench.stream import METADATA_FIELDS, Expected, Fingerprint, fingerprint, item
from tests.bench.verify import LABELS, VerificationError, check, read

_LINES = 200
_LABELS = '{__aws_log_type="s3_lb", __aws_s3_lb="shop-2", __aws_s3_lb_owner="222222222222"}'

Row = tuple[int, str, tuple[tuple[str, str], ...]]  # nanoseconds, line, structured metadata


def _records(count: int = _LINES, seed: int = 1) -> list[Record]:
    return [record for portion in generator.records(count, seed) for record in portion]


def _rows(*, metadata: bool = False) -> list[Row]:
    return [
        (record.microseconds * 1_000, record.line, record.metadata if metadata else ())
        for record in _records()
    ]


def _expected(sharing: int = 0) -> Expected:
    records = _records()
    return Expected(
        fingerprint(item(record.microseconds, record.line) for record in records),
        fingerprint(item(record.microseconds, record.line, record.metadata) for record in records),
        sharing,
    )


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*found, number))


def _bytes_field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number_field(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _push(rows: Iterable[Row], labels: str = _LABELS) -> bytes:
    """Encode a push by hand, with the field numbers of Loki's pkg/push/push.proto."""
    stream = _bytes_field(1, labels.encode())
    for nanoseconds, line, metadata in rows:
        seconds, rest = divmod(nanoseconds, 1_000_000_000)
        entry = _bytes_field(1, _number_field(1, seconds) + _number_field(2, rest))
        entry += _bytes_field(2, line.encode())
        for name, value in metadata:
            entry += _bytes_field(3, _bytes_field(1, name.encode()) + _bytes_field(2, value.encode()))
        stream += _bytes_field(2, entry)
    return bytes(cramjam.snappy.compress_raw(_bytes_field(1, stream)))


def _keep(path: Path, bodies: Sequence[bytes]) -> Path:
    path.write_bytes(b"".join(struct.pack("<I", len(body)) + body for body in bodies))
    return path


def _kept(path: Path, rows: Sequence[Row], labels: str = _LABELS) -> Path:
    return _keep(path / "pushes", [_push(rows[:70], labels), _push(rows[70:], labels)])


def test_generator_gives_the_same_lines_for_the_same_seed() -> None:
    assert _records(5_000) == _records(5_000)
    assert _records(50, seed=2) != _records(50)


def test_generator_makes_complete_lines_of_about_700_bytes_in_time_order() -> None:
    records = _records(5_000)

    assert len(records) == 5_000
    assert 650 <= sum(len(record.line) for record in records) / len(records) <= 750
    assert [record.microseconds for record in records] == sorted(record.microseconds for record in records)
    for record in records:
        assert "\n" not in record.line
        quoted = record.line.split('"')
        assert len([*" ".join(quoted[::2]).split(), *quoted[1::2]]) == 34
        assert set(dict(record.metadata)) <= set(METADATA_FIELDS)


def test_generated_metadata_and_time_are_what_the_line_says() -> None:
    for record in _records():
        outside, fields = record.line.split('"')[0::2], dict(record.metadata)
        plain = " ".join(outside).split()
        method, url, _ = record.line.split('"')[1].split()

        assert plain[1].startswith("2026-01-01T11:5")
        assert plain[1].endswith(f".{record.microseconds % 1_000_000:06d}Z")
        assert fields["client_ip"] == plain[3].rpartition(":")[0]
        assert fields.get("target_ip", "-") == (plain[4].rpartition(":")[0] or "-")
        assert fields.get("target_processing_time", "-1") == plain[6]
        assert fields["elb_status_code"] == plain[8]
        assert fields.get("target_status_code", "-") == plain[9]
        assert fields["method"] == method
        assert url.partition("?")[0].endswith(f":443{fields['path']}")
        assert fields["user_agent"] == record.line.split('"')[3]


def test_an_input_is_compressed_like_real_logs_and_made_only_once(tmp_path: Path) -> None:
    made: list[int] = []
    first = provide(tmp_path, 3_000, made.append)
    written = first.path.stat().st_mtime_ns
    content = gzip.decompress(first.path.read_bytes())

    assert content.decode() == "".join(f"{record.line}\n" for record in _records(3_000))
    assert 5 <= len(content) / first.path.stat().st_size <= 10
    assert first.expected.lines == fingerprint(
        item(record.microseconds, record.line) for record in _records(3_000)
    )
    assert provide(tmp_path, 3_000, made.append) == first
    assert first.path.stat().st_mtime_ns == written
    assert sum(made) == 3_000


def test_an_input_that_was_not_finished_is_made_again(tmp_path: Path) -> None:
    first = provide(tmp_path, 100)
    whole = first.path.read_bytes()
    first.path.with_suffix(".json").unlink()
    first.path.write_bytes(whole[:50])

    assert provide(tmp_path, 100) == first
    assert first.path.read_bytes() == whole


def test_lines_that_share_a_microsecond_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = [1, 2, 2, 3, 3, 3, 4]
    portions = [[Record(time, "x", ()) for time in part] for part in (times[:2], times[2:5], times[5:])]
    monkeypatch.setattr(generator, "records", lambda _count: iter(portions))

    assert provide(tmp_path, len(times)).expected.sharing == 5


def test_fingerprints_of_parts_add_up_in_any_order() -> None:
    items = [b"a", b"b", b"b", b"c"]

    assert fingerprint(items[2:]) + fingerprint(items[:2]) == fingerprint(reversed(items))
    assert fingerprint(items) + Fingerprint() == fingerprint(items)


@pytest.mark.parametrize("metadata", [False, True], ids=["plain", "with metadata"])
def test_exactly_what_was_sent_passes(tmp_path: Path, metadata: bool) -> None:
    rows = list(reversed(_rows(metadata=metadata)))

    arrived = read(_kept(tmp_path, rows))

    check(arrived, _expected(), metadata=metadata)
    assert arrived.pushes == 2
    assert arrived.push_bytes == sum(map(len, read_pushes(tmp_path / "pushes")))


def test_parts_that_are_read_for_themselves_make_the_whole(tmp_path: Path) -> None:
    path = _keep(tmp_path / "pushes", [_push([row]) for row in _rows()])

    assert sum((read(path, part, of=3) for part in range(3)), verify.Arrived()) == read(path)


def _missing(rows: list[Row]) -> list[Row]:
    return rows[:-1]


def _doubled(rows: list[Row]) -> list[Row]:
    return [*rows, rows[3]]


def _doubled_for_another(rows: list[Row]) -> list[Row]:
    return [*rows[1:], rows[3]]


def _changed_byte(rows: list[Row]) -> list[Row]:
    time, line, metadata = rows[5]
    return [*rows[:5], (time, line[:-1] + "8", metadata), *rows[6:]]


def _later_by_a_microsecond(rows: list[Row]) -> list[Row]:
    time, line, metadata = rows[5]
    return [*rows[:5], (time + 1_000, line, metadata), *rows[6:]]


def _times_swapped(rows: list[Row]) -> list[Row]:
    (time, line, metadata), (other_time, other_line, other_metadata) = rows[:2]
    return [(other_time, line, metadata), (time, other_line, other_metadata), *rows[2:]]


def _later_by_a_nanosecond(rows: list[Row]) -> list[Row]:
    time, line, metadata = rows[5]
    return [*rows[:5], (time + 1, line, metadata), *rows[6:]]


def _metadata_not_asked_for(rows: list[Row]) -> list[Row]:
    time, line, _ = rows[5]
    return [*rows[:5], (time, line, (("method", "GET"),)), *rows[6:]]


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (_missing, "199 lines arrived, and not 200: 1 too few"),
        (_doubled, "201 lines arrived, and not 200: 1 too many"),
        (_doubled_for_another, "not the same ones"),
        (_changed_byte, "not the same ones"),
        (_later_by_a_microsecond, "not the same ones"),
        (_times_swapped, "not the same ones"),
        (_later_by_a_nanosecond, "1 lines have further nanoseconds, but only 0"),
        (_metadata_not_asked_for, "not the same ones"),
    ],
)
def test_a_fault_in_the_lines_is_found(
    tmp_path: Path, fault: Callable[[list[Row]], list[Row]], message: str
) -> None:
    with pytest.raises(VerificationError, match=message):
        check(read(_kept(tmp_path, fault(_rows()))), _expected(), metadata=False)


def test_lines_of_the_same_microsecond_may_have_further_nanoseconds(tmp_path: Path) -> None:
    rows = _later_by_a_nanosecond(_rows())

    check(read(_kept(tmp_path, rows)), _expected(sharing=2), metadata=False)


@pytest.mark.parametrize(
    "change",
    [
        lambda metadata: metadata[1:],
        lambda metadata: ((metadata[0][0], "299"), *metadata[1:]),
        lambda metadata: (*metadata, ("more", "1")),
    ],
    ids=["missing", "changed", "additional"],
)
def test_wrong_structured_metadata_is_found(
    tmp_path: Path, change: Callable[[tuple[tuple[str, str], ...]], tuple[tuple[str, str], ...]]
) -> None:
    rows = _rows(metadata=True)
    time, line, metadata = rows[7]
    rows[7] = (time, line, change(metadata))

    with pytest.raises(VerificationError, match="not the same ones"):
        check(read(_kept(tmp_path, rows)), _expected(), metadata=True)


@pytest.mark.parametrize(
    "labels",
    [
        _LABELS.replace("shop-2", "shop-3"),
        _LABELS.replace("}", ', more="1"}'),
        '{__aws_log_type="s3_lb", __aws_s3_lb="shop-2"}',
        "no labels",
    ],
)
def test_wrong_labels_are_found(tmp_path: Path, labels: str) -> None:
    with pytest.raises(VerificationError, match="labels"):
        check(read(_kept(tmp_path, _rows(), labels)), _expected(), metadata=False)


def test_labels_in_another_order_and_spacing_are_the_same_labels(tmp_path: Path) -> None:
    labels = "{" + ",".join(f'{name}="{value}"' for name, value in reversed(list(LABELS.items()))) + "}"

    check(read(_kept(tmp_path, _rows(), labels)), _expected(), metadata=False)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"no snappy", "cannot be decoded"),
        (bytes(cramjam.snappy.compress_raw(b"")), "is empty"),
        (_push([]), "is empty"),
    ],
)
def test_a_body_that_loki_does_not_take_is_found(tmp_path: Path, body: bytes, message: str) -> None:
    with pytest.raises(VerificationError, match=message):
        read(_keep(tmp_path / "pushes", [body]))


def test_differences_show_the_lines_concerned(tmp_path: Path) -> None:
    rows = _rows()
    changed = _changed_byte(rows)

    shown = differences.describe(_kept(tmp_path, changed), [_LINES], metadata=False).splitlines()

    assert len(shown) == 2
    assert shown[0].startswith("missing: ")
    assert repr(rows[5][1]) in shown[0]
    assert shown[1].startswith("not expected: ")
    assert repr(changed[5][1]) in shown[1]


def test_the_sink_keeps_bodies_and_refuses_what_is_no_push(tmp_path: Path) -> None:
    path = tmp_path / "pushes"
    with serving("tests.bench.sink", str(path), "0") as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        statuses = [
            _post(connection, "/loki/api/v1/push", b"first", "application/x-protobuf"),
            _post(connection, "/loki/api/v1/push", b"{}", "application/json"),
            _post(connection, "/other", b"lost", "application/x-protobuf"),
            _post(connection, "/loki/api/v1/push", b"second", "application/x-protobuf"),
        ]
        connection.close()

    assert statuses == [204, 415, 404, 204]
    assert list(read_pushes(path)) == [b"first", b"second"]


def _post(connection: HTTPConnection, path: str, body: bytes, content_type: str) -> int:
    connection.request("POST", path, body, {"Content-Type": content_type})
    response = connection.getresponse()
    response.read()
    return response.status


def test_the_sink_lets_pushes_wait_side_by_side(tmp_path: Path) -> None:
    async def push(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"POST /loki/api/v1/push HTTP/1.1\r\nContent-Type: application/x-protobuf\r\nContent-Length: 1\r\n\r\nx"
        )
        answer = await reader.readline()
        writer.close()
        return answer

    async def pushes(port: int) -> tuple[list[bytes], float]:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        answers = await asyncio.gather(*(push(port) for _ in range(20)))
        return answers, loop.time() - begun

    with serving("tests.bench.sink", str(tmp_path / "pushes"), "500") as port:
        answers, seconds = asyncio.run(pushes(port))

    assert answers == [b"HTTP/1.1 204 No Content\r\n"] * 20
    assert 0.5 <= seconds < 10  # one after the other would take ten


def test_the_object_server_gives_whole_objects_and_ranges_in_both_styles(tmp_path: Path) -> None:
    (tmp_path / "bench" / "a b").mkdir(parents=True)
    (tmp_path / "bench" / "a b" / "key").write_bytes(b"0123456789")
    (tmp_path / "secret").write_bytes(b"not in a bucket")

    with serving("tests.bench.s3_server", str(tmp_path)) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        whole = _get(connection, "/bench/a%20b/key?x-id=GetObject")
        etag = whole[2]
        assert whole[:2] == (200, b"0123456789")
        assert _get(connection, "/a%20b/key", Host="bench.localhost:1")[:2] == (200, b"0123456789")
        assert _get(connection, "/bench/a%20b/key", Range="bytes=7-")[:2] == (206, b"789")
        assert _get(connection, "/bench/a%20b/key", Range="bytes=2-3")[:2] == (206, b"23")
        assert _get(connection, "/bench/a%20b/key", Range="bytes=10-")[0] == 416
        assert _get(connection, "/bench/a%20b/key", **{"If-Match": etag})[0] == 200
        assert _get(connection, "/bench/a%20b/key", **{"If-Match": '"other"'})[0] == 412
        assert _get(connection, "/bench/none")[0] == 404
        assert _get(connection, "/bench/../../etc/hostname")[0] == 404
        connection.close()


def _get(connection: HTTPConnection, path: str, **headers: str) -> tuple[int, bytes, str]:
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read(), response.getheader("ETag", "")


def test_a_program_that_does_not_speak_the_runtime_api_fails_with_its_output(tmp_path: Path) -> None:
    program = Program("broken", ("sh", "-c", "echo not today; exit 3"), tmp_path)

    with pytest.raises(ProgramError, match=r"(?s)code=3.*not today"), running(program, {}, tmp_path):
        pass


def test_a_program_that_answers_is_measured_and_ended(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import os, pathlib, time, urllib.request as http\n"
        "pathlib.Path('pid').write_text(str(os.getpid()))\n"
        "root = f\"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation\"\n"
        "while True:\n"
        "    with http.urlopen(root + '/next') as event:\n"
        "        name = event.headers['Lambda-Runtime-Aws-Request-Id']\n"
        "    end = time.process_time() + 0.3\n"
        "    while time.process_time() < end: pass\n"
        "    time.sleep(0.2)\n"
        "    http.urlopen(f'{root}/{name}/response', os.environ['ANSWER'].encode()).read()\n"
    )
    program = Program("working", (sys.executable, str(script)), tmp_path, {"ANSWER": "{}"})

    with running(program, {}, tmp_path) as run:
        first, second = run.invoke({}), run.invoke({})
        assert 0 < run.first_poll_seconds < run.age_seconds
        assert run.peak_bytes > 1_000_000

    for usage in (first, second):
        assert 0.25 < usage.cpu_seconds < 0.5  # It sleeps for another 0.2.
        assert usage.seconds >= 0.5
    assert not psutil.pid_exists(int((tmp_path / "pid").read_text()))


def test_only_this_function_is_measured_with_structured_metadata() -> None:
    own, other = (Program(label, (), Path()) for label in ("own", "other"))
    planned = scenarios(1_000_000, runs=5, latency_ms=20)

    assert [len(programs_of(scenario, [own, other])) for scenario in planned] == [2, 2, 2, 2, 2, 1]
    assert [scenario.lines for scenario in planned] == [0, 10_000, 100_000, 1_000_000, 200_000, 1_000_000]
    assert Results(planned[0]).runs == {}
