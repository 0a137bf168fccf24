"""From the functions' sources to their packages."""

from collections.abc import Callable
from pathlib import Path

from cdktf_app.packaging.archive import compare, make_archive, write_if_changed
from cdktf_app.packaging.contents import function_members, merge, wheel_members
from cdktf_app.packaging.paths import CACHE, ONBOARDING, ONBOARDING_ZIP, PROMTAIL, REQUIREMENTS, committed_zip
from cdktf_app.packaging.target import ARCHITECTURES, DEFAULT_PYTHON, Target, host_target
from cdktf_app.packaging.wheels import fetch_wheels

Report = Callable[[str], None]

# Its command line is for workstations, and imports what Lambda does not have.
_NOT_IN_LAMBDA = ("onboarding/__main__.py", "onboarding/cli/*")


def _silent(_message: str) -> None:
    """Report nothing."""


def build_zip(architecture: str, python_version: str, output: Path, report: Report = _silent) -> Path:
    """Write the package of the promtail function.

    The file is written only if it would change. With the wheels in the cache this takes well under a second.

    Args:
        architecture: Lambda's name of it, arm64 or x86_64.
        python_version: The Python that will run it, such as 3.13. Lambda's 3.12 and later fit; an earlier one is
            for tests on this host, whose interpreter it must match: the snappy library is specific to the version.
        output: Path of the zip.
        report: Is told what is being done.

    Returns:
        `output`.

    Raises:
        PackagingError: See its message.
    """
    return _write(output, promtail_members(Target(architecture, python_version), report), report)


def build_host_zip(report: Report = _silent) -> Path:
    """Write the promtail's package that this interpreter can run, below `.build/`, and return its path.

    Raises:
        PackagingError: This host runs no Lambda package, or see its message.
    """
    target = host_target()
    return build_zip(target.architecture, target.python_version, CACHE / f"promtail-{target}.zip", report)


def build_committed(report: Report = _silent) -> None:
    """Write the packages that travel with the modules.

    Raises:
        PackagingError: See its message.
    """
    for path, members in _committed(report).items():
        _write(path, members, report)


def check_committed(report: Report = _silent) -> dict[Path, list[str]]:
    """Say in what each package that travels with a module differs from what its sources make.

    Returns:
        The differences by path; none for a package that is the same.

    Raises:
        PackagingError: See its message.
    """
    return {path: compare(path, members) for path, members in _committed(report).items()}


def promtail_members(target: Target, report: Report = _silent) -> dict[str, bytes]:
    """Return what the promtail's package holds, by path in it.

    Raises:
        PackagingError: See its message.
    """
    wheels = fetch_wheels(REQUIREMENTS, target, CACHE / "wheels", report)
    return merge(function_members(PROMTAIL), wheel_members(wheels))


def onboarding_members() -> dict[str, bytes]:
    """Return what the onboarding's package holds, by path in it: its own sources, for any processor and Python."""
    return function_members(ONBOARDING, _NOT_IN_LAMBDA)


def _committed(report: Report) -> dict[Path, dict[str, bytes]]:
    packages = {
        committed_zip(architecture): promtail_members(Target(architecture, DEFAULT_PYTHON), report)
        for architecture in ARCHITECTURES
    }
    return {**packages, ONBOARDING_ZIP: onboarding_members()}


def _write(path: Path, members: dict[str, bytes], report: Report) -> Path:
    content = make_archive(members)
    written = write_if_changed(path, content)
    report(f"{path.name}: {len(content):,} bytes, {'written' if written else 'up to date'}")
    return path
