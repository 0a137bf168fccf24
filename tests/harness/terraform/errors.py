"""What can go wrong with Terraform."""

from pathlib import Path

from tests.harness.process.run import Finished

_LINES = 60


class TerraformError(RuntimeError):
    """A Terraform command failed.

    Attributes:
        command: the command line, without the folder it ran in.
        exit_code: its exit code.
        stdout: all that it printed.
        stderr: all of its messages, for tests that look for the text of a validation. Terraform breaks lines;
            `message` is the same text with all white space and box characters made one blank.
    """

    def __init__(self, finished: Finished, folder: Path) -> None:
        self.command = " ".join(finished.command)
        self.exit_code = finished.exit_code
        self.stdout = finished.stdout
        self.stderr = finished.stderr
        printed = self.stderr if self.stderr.strip() else self.stdout
        shown = "\n".join(printed.strip().splitlines()[-_LINES:])
        super().__init__(f"{self.command} in {folder} ended with exit code {self.exit_code}:\n{shown}")

    @property
    def message(self) -> str:
        """`stderr` on one line."""
        return " ".join(self.stderr.translate(dict.fromkeys(map(ord, "╷│╵"), " ")).split())


class DriftError(AssertionError):
    """A plan right after an apply wants to change something.

    Attributes:
        addresses: resource address to the actions planned for it.
    """

    def __init__(self, addresses: dict[str, list[str]], text: str) -> None:
        self.addresses = addresses
        named = ", ".join(f"{address} ({'/'.join(actions)})" for address, actions in addresses.items())
        super().__init__(f"the second plan is not empty: {named or 'outputs only'}\n{text}")


class LeftoverError(AssertionError):
    """After a destroy the state still holds something."""
