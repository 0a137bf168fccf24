"""A mark that Terraform reads back, so that applying again after a failure runs again.

Terraform invokes the function when its input has changed, and the mark is part of the input. AWS's provider saves the
new input also when an update has failed, so the mark has to tell of every run that did not succeed, whatever ended it:
it is changed before a run begins, and put back when the run has succeeded.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.state import parameters

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

# A role's policy that has just been written takes some seconds to be in effect, and the mark is the first to need it.
_WAITS = (2.0, 4.0, 8.0)


class LastFailure:
    """The mark of an onboarding. Module and template make it; without them nobody would delete it, so there is none.

    Args:
        ssm: The client.
        onboarding: The onboarding's name.
        resume: What the mark was when the run was asked for; empty if that is not known.
    """

    def __init__(self, ssm: SSMClient, onboarding: str, resume: str = "") -> None:
        self._ssm = ssm
        self._name = f"/alb-loki/onboarding/{onboarding}/last-failure"
        self._former: str | None = resume or None
        self._run = ""

    def begin(self, run: str) -> None:
        """Let the mark tell of this run, an id that no other run has.

        Raises:
            ClientError: It may not be read or changed.
        """
        found = self._get()
        if found is not None:
            self._former = self._former or found
            self._run = run
            parameters.put(self._ssm, self._name, run)

    def is_there(self) -> bool:
        """Whether the onboarding belongs to module or template."""
        return parameters.get(self._ssm, self._name) is not None

    def succeed(self) -> None:
        """Let it tell again of the last run that has failed, unless it tells of another run already.

        Terraform's provider repeats an invocation whose answer is lost, so two runs may be under way at once.
        """
        if self._run and self._former and parameters.get(self._ssm, self._name) == self._run:
            parameters.put(self._ssm, self._name, self._former)

    def _get(self) -> str | None:
        for wait in _WAITS:
            try:
                return parameters.get(self._ssm, self._name)
            except ClientError as error:
                if error_code(error) != "AccessDeniedException":
                    raise
                time.sleep(wait)
        return parameters.get(self._ssm, self._name)
