"""The evaluator as a process: requests in, decisions out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.policies.model import Call, Decision, Policies, Reason, Result

_PROGRAM = Path(__file__).with_name("evaluate.mjs")


class UndecidedError(RuntimeError):
    """The evaluator can not decide a call: the call or a policy is not what AWS would take."""


class Evaluator:
    """Decides calls, one after the other, in one process that lives as long as the evaluator."""

    def __init__(self, requests: IO[str], answers: IO[str]) -> None:
        """Speak to a process.

        Args:
            requests: Its standard input.
            answers: Its standard output.
        """
        self._requests = requests
        self._answers = answers

    def decide(self, call: Call, policies: Policies) -> Decision:
        """What policies decide of a call.

        Raises:
            UndecidedError: AWS knows no such action, resource of the action, context key of the action or
                condition operator, or a policy is not a valid one; or the process has ended.
        """
        request = {
            "request": {
                "principal": call.principal,
                "action": call.action,
                "resource": {"resource": call.resource, "accountId": call.owner},
                "contextVariables": call.request_context(),
            },
            "identity": policies.identity,
            "resource": policies.resource,
            "boundary": policies.boundary,
            "endpoint": policies.endpoint,
        }
        self._requests.write(json.dumps(request) + "\n")
        self._requests.flush()
        line = self._answers.readline()
        if not line:
            raise UndecidedError("the evaluator has ended; its error output says why")
        said = json.loads(line)
        if "error" in said:
            raise UndecidedError(f"{call}: {said['error']}")
        return Decision(
            Result(said["decision"]),
            tuple(Reason(**reason) for reason in said["grants"]),
            tuple(Reason(**reason) for reason in said["denials"]),
        )


@contextmanager
def started() -> Iterator[Evaluator]:
    """Starts the evaluator, and ends it with the block."""
    with subprocess.Popen(
        ["node", str(_PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        yield Evaluator(process.stdin, process.stdout)
        # It ends with its input, also when this process is killed.
        process.stdin.close()
