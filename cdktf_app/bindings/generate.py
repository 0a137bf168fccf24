"""Generates the Python package `imports.aws` from the committed schema, when an input of it changed."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from cdktf_app.bindings.errors import BindingsError
from cdktf_app.bindings.schema import HERE, SCHEMA_FILE
from cdktf_app.bindings.tool import run

REPOSITORY = HERE.parents[1]
OUTPUT = REPOSITORY / "imports"
_STAMP = ".inputs.sha256"


def is_current() -> bool:
    """Whether `imports/` was made from the present schema, generator and its locked version."""
    stamp = OUTPUT / _STAMP
    return stamp.is_file() and stamp.read_text() == _inputs_digest()


def generate() -> None:
    """Run the official generator; takes 10 to 40 s, by the machine.

    The new bindings replace the old ones only when they are whole.

    Raises:
        BindingsError: The generator failed; the message holds what it printed and what to check.
    """
    OUTPUT.parent.joinpath(".build").mkdir(exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix="imports-", dir=OUTPUT.parent / ".build"))
    try:
        done = run(["node", str(HERE / "generate.mjs"), str(SCHEMA_FILE), str(staging)])
        if done.returncode:
            raise BindingsError(
                "The generator of provider bindings failed. Are the Node packages installed (`make setup`)?\n"
                f"{done.stdout}{done.stderr}"
            )
        (staging / "__init__.py").write_text(
            '"""Generated from cdktf_app/bindings/schema.json. '
            'Do not edit: run `make setup`, or `make binding TYPE=…`."""\n'
        )
        (staging / _STAMP).write_text(_inputs_digest())
        shutil.rmtree(OUTPUT, ignore_errors=True)
        staging.rename(OUTPUT)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _inputs_digest() -> str:
    inputs = [SCHEMA_FILE, HERE / "generate.mjs", REPOSITORY / "package-lock.json"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()
