"""The packages themselves: those that travel with the hub module, and one that runs here, in a process of its own."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename
from typer.testing import CliRunner

from cdktf_app.packaging import __main__ as command_line
from cdktf_app.packaging import build, build_host_zip, build_zip, wheels
from cdktf_app.packaging.build import check_committed, onboarding_members
from cdktf_app.packaging.paths import (
    CACHE,
    ONBOARDING,
    ONBOARDING_ZIP,
    PROMTAIL,
    REQUIREMENTS,
    ROOT,
    committed_zip,
)
from cdktf_app.packaging.target import DEFAULT_PYTHON, Target, host_target
from cdktf_app.packaging.wheels import fetch_wheels
from tests.harness.localstack.runtime_packages import link_runtime_packages
from tests.harness.loki.receiver import LokiReceiver
from tests.samples.alb_access import gzipped, lines
from tests.unit.packaging.imports import unresolved
from tests.unit.packaging.interpreters import find_python
from tests.unit.promtail.s3_double import S3Double
from tests.unit.promtail.scenario import BUCKET, END, KEY, LABELS, NOW_NS, event, record

# e_machine of the ELF header, at offset 18.
ELF_MACHINES = {"x86_64": 62, "arm64": 183}
PYTHON_NAMES = {"x86_64": "x86_64", "arm64": "aarch64"}
# Imports in the dependencies that nothing answers to, each looked at: none is reached by what the function does. A new
# one, after an update, is to be looked at as well.
NEVER_REACHED = {
    # In a browser.
    "urllib3 imports urllib3.contrib.emscripten.inject_into_urllib3",
    # HTTP/2, which is off unless it is injected.
    "urllib3.http2.connection imports h2.config",
    "urllib3.http2.connection imports h2.connection",
    "urllib3.http2.connection imports h2.events",
}


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_committed_packages_are_what_the_sources_make() -> None:
    assert check_committed() == {
        committed_zip("arm64"): [],
        committed_zip("x86_64"): [],
        ONBOARDING_ZIP: [],
    }


class TestOnboarding:
    def test_it_is_the_function_without_the_command_line(self) -> None:
        own = {file.relative_to(ONBOARDING.parent).as_posix() for file in ONBOARDING.rglob("*.py")}
        for_workstations = {
            name for name in own if name.startswith("onboarding/cli/") or name == "onboarding/__main__.py"
        }
        assert "onboarding/__main__.py" in for_workstations
        assert set(members(ONBOARDING_ZIP)) == own - for_workstations

    def test_lambda_has_all_that_it_imports(self) -> None:
        offered = {"boto3", "botocore", "urllib3"}
        for module in ("onboarding.handler", "onboarding.callers.cloudformation"):
            assert unresolved(onboarding_members(), module, offered) == set()


@pytest.mark.parametrize("architecture", ELF_MACHINES)
class TestCommittedPackages:
    def test_building_them_again_gives_the_same_bytes(self, architecture: str, tmp_path: Path) -> None:
        again = build_zip(architecture, DEFAULT_PYTHON, tmp_path / "again.zip")
        assert again.read_bytes() == committed_zip(architecture).read_bytes()

    def test_native_code_is_for_the_architecture_and_python(self, architecture: str) -> None:
        native = {name: code for name, code in members(committed_zip(architecture)).items() if ".so" in name}
        assert sorted(native) == [
            f"{module}.cpython-313-{PYTHON_NAMES[architecture]}-linux-gnu.so"
            for module in ("cramjam/cramjam", "isal/_isal", "isal/igzip_lib", "isal/isal_zlib", "re2/_re2")
        ]
        for code in native.values():
            assert code[:4] == b"\x7fELF"
            assert int.from_bytes(code[18:20], "little") == ELF_MACHINES[architecture]

    def test_glibc_of_the_runtime_is_new_enough(self, architecture: str) -> None:
        for name, code in members(committed_zip(architecture)).items():
            if name.endswith(".so"):
                needed = {tuple(map(int, found)) for found in re.findall(rb"GLIBC_(\d+)\.(\d+)", code)}
                assert max(needed) <= (2, 34), name

    def test_every_import_is_answered_in_lambdas_python(self, architecture: str) -> None:
        missing = unresolved(
            members(committed_zip(architecture)), "promtail.handler", {"botocore", "jmespath"}
        )
        assert missing == NEVER_REACHED

    def test_wheels_fit_lambdas_python(self, architecture: str) -> None:
        version = (3, 13)
        assert ".".join(map(str, version)) == DEFAULT_PYTHON
        target = Target(architecture)
        fitting = {
            *cpython_tags(version, platforms=target.platforms),
            *compatible_tags(version, platforms=target.platforms),
        }
        found = fetch_wheels(REQUIREMENTS, target, CACHE / "wheels", lambda _message: None)
        assert len(found) == 4
        for wheel in found:
            assert parse_wheel_filename(wheel.name)[3] & fitting, wheel.name

    def test_names(self, architecture: str) -> None:
        names = list(members(committed_zip(architecture)))
        assert {name.split("/")[0] for name in names} == {
            "promtail",
            "cramjam",
            "isal",
            "re2",
            "urllib3",
            *(name.split("/")[0] for name in names if ".dist-info/" in name),
        }
        assert not [name for name in names if name.startswith("/") or ".." in name.split("/") or "\\" in name]
        assert not [name for name in names if name.endswith((".pyc", ".pyi", "RECORD", ".json"))]
        assert sum(name.lower().rsplit("/")[-1].startswith("license") for name in names) == 5
        assert {name for name in names if name.startswith("promtail/")} == {
            file.relative_to(PROMTAIL.parent).as_posix() for file in PROMTAIL.rglob("*.py")
        }

    def test_no_path_of_the_building_machine(self, architecture: str) -> None:
        for name, content in members(committed_zip(architecture)).items():
            assert str(ROOT).encode() not in content, name

    def test_size(self, architecture: str) -> None:
        assert committed_zip(architecture).stat().st_size < 10_000_000


RUN = """
import json, sys
from promtail.handler import handler

class Context:
    def get_remaining_time_in_millis(self):
        return 60_000

result = handler(json.load(sys.stdin), Context())
loaded = {
    name.partition(".")[0]: module.__file__
    for name, module in sys.modules.items()
    if name in ("promtail", "cramjam", "isal", "re2", "urllib3", "botocore", "boto3")
}
version = ".".join(map(str, sys.version_info[:2]))
print(json.dumps({"result": result, "loaded": loaded, "python": version}))
"""


def runnable() -> list[tuple[str, str, Callable[[], Path]]]:
    """Python version, interpreter and package of what can run on this machine: its own, and what travels if it can.

    Without Python 3.13 here, the tests of the committed packages above speak for those.
    """
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    found: list[tuple[str, str, Callable[[], Path]]] = [(own, sys.executable, build_host_zip)]
    python = find_python(DEFAULT_PYTHON)
    if python and own != DEFAULT_PYTHON:
        found.append((DEFAULT_PYTHON, python, lambda: committed_zip(host_target().architecture)))
    return found


@pytest.mark.parametrize(
    ("version", "python", "package_zip"), [pytest.param(*case, id=case[0]) for case in runnable()]
)
def test_the_package_runs_with_nothing_but_lambdas_own_packages(
    version: str, python: str, package_zip: Callable[[], Path], tmp_path: Path
) -> None:
    package, runtime = tmp_path / "package", link_runtime_packages(tmp_path / "runtime")
    with zipfile.ZipFile(package_zip()) as archive:
        archive.extractall(package)
    expected = list(lines(300, END))
    with S3Double() as s3, LokiReceiver(clock=lambda: NOW_NS) as loki:
        s3.objects[f"{BUCKET}/{KEY}"] = gzipped(iter(expected))
        loki.fail_next(status=503)
        result = subprocess.run(
            # No site-packages, no current folder: the path is what PYTHONPATH says, as in Lambda.
            [python, "-S", "-P", "-B", "-c", RUN],
            input=json.dumps(event(record())),
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": f"{package}{os.pathsep}{runtime}",
                "AWS_ENDPOINT_URL_S3": s3.url,
                "AWS_DEFAULT_REGION": "eu-west-1",
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "WRITE_ADDRESS": loki.push_url,
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        assert [entry.line for entry in loki.entries()] == expected
        assert loki.streams() == [LABELS]
    log, answer = map(json.loads, result.stdout.splitlines())
    assert (log["outcome"], log["requests"]) == ("delivered", log["pushes"] + 1)
    assert answer["result"] == {"delivered": 1, "lines_sent": 300}
    assert answer["python"] == version
    assert answer["loaded"].pop("botocore").startswith(str(runtime))
    # Neither what stages and rules need, nor boto3, which would only add to the start.
    assert sorted(answer["loaded"]) == ["cramjam", "isal", "promtail", "urllib3"]
    assert all(file.startswith(str(package)) for file in answer["loaded"].values())


def test_packages_are_built_from_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    once = build_host_zip().read_bytes()

    def download(*_arguments: object) -> None:
        raise AssertionError("The package index was asked for wheels that are in the cache.")

    monkeypatch.setattr(wheels, "_download", download)
    assert ROOT / ".build" in build_host_zip().parents
    assert build_host_zip().read_bytes() == once
    host = host_target()
    again = build_zip(host.architecture, host.python_version, tmp_path / "again.zip")
    assert again.read_bytes() == once


class TestCommandLine:
    def test_check_passes(self) -> None:
        result = CliRunner().invoke(command_line.app, ["check"])
        assert result.exit_code == 0
        assert "promtail-arm64.zip: up to date" in result.output
        assert "onboarding.zip: up to date" in result.output

    def test_check_names_what_differs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        other = tmp_path / "promtail.zip"
        content = committed_zip("arm64").read_bytes()
        other.write_bytes(content.replace(b"__version__ = ", b"__version__  ="))
        monkeypatch.setattr(build, "committed_zip", lambda _architecture: other)
        result = CliRunner().invoke(command_line.app, ["check"])
        assert "promtail.zip: differs from its sources" in result.output
        assert result.exit_code == 1
        assert "Run `make package`" in str(result.exception)

    def test_one_zip_for_another_python(self, tmp_path: Path) -> None:
        output = tmp_path / "a.zip"
        arguments = ["build", "--architecture", "x86_64", "--python", "3.12", "--output", str(output)]
        assert CliRunner().invoke(command_line.app, arguments).exit_code == 0
        assert "cramjam/cramjam.cpython-312-x86_64-linux-gnu.so" in members(output)

    def test_help_says_what_a_zip_for_another_python_is_for(self) -> None:
        printed = " ".join(CliRunner().invoke(command_line.app, ["build", "--help"]).output.split())
        assert "another runtime: give its path as the module's input function.zip_path" in printed

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [(["--output", "a.zip"], "give --architecture too"), (["--python", "3.12"], "give --output too")],
    )
    def test_options_that_do_not_fit(self, arguments: list[str], message: str) -> None:
        result = CliRunner().invoke(command_line.app, ["build", *arguments])
        assert result.exit_code == 2
        assert message in result.output
