"""The one place that knows python-terraform and its quirks.

python-terraform 0.10.1 is used for what it does well: it turns options into a command line, and variables into
a file. What does not fit Terraform of today is replaced here:

- `apply` asks for approval unless told `skip_plan`, `destroy` passes `-force`, which Terraform 0.15 removed, and
  `init` passes -reconfigure: the commands are built one by one below, with their own flags.
- A flag without a value has to be `IsFlagged`; True becomes `-flag=true`, which `-detailed-exitcode` accepts and
  `-json` does not.
- It runs in the environment of this process, or in an empty one, without a time limit, and leaves the command
  running when this process is interrupted: `_run` runs the command line under the guard instead.
- `output` returns None for any error: here it raises.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from python_terraform import IsFlagged, Terraform  # type: ignore[import-untyped]

from tests.harness.process.run import Finished, run_guarded
from tests.harness.process.tail import tail
from tests.harness.terraform.errors import TerraformError

_NO_CHANGES = 0
_FAILED = 1
_CHANGES = 2
# Terraform saves the state and ends its calls to AWS after an interrupt; seconds until it is killed.
_GRACE = 60.0


class TerraformCommands:
    """Terraform's commands in one root configuration.

    Every command returns what the process printed, and raises `TerraformError` if it fails,
    `CommandTimeoutError` if it takes more than `timeout` seconds.
    """

    def __init__(
        self, folder: Path, *, env: Mapping[str, str], logs: Path, timeout: float, binary: str = "terraform"
    ) -> None:
        self.folder = folder
        self._env = dict(env)
        self._logs = logs
        self._timeout = timeout
        self._count = 0
        # python-terraform reads the state file when it is made; told no folder, it does not find one.
        self._library = Terraform(working_dir=str(folder), terraform_bin_path=binary)

    def init(self) -> Finished:
        """Fetch providers and modules."""
        return self._run("init", input=False)

    def validate(self) -> Finished:
        """Check the configuration without looking at any state."""
        return self._run("validate")

    def plan(self, variables: Mapping[str, Any], *, out: str) -> tuple[bool, Finished]:
        """Write a plan to the file `out`; also tells whether it holds any change."""
        finished = self._run(
            "plan",
            accepted=(_NO_CHANGES, _CHANGES),
            input=False,
            detailed_exitcode=IsFlagged,
            out=out,
            var=dict(variables),
        )
        return finished.exit_code == _CHANGES, finished

    def plan_events(self, variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What a plan says, also one that fails: the errors are among the events.

        https://developer.hashicorp.com/terraform/internals/machine-readable-ui
        """
        return _events(
            self._run("plan", accepted=(0, _FAILED), input=False, json=IsFlagged, var=dict(variables))
        )

    def show(self, plan: str | None = None) -> dict[str, Any]:
        """A plan file, or the state, in Terraform's JSON form."""
        arguments = [plan] if plan else []
        document: dict[str, Any] = json.loads(self._run("show", *arguments, json=IsFlagged).stdout)
        return document

    def apply(self, variables: Mapping[str, Any]) -> Finished:
        """Apply without asking."""
        return self._run("apply", input=False, auto_approve=IsFlagged, var=dict(variables))

    def destroy(self, variables: Mapping[str, Any]) -> Finished:
        """Destroy without asking."""
        return self._run("destroy", input=False, auto_approve=IsFlagged, var=dict(variables))

    def output(self) -> dict[str, Any]:
        """Output names and their values, the sensitive ones too."""
        values = json.loads(self._run("output", json=IsFlagged).stdout)
        return {name: value["value"] for name, value in values.items()}

    def state_list(self) -> list[str]:
        """The addresses of everything in the state."""
        return self._run("state list", no_color=None).stdout.split()

    def test_events(self) -> list[dict[str, Any]]:
        """Run `terraform test`; what it says, with the state after each run, also where a run fails."""
        return _events(self._run("test", accepted=(0, _FAILED), json=IsFlagged, verbose=IsFlagged))

    def last_output(self) -> list[tuple[str, str]]:
        """The ends of what the last command printed, by file name; for the report of a failure."""
        last = sorted(self._logs.glob(f"{self._count:02}-*"))
        return [(file.name, tail(file)) for file in last if file.stat().st_size]

    def _run(
        self, command: str, *arguments: str, accepted: tuple[int, ...] = (0,), **options: Any
    ) -> Finished:
        options.setdefault("no_color", IsFlagged)
        if not options.get("var", True):
            del options["var"]
        line: list[str] = self._library.generate_cmd_string(command, *arguments, **options)
        self._count += 1
        try:
            finished = run_guarded(
                line,
                cwd=self.folder,
                env=self._env,
                logs=self._logs / f"{self._count:02}-{command.replace(' ', '-')}",
                timeout=self._timeout,
                grace=_GRACE,
            )
        finally:
            self._library.temp_var_files.clean_up()
        if finished.exit_code not in accepted:
            raise TerraformError(finished, self.folder)
        return finished


def _events(finished: Finished) -> list[dict[str, Any]]:
    return [json.loads(line) for line in finished.stdout.splitlines()]
