"""What a running demo leaves behind for the command that ends it."""

from __future__ import annotations

import json
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.harness.localstack.server import LocalStack, LocalStackError

_FILE = "kept.json"
_STOP_LIMIT = 30.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A demo that is there.

    Attributes:
        process_id: The process of its services.
        localstack: LocalStack's endpoint.
        own_localstack: LocalStack is one of the services, and ends with them with all that is in it; it is not one
            that the user named.
        variables: Terraform's input variables.
    """

    process_id: int
    localstack: str
    own_localstack: bool
    variables: dict[str, Any]

    def save(self, folder: Path) -> None:
        """Write it for `load`, readable by this user only: the variables hold Loki's credentials."""
        folder.mkdir(parents=True, exist_ok=True)
        forget(folder)
        descriptor = os.open(folder / _FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w") as file:  # noqa: PTH123  it is a descriptor
            json.dump(asdict(self), file)

    def services_run(self) -> bool:
        """Whether the process of the services is there, and is ours."""
        try:
            command = Path(f"/proc/{self.process_id}/cmdline").read_bytes()
        except OSError:
            return False
        return b"tests.demo.services" in command

    def localstack_answers(self) -> bool:
        """Whether the LocalStack that holds what the demo made is there."""
        if self.own_localstack and not self.services_run():
            return False  # whoever answers at its address now is someone else
        try:
            LocalStack(self.localstack).check()
        except LocalStackError:
            return False
        return True

    def stop_services(self) -> None:
        """End the services, by force if they do not end within half a minute."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self.services_run():
                os.kill(self.process_id, number)
            end = time.monotonic() + _STOP_LIMIT
            while self.services_run() and time.monotonic() < end:
                time.sleep(0.1)


def load(folder: Path) -> Kept | None:
    """Return the demo that was saved in `folder`, if there is one."""
    file = folder / _FILE
    return Kept(**json.loads(file.read_text())) if file.exists() else None


def forget(folder: Path) -> None:
    """Remove what `save` wrote."""
    (folder / _FILE).unlink(missing_ok=True)
