"""The function's package in a copy of the modules."""

import shutil
from pathlib import Path

from cdktf_app.packaging.build import build_host_zip


def use_host_package(modules: Path) -> None:
    """Put the package for this machine in the place of the packages for AWS.

    For configurations that say nothing of the function: LocalStack runs it here, and refuses native code of another
    processor or Python.
    """
    packages = list((modules / "hub/lambda").glob("promtail-*.zip"))
    assert packages, f"{modules} has no packages"
    for package in packages:
        shutil.copy(build_host_zip(), package)
