"""The outputs of log delivery."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.expressions import POLICY_VERSION, jsonencode
from cdktf_app.modules.inputs import Validation, output
from cdktf_app.modules.log_delivery.regions import SERVICE_PRINCIPAL


def add_outputs(scope: Construct) -> None:
    """Declare the outputs."""
    output(scope, "region", "${var.region}", "The region that was asked for.")
    output(
        scope,
        "partition",
        "${local.partition}",
        "The region's partition, as it stands in ARNs: `aws`, `aws-cn`, `aws-us-gov`, …",
    )
    output(
        scope,
        "elb_account_id",
        "${local.elb_account_id}",
        "The region's Elastic Load Balancing account; null where there is none, or none that is known.",
    )
    output(
        scope,
        "principals",
        "${local.principals}",
        "Who delivers, in the form of a policy's `Principal`: `Service`, and `AWS` with `grant_elb_account`.",
    )
    output(
        scope,
        "statements",
        "${local.statements}",
        "The statements that let them deliver, to be put into a policy with others.",
        preconditions=(
            Validation(
                "!var.grant_elb_account || local.elb_account_id != null",
                "grant_elb_account is true, but the region ${var.region} has no Elastic Load Balancing account. "
                f"Leave grant_elb_account at false: the service principal {SERVICE_PRINCIPAL} is granted in every "
                "region.",
            ),
        ),
    )
    output(
        scope,
        "policy_json",
        jsonencode({"Version": POLICY_VERSION, "Statement": "${local.statements}"}),
        "The same as a whole bucket policy, for a bucket that has no other statements.",
    )
