"""A mark that Terraform reads back, so that applying again after a failure runs again.

Terraform invokes the function when its input has changed, and the mark is part of the input. AWS's provider saves the
new input also when an update has failed, so the mark has to tell of every run that did not succeed, whatever ended it:
it is changed before a run begins, and put back when the run has succeeded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onboarding.state import parameters

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


class LastFailure:
    """The mark of an onboarding. Module and template make it; without them nobody would delete it, so there is none.

    Args:
        ssm: The client.
        onboarding: The onboarding's name.
    """

    def __init__(self, ssm: SSMClient, onboarding: str) -> None:
        self._ssm = ssm
        self._name = f"/alb-loki/onboarding/{onboarding}/last-failure"
        self._former: str | None = None

    def begin(self, run: str) -> None:
        """Let the mark tell of this run, an id that no other run has."""
        self._former = parameters.get(self._ssm, self._name)
        if self._former is not None:
            parameters.put(self._ssm, self._name, run)

    def is_there(self) -> bool:
        """Whether the onboarding belongs to module or template."""
        return parameters.get(self._ssm, self._name) is not None

    def succeed(self) -> None:
        """Let it tell again of the last run that has failed."""
        if self._former is not None:
            parameters.put(self._ssm, self._name, self._former)
