"""The attributes of a load balancer that say where it logs."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.settings import Kind

if TYPE_CHECKING:
    from mypy_boto3_elbv2 import ElasticLoadBalancingv2Client
    from mypy_boto3_elbv2.type_defs import LoadBalancerAttributeTypeDef

# Elastic Load Balancing tries the bucket, and S3 answers by a new policy only after a while. AWS does not say how long;
# users report that half a minute was too short and a minute was enough.
_WAITS = (2.0, 4.0, 8.0, 16.0, 30.0)
# "The value of 'access_logs.s3.bucket' cannot be empty" is the one, "Access Denied for bucket" the other.
_REFUSED = ("ValidationError", "InvalidConfigurationRequest")
# "Load balancer attribute key 'health_check_logs.s3.enabled' is not recognized", or "is not supported on …": a region
# or partition that does not have this kind of logs refuses the whole call. Nothing tells for sure beforehand: what AWS
# lists of a load balancer need not be all that it takes.
_UNKNOWN = re.compile(rf"attribute key '({'|'.join(Kind)})\.[^']*' is not (?:recognized|supported)")


@dataclass(frozen=True, slots=True)
class LogTarget:
    """Whether a kind of log is on, and where to.

    Attributes:
        enabled: Whether it is on.
        bucket: The bucket; also one that is off may name one.
        prefix: The key prefix in front of AWSLogs; empty for none.
    """

    enabled: bool = False
    bucket: str = ""
    prefix: str = ""

    def __str__(self) -> str:
        """Where, for people."""
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/") if self.enabled else "off"

    def is_same(self, other: LogTarget) -> bool:
        """Whether logs go to the same place; all that are off are the same, whatever bucket they name."""
        return self == other or not (self.enabled or other.enabled)


LogTargets = Mapping[Kind, LogTarget]


def read_targets(elbv2: ElasticLoadBalancingv2Client, arn: str) -> dict[Kind, LogTarget]:
    """Return where a load balancer logs, for each kind; a kind that AWS does not mention is off.

    Raises:
        ClientError: `LoadBalancerNotFound`, or another refusal of AWS.
    """
    answer = elbv2.describe_load_balancer_attributes(LoadBalancerArn=arn)
    values = {attribute["Key"]: attribute["Value"] for attribute in answer["Attributes"]}
    return {
        kind: LogTarget(
            enabled=values.get(f"{kind}.s3.enabled") == "true",
            bucket=values.get(f"{kind}.s3.bucket", ""),
            prefix=values.get(f"{kind}.s3.prefix", ""),
        )
        for kind in Kind
    }


def write_targets(
    elbv2: ElasticLoadBalancingv2Client,
    arn: str,
    targets: LogTargets,
    deadline: Callable[[], float],
    *,
    is_patient: bool = True,
) -> frozenset[Kind]:
    """Set where a load balancer logs, for the kinds given, by one call; by more when AWS does not know a kind.

    Args:
        elbv2: The client.
        arn: The load balancer.
        targets: The kinds to set.
        deadline: The seconds that are left for repetitions.
        is_patient: Whether a refusal of the bucket may be for its policy being new, so that it is tried again.

    Returns:
        The kinds that AWS does not know there, which were left out.

    Raises:
        ClientError: `LoadBalancerNotFound`, or another refusal of AWS.
    """
    unknown: set[Kind] = set()
    while rest := {kind: target for kind, target in targets.items() if kind not in unknown}:
        try:
            _modify_patiently(elbv2, arn, rest, deadline, is_patient=is_patient)
            break
        except ClientError as error:
            kind = _unknown_kind(error)
            if kind not in rest:
                raise
            unknown.add(kind)
    return frozenset(unknown)


def _modify_patiently(
    elbv2: ElasticLoadBalancingv2Client,
    arn: str,
    targets: LogTargets,
    deadline: Callable[[], float],
    *,
    is_patient: bool,
) -> None:
    for wait in _WAITS if is_patient else ():
        try:
            return _modify(elbv2, arn, targets)
        except ClientError as error:
            if not is_bucket_refused(error) or deadline() < wait + 10:
                raise
            time.sleep(wait)
    return _modify(elbv2, arn, targets)


def restore_targets(elbv2: ElasticLoadBalancingv2Client, arn: str, targets: LogTargets) -> None:
    """Put back where a load balancer logged, for the kinds given.

    Raises:
        ClientError: `LoadBalancerNotFound`, or another refusal of AWS.
    """
    try:
        _modify(elbv2, arn, targets)
    except ClientError as error:
        off = {kind: target if target.enabled else LogTarget() for kind, target in targets.items()}
        if error_code(error) not in _REFUSED or off == targets:
            raise
        # The bucket that logs which were off still named may be gone: off is what counts.
        _modify(elbv2, arn, off)


def is_bucket_refused(error: ClientError) -> bool:
    """Whether Elastic Load Balancing could not write to the bucket, which it tries when logs are switched on."""
    message = error.response.get("Error", {}).get("Message", "")
    return error_code(error) == "InvalidConfigurationRequest" and "access denied" in message.lower()


def _unknown_kind(error: ClientError) -> Kind | None:
    found = _UNKNOWN.search(error.response.get("Error", {}).get("Message", ""))
    return Kind(found[1]) if found and error_code(error) in _REFUSED else None


def _modify(elbv2: ElasticLoadBalancingv2Client, arn: str, targets: LogTargets) -> None:
    attributes = [attribute for kind, target in targets.items() for attribute in _attributes(kind, target)]
    elbv2.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=attributes)


def _attributes(kind: Kind, target: LogTarget) -> Iterable[LoadBalancerAttributeTypeDef]:
    yield {"Key": f"{kind}.s3.enabled", "Value": str(target.enabled).lower()}
    # Elastic Load Balancing refuses an empty bucket, also for logs that are off: "The value of 'access_logs.s3.bucket'
    # cannot be empty". Without one, off is all that can be put back.
    if target.bucket:
        yield {"Key": f"{kind}.s3.bucket", "Value": target.bucket}
        yield {"Key": f"{kind}.s3.prefix", "Value": target.prefix}
