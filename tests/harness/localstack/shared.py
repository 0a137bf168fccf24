"""One LocalStack for all processes of a test run."""

import json
import os
import shutil
import tempfile
import time
from pathlib import Path

from filelock import FileLock

from tests.harness.localstack.server import LocalStack, LocalStackError, Progress, start_localstack

_STOP_LIMIT = 60.0


class TestRun:
    """What the processes of one test run share; owned by the process that controls the run.

    The lifeline of a shared server is a FIFO that only the owner holds open for writing: the server ends with
    the owner, in whatever way that ends, and with nobody else.
    """

    __test__ = False  # pytest: not a class of tests

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="test-run-"))
        os.mkfifo(self.folder / "lifeline")
        self._lifeline = os.open(self.folder / "lifeline", os.O_RDWR)

    def close(self) -> None:
        """End the server, if there is one, and wait until nothing is left of it."""
        started = (self.folder / "localstack.json").exists()
        os.close(self._lifeline)
        end = time.monotonic() + _STOP_LIMIT
        while started and self.folder.exists() and time.monotonic() < end:
            time.sleep(0.02)
        shutil.rmtree(self.folder, ignore_errors=True)


def shared_localstack(run: Path, *, progress: Progress) -> LocalStack:
    """The server of the test run in the folder `run`; the first process that asks starts it.

    Its `seconds` are 0 for all others.

    Raises:
        LocalStackError: it did not start, here or for the process that asked first.
    """
    note = run / "localstack.json"
    with FileLock(run / "localstack.lock"):
        if note.exists():
            known = json.loads(note.read_text())
            if "error" in known:
                raise LocalStackError(known["error"])
            return LocalStack(known["endpoint"], Path(known["log"]))
        lifeline = os.open(run / "lifeline", os.O_RDONLY)
        try:
            server, _process = start_localstack(run, lifeline, progress=progress)
        except LocalStackError as error:
            note.write_text(json.dumps({"error": str(error)}))
            raise
        finally:
            os.close(lifeline)
        note.write_text(json.dumps({"endpoint": server.endpoint, "log": str(server.log)}))
        return server
