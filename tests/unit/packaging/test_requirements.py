"""The function runs with the versions that it was tested with."""

import importlib.metadata
import json
import re
from pathlib import Path

import pytest

from cdktf_app.packaging.errors import PackagingError
from cdktf_app.packaging.paths import LOCK, REQUIREMENTS
from cdktf_app.packaging.requirements import hashes, names, pinned


def test_the_requirements_are_those_of_the_lock() -> None:
    text = REQUIREMENTS.read_text()
    assert names(text) == ["cramjam", "google-re2", "isal", "urllib3"]
    assert text == pinned(names(text), LOCK)


def test_they_are_what_is_installed_here() -> None:
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", REQUIREMENTS.read_text(), re.MULTILINE))
    assert pins == {name: importlib.metadata.version(name) for name in pins}


def test_versions_and_hashes_come_from_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "Pipfile.lock"
    sums = [f"sha256:{digit * 64}" for digit in "ba"]
    lock.write_text(json.dumps({"default": {"one": {"version": "==1.2", "hashes": sums}}}))
    text = pinned(["one"], lock)
    assert text.endswith(f"one==1.2 \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\n")
    assert (names(text), hashes(text)) == (["one"], {"a" * 64, "b" * 64})
    with pytest.raises(PackagingError, match=r"Pipfile\.lock has no package 'two'"):
        pinned(["one", "two"], lock)
