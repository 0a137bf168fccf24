"""From the function's sources to its packages."""

from collections.abc import Callable
from pathlib import Path

from cdktf_app.packaging.archive import compare, make_archive, write_if_changed
from cdktf_app.packaging.contents import function_members, merge, wheel_members
from cdktf_app.packaging.paths import CACHE, FUNCTION, REQUIREMENTS
from cdktf_app.packaging.target import Target, host_target
from cdktf_app.packaging.wheels import fetch_wheels


def _silent(_message: str) -> None:
    """Report nothing."""


def build_zip(
    architecture: str, python_version: str, output: Path, report: Callable[[str], None] = _silent
) -> Path:
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
    content = make_archive(_members(Target(architecture, python_version), report))
    written = write_if_changed(output, content)
    report(f"{output.name}: {len(content):,} bytes, {'written' if written else 'up to date'}")
    return output


def build_host_zip(report: Callable[[str], None] = _silent) -> Path:
    """Write the package that this interpreter can run, below `.build/`, and return its path.

    Raises:
        PackagingError: This host runs no Lambda package, or see its message.
    """
    target = host_target()
    return build_zip(target.architecture, target.python_version, CACHE / f"promtail-{target}.zip", report)


def check_zip(
    architecture: str, python_version: str, path: Path, report: Callable[[str], None] = _silent
) -> list[str]:
    """Say in what a package differs from what its sources make; nothing if it is the same.

    Raises:
        PackagingError: See its message.
    """
    return compare(path, _members(Target(architecture, python_version), report))


def _members(target: Target, report: Callable[[str], None]) -> dict[str, bytes]:
    wheels = fetch_wheels(REQUIREMENTS, target, CACHE / "wheels", report)
    return merge(function_members(FUNCTION), wheel_members(wheels))
