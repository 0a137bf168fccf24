"""What is costly to make and the same for all processes of a test run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock


def made_once(run: Path, name: str, make: Callable[[], Any]) -> Any:
    """What `make` gives, made by the first process that asks, and read by those that ask later or wait.

    Where it fails, nothing is kept: the next process tries it again, and fails with the same message.

    Args:
        run: the folder of the test run, see the fixture `run_folder`.
        name: what is made; no other thing of the run has this name.
        make: gives what JSON can hold.
    """
    kept = run / f"{name}.once.json"
    with FileLock(run / f"{name}.once.lock"):
        if not kept.exists():
            kept.write_text(json.dumps(make()))
    return json.loads(kept.read_text())
