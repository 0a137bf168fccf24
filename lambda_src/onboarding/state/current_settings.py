"""A mark of the settings that hold, so that nothing is onboarded by former ones.

An event of EventBridge carries the settings of the time when it was sent, and Lambda repeats it for up to six hours. By
former ones it would take out of buckets what has come since, and let in again who may not read any more.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from onboarding.errors import RefusalError
from onboarding.settings import Settings
from onboarding.state import parameters

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


class CurrentSettings:
    """The mark of an onboarding.

    Args:
        ssm: The client.
        settings: Those of this run.
    """

    def __init__(self, ssm: SSMClient, settings: Settings) -> None:
        self._ssm = ssm
        self._name = f"/alb-loki/onboarding/{settings.name}/current-settings"
        self._own = _digest(settings)

    def begin(self) -> None:
        """Let the settings of this run be those that hold."""
        if parameters.get(self._ssm, self._name) != self._own:
            parameters.put(self._ssm, self._name, self._own)

    def end(self) -> None:
        """Let none hold: the onboarding ends."""
        parameters.delete(self._ssm, self._name)

    def check(self) -> None:
        """Make sure that the settings of this run hold.

        Raises:
            RefusalError: Others do, or none.
        """
        found = parameters.get(self._ssm, self._name)
        if found == self._own:
            return
        what = (
            "The onboarding has not begun yet, or has ended."
            if found is None
            else "The onboarding has other settings now than those that this run was asked for with."
        )
        raise RefusalError(
            what,
            "Nothing was changed. If the onboarding is to go on, and the load balancer is not onboarded by a "
            "later try or run, apply with another rerun (CloudFormation: update the stack with another Rerun).",
        )


def _digest(settings: Settings) -> str:
    # An event leaves them out: they are of what is there already.
    counting = replace(settings, selection=replace(settings.selection, arns=()))
    return hashlib.sha256(json.dumps(asdict(counting), sort_keys=True).encode()).hexdigest()
