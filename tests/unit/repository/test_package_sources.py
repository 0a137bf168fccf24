"""Where packages come from is the matter of pip's and npm's own configuration, not of this repository."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

# Not written as they are, so that this file passes its own test.
WELL_KNOWN = {".".join(parts) for parts in (("pypi", "org"), ("files", "pythonhosted", "org"))} | {
    ".".join(("registry", domain, suffix)) for domain, suffix in (("npmjs", "org"), ("yarnpkg", "com"))
}
# Of no company: they stand for servers of tests, too.
LOCAL = {"localhost", "127.0.0.1", "::1"}
URL = re.compile(r"""https?://[^\s'",]+""")


@pytest.fixture(scope="module")
def registry_hosts() -> set[str]:
    """The hosts that pip and npm are configured with on this machine, and the well-known ones."""
    said = ""
    for command in ([sys.executable, "-m", "pip", "config", "list"], ["npm", "config", "get", "registry"]):
        said += subprocess.run(command, capture_output=True, text=True, check=True).stdout
    configured = {host for url in URL.findall(said) if (host := urlsplit(url).hostname)}
    return (configured | WELL_KNOWN) - LOCAL


@pytest.fixture(scope="module")
def pipfile_lock(repository: Path) -> dict[str, Any]:
    lock: dict[str, Any] = json.loads((repository / "Pipfile.lock").read_text())
    return lock


@pytest.fixture(scope="module")
def texts(tracked: list[Path], repository: Path) -> dict[str, bytes]:
    """The content of each tracked text file.

    The functions' packages are no texts: what is in them of others names what it likes.
    """
    contents = {str(file): (repository / file).read_bytes() for file in tracked}
    return {file: content for file, content in contents.items() if b"\0" not in content}


def test_the_python_packages_come_from_no_named_source(
    repository: Path, pipfile_lock: dict[str, Any]
) -> None:
    assert "source" not in tomllib.loads((repository / "Pipfile").read_text())
    assert pipfile_lock["_meta"]["sources"] == []


def test_the_node_packages_record_no_address(repository: Path) -> None:
    packages = json.loads((repository / "package-lock.json").read_text())["packages"]

    assert len(packages) > 10
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_no_file_names_a_package_registry(texts: dict[str, bytes], registry_hosts: set[str]) -> None:
    found = {
        (file, host)
        for file, text in texts.items()
        for host in registry_hosts
        if host.encode() in text.lower()
    }

    assert len(texts) > 100
    assert registry_hosts >= WELL_KNOWN
    assert found == set()


def test_no_file_names_a_folder_of_this_machine(texts: dict[str, bytes], repository: Path) -> None:
    # A home that is the root folder, as some containers have it, says nothing.
    folders = {folder for folder in (repository, Path.home()) if folder != Path(folder.anchor)}
    # As an absolute path, not as the end of a longer or the beginning of another one.
    named = [
        re.compile(rb"(?<![\w./})$-])" + re.escape(str(folder).encode()) + rb"(?![\w-])")
        for folder in folders
    ]

    assert repository in folders
    assert [file for file, text in texts.items() if any(name.search(text) for name in named)] == []


def test_the_function_runs_with_the_versions_it_is_tested_with(
    repository: Path, pipfile_lock: dict[str, Any]
) -> None:
    text = (repository / "lambda_src/promtail/requirements.txt").read_text()
    pins = re.findall(r"^([\w.-]+)(==\S+)((?: \\\n +--hash=\S+)+)", text, re.MULTILINE)

    assert {"cramjam", "google-re2", "isal", "urllib3"} == {name for name, _version, _hashes in pins}
    for name, version, hashes in pins:
        locked = pipfile_lock["default"][name]
        assert (name, version) == (name, locked["version"])
        assert set(re.findall(r"--hash=(\S+)", hashes)) == set(locked["hashes"])
    unpinned = [line for line in text.splitlines() if re.match(r"[A-Za-z]", line) and "==" not in line]
    assert unpinned == []
