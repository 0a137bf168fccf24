"""The packaged function, unpacked as Lambda does, and the command that runs it."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from cdktf_app.packaging import build_host_zip
from tests.bench.drive import Program
from tests.harness.localstack.native_code import check_native_code
from tests.harness.localstack.runtime_packages import link_runtime_packages

LABEL = "this function"
_HANDLER = "promtail.handler.handler"


def packaged_function(folder: Path, zip_path: Path | None = None) -> Program:
    """Unpack the function's package below `folder` and say how it is run.

    Args:
        folder: Must not exist yet.
        zip_path: A package for this host; by default one is built from the sources.

    Raises:
        PackagingError: See its message.
        ForeignNativeCodeError: The package is for another Python or another machine.
    """
    code = folder / "code"
    with zipfile.ZipFile(zip_path or build_host_zip()) as archive:
        archive.extractall(code)
    check_native_code(code)
    runtime = link_runtime_packages(folder / "runtime")
    return Program(
        label=LABEL,
        command=(sys.executable, "-S", "-m", "awslambdaric", _HANDLER),
        folder=code,
        environment={
            "_HANDLER": _HANDLER,
            "PYTHONPATH": str(runtime),
            # Lambda's file system is read-only: a package finds no bytecode of an earlier start there.
            "PYTHONDONTWRITEBYTECODE": "1",
            "LAMBDA_TASK_ROOT": str(code),
            "LAMBDA_RUNTIME_DIR": str(runtime),
        },
    )
