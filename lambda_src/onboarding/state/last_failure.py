"""A mark that Terraform reads back, so that applying again after a failure runs again.

Terraform invokes the function when its input has changed. The mark is part of the input: after a run with failures it
has another value, after others it stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onboarding.state import parameters

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


def note_failure(ssm: SSMClient, onboarding: str, run: str) -> None:
    """Change the mark.

    Args:
        ssm: The client.
        onboarding: The onboarding's name.
        run: An id of the run that had failures, which no other run has.
    """
    name = f"/alb-loki/onboarding/{onboarding}/last-failure"
    # Only Terraform makes it: without Terraform nobody would delete it either.
    if parameters.get(ssm, name) is not None:
        parameters.put(ssm, name, run)
