"""What a demo that was kept leaves behind for the command that ends it."""

from __future__ import annotations

import json
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.demo.scenario import FOLDER

_FILE = FOLDER / "kept.json"
_STOP_LIMIT = 30.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A running demo: the process of its services, LocalStack's endpoint, Terraform's input variables."""

    process_id: int
    localstack: str
    variables: dict[str, Any]

    def save(self) -> None:
        """Write it for `load`, readable by this user only: the variables hold Loki's credentials."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        _FILE.unlink(missing_ok=True)
        descriptor = os.open(_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w") as file:  # noqa: PTH123  it is a descriptor
            json.dump(asdict(self), file)

    def is_running(self) -> bool:
        """Whether the services are still there, and are ours."""
        try:
            command = Path(f"/proc/{self.process_id}/cmdline").read_bytes()
        except OSError:
            return False
        return b"tests.demo.services" in command

    def stop_services(self) -> None:
        """End the services and forget the demo."""
        if self.is_running():
            os.kill(self.process_id, signal.SIGTERM)
            end = time.monotonic() + _STOP_LIMIT
            while self.is_running() and time.monotonic() < end:
                time.sleep(0.1)
        _FILE.unlink(missing_ok=True)


def load() -> Kept | None:
    """Return the demo that was kept, if there is one."""
    return Kept(**json.loads(_FILE.read_text())) if _FILE.exists() else None
