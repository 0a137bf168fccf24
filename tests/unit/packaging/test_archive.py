"""Zips whose bytes depend on their members only."""

import io
import os
import stat
import time
import zipfile
from pathlib import Path

import pytest

from cdktf_app.packaging.archive import compare, make_archive, write_if_changed

MEMBERS = {"promtail/b.py": b"b = 1\n", "promtail/a.py": b"a = 1\n" * 100, "lib/c.so": b"\x7fELF"}


def test_order_of_making_and_time_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_archive(MEMBERS)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    umask = os.umask(0o077)
    try:
        assert make_archive(dict(reversed(MEMBERS.items()))) == first
    finally:
        os.umask(umask)


def test_members_are_sorted_dated_readable_and_stored() -> None:
    with zipfile.ZipFile(io.BytesIO(make_archive(MEMBERS))) as archive:
        infos = archive.infolist()
        assert {info.filename: archive.read(info) for info in infos} == MEMBERS
    assert [info.filename for info in infos] == sorted(MEMBERS)
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {stat.filemode(info.external_attr >> 16) for info in infos} == {"-rw-r--r--"}
    assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}


def test_a_file_is_written_only_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.zip"
    assert write_if_changed(path, b"1")
    os.utime(path, (0, 0))
    assert not write_if_changed(path, b"1")
    assert path.stat().st_mtime == 0
    assert write_if_changed(path, b"2")
    assert path.read_bytes() == b"2"
    assert [each.name for each in path.parent.iterdir()] == ["file.zip"]


def test_the_same_zip_has_no_differences(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(make_archive(MEMBERS))
    assert compare(path, MEMBERS) == []


def test_differences_name_the_members(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    changed = {**MEMBERS, "promtail/a.py": b"a = 2\n", "promtail/new.py": b""}
    del changed["lib/c.so"]
    path.write_bytes(make_archive(changed))
    assert compare(path, MEMBERS) == [
        "lib/c.so is missing",
        "promtail/new.py does not belong there",
        "promtail/a.py differs",
    ]


def test_the_same_members_in_another_zip_differ(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in MEMBERS.items():
            archive.writestr(name, content)
    assert compare(path, MEMBERS) == [
        "members are the same, but their order, dates, modes or compression is not"
    ]


def test_a_missing_and_a_broken_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    assert compare(path, MEMBERS) == ["the file is missing"]
    path.write_bytes(make_archive(MEMBERS)[:50])
    assert compare(path, MEMBERS) == ["the file is not a readable zip (File is not a zip file)"]
