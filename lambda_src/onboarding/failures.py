"""How it ends for a load balancer or a bucket that something went wrong with, and what people are told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from onboarding.aws import error_code
from onboarding.errors import EndedError, OnboardingError, OutOfTimeError, RefusalError
from onboarding.load_balancers.attributes import is_bucket_refused
from onboarding.report import Outcome
from onboarding.settings import Kind

_DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}
_THROTTLED = {
    "Throttling",
    "ThrottlingException",
    "RequestLimitExceeded",
    "TooManyRequestsException",
    "SlowDown",
}

EXPECTED = (ClientError, BotoCoreError, OnboardingError)
"""What concerns one load balancer or bucket, so that the others go on. Anything else is a fault of the program."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An end other than the wanted one.

    Attributes:
        outcome: Which one.
        why: The reason and the remedy.
        found: What was found, for a refusal.
    """

    outcome: Outcome
    why: str
    found: str = ""


NOT_REACHED = Failure(Outcome.NOT_REACHED, "Time was used up before its turn. Run again to go on.")


def failure(error: Exception) -> Failure:
    """Say how it ends by an error of `EXPECTED`."""
    if isinstance(error, RefusalError):
        return Failure(Outcome.REFUSED, str(error), error.found)
    if isinstance(error, OutOfTimeError):
        return NOT_REACHED
    if isinstance(error, EndedError):
        return Failure(Outcome.NOT_REACHED, str(error))
    if isinstance(error, ClientError):
        return _refused_by_aws(error)
    return Failure(Outcome.FAILED, f"{error} Run again; if it stays, mend that first.")


def unknown_kinds(kinds: Collection[Kind], region: str) -> Failure:
    """Say how it ends for a load balancer when the region does not have kinds of logs that are wanted."""
    attributes = " and ".join(f"{kind}.s3.enabled" for kind in sorted(kinds))
    inputs = " and ".join(f"logs.{kind.removesuffix('_logs')}" for kind in sorted(kinds))
    return Failure(
        Outcome.FAILED,
        f"AWS does not know the attribute {attributes} in {region}: what else is wanted was set. Leave {inputs} off "
        "for this region.",
    )


def _refused_by_aws(error: ClientError) -> Failure:
    code = error_code(error)
    if code == "LoadBalancerNotFound":
        return Failure(Outcome.GONE, "It was deleted in the meantime.")
    what = (
        f"AWS refused {error.operation_name}: {error.response.get('Error', {}).get('Message', '')} ({code})."
    )
    if is_bucket_refused(error):
        remedy = (
            "Look for what else keeps Elastic Load Balancing from writing to the bucket, such as a policy of the "
            "organization, then run again."
        )
    elif code in _DENIED:
        remedy = (
            "Allow it to the role that this runs by (also in its permissions boundary and the organization's "
            "policies), then run again."
        )
    elif code in _THROTTLED:
        remedy = "Others use up the account's rate of calls; run again later."
    else:
        remedy = "Mend that, then run again."
    return Failure(Outcome.FAILED, f"{what} {remedy}")
