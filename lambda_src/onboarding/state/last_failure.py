"""A mark that Terraform reads back, so that applying again after a failure runs again.

Terraform invokes the function when its input has changed, and the mark is part of the input. AWS's provider saves the
new input also when an update has failed, so the mark has to tell of every run that did not succeed, whatever ended it:
it is changed before a run begins, and put back when the run has succeeded.

A deletion marks that the onboarding ends, for runs that are still under way: CloudFormation deletes what it is still
creating when another resource has failed or the stack is deleted, and so can Terraform after an apply was interrupted.
What such a run does after the deletion would stay for good. The next run to begin takes that mark away.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.errors import EndedError
from onboarding.state import parameters

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

# A role's policy that has just been written takes some seconds to be in effect, and the mark is the first to need it.
_WAITS = (2.0, 4.0, 8.0)
# In front of the id of the run that ends the onboarding. The module takes it off before it compares: see run.py there.
_ENDED = "ended "
# Seconds from the mark of the end until nobody begins anything: until it is noticed, and a call is answered.
_NOTICE = 3.0
# Seconds until a missing parameter is believed to be missing: it may have been made just before.
_DOUBT = 2.0


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
        self._is_watched = False
        self._has_ended = False

    def begin(self, run: str) -> None:
        """Let the mark tell of this run, an id that no other run has.

        Raises:
            ClientError: It may not be read or changed.
        """
        found = self._get()
        if found is not None:
            self._former = self._former or found.removeprefix(_ENDED)
            self._run = run
            parameters.put(self._ssm, self._name, run)
            self._is_watched = True

    def watch(self) -> None:
        """Let `check` tell of the end, of a run that the mark does not tell of."""
        self._is_watched = self._get() is not None

    def check(self) -> None:
        """Make sure that the onboarding has not ended.

        Raises:
            EndedError: It has. Also where the parameter has gone since: module and template delete it at last.
        """
        if not self._is_watched:
            return
        self._has_ended = self._has_ended or self._ends()
        if self._has_ended:
            raise EndedError

    def end(self, run: str) -> None:
        """Mark that this run ends the onboarding, and wait until those that are under way have noticed."""
        if self._get() is not None:
            parameters.put(self._ssm, self._name, f"{_ENDED}{run}")
            time.sleep(_NOTICE)

    def is_there(self) -> bool:
        """Whether the onboarding belongs to module or template."""
        return parameters.get(self._ssm, self._name) is not None

    def succeed(self) -> None:
        """Let it tell again of the last run that has failed, unless it tells of another run already.

        Terraform's provider repeats an invocation whose answer is lost, so two runs may be under way at once.
        """
        if self._run and self._former and parameters.get(self._ssm, self._name) == self._run:
            parameters.put(self._ssm, self._name, self._former)

    def _ends(self) -> bool:
        found = parameters.get(self._ssm, self._name)
        if found is None:
            time.sleep(_DOUBT)
            found = parameters.get(self._ssm, self._name)
        return found is None or found.startswith(_ENDED)

    def _get(self) -> str | None:
        for wait in _WAITS:
            try:
                return parameters.get(self._ssm, self._name)
            except ClientError as error:
                if error_code(error) != "AccessDeniedException":
                    raise
                time.sleep(wait)
        return parameters.get(self._ssm, self._name)
