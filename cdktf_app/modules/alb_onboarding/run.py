"""The run: at every apply that changes what is wanted, and at destroy."""

from __future__ import annotations

from typing import Any

from cdktf import TerraformResourceLifecycle
from imports.aws.lambda_invocation import LambdaInvocation
from imports.aws.ssm_parameter import SsmParameter

from cdktf_app.modules.alb_onboarding.names import LAST_FAILURE
from cdktf_app.modules.alb_onboarding.topic import READY as TOPIC_READY
from cdktf_app.modules.expressions import tags
from cdktf_app.modules.module import Module, comment, skip_check

_NEEDED = (
    "aws_cloudwatch_log_group.this",
    "aws_iam_role_policy.function",
    "aws_lambda_function_event_invoke_config.this",
    *TOPIC_READY,
    # What is made after the run has looked is told of from the beginning, and by the settings of this run: the function
    # refuses others. At destroy, the run goes first, and lets the function refuse what is told after it.
    "aws_cloudwatch_event_target.created",
    "aws_lambda_permission.created",
)
"""What has to be there while the function runs, at destroy as well."""

_ONBOARDING: dict[str, Any] = {
    "name": "${var.name}",
    "selection": "${var.selection}",
    "logs": "${var.logs}",
    "bucket": "${merge(var.bucket, { name = local.bucket_name })}",
    "readers": "${var.readers}",
    "topic_arn": '${var.topic.enabled ? local.topic_arn : ""}',
    "hub": "${var.hub}",
    "elb_account_id": "${local.elb_account_id}",
    "force": "${var.force}",
    "on_destroy": "${var.on_destroy}",
    "dry_run": "${var.dry_run}",
}


def add_run(module: Module) -> None:
    """Add the invocation of the function, and the parameter that makes the next apply run again after a failure."""
    module.local(
        "hub_region",
        '${var.hub == null ? local.region : split(":", coalesce(var.hub.queue_arn, var.hub.function_arn))[3]}',
    )
    module.local("onboarding", _ONBOARDING, "What the function is asked to do.")
    scope = module.concern("run")
    last_failure = SsmParameter(
        scope,
        "parameter.last_failure",
        name=LAST_FAILURE,
        description="Changed by the function when a run has failed, so that the next apply runs again",
        type="String",
        insecure_value="none",
        lifecycle=TerraformResourceLifecycle(ignore_changes=["insecure_value"]),
        tags=tags(),
    )
    skip_check(last_failure, "CKV2_AWS_34", "it says no more than when a run has failed: nothing to encrypt")
    invocation = LambdaInvocation(
        scope,
        "invocation.this",
        function_name="${aws_lambda_function.this.function_name}",
        lifecycle_scope="CRUD",
        input="${jsonencode(merge(local.onboarding, { "
        'resume = trimprefix(aws_ssm_parameter.last_failure.insecure_value, "ended "), '
        "rerun = var.rerun }))}",
    )
    comment(
        invocation,
        "It runs when its input changes, and when it is destroyed; what it then needs goes after it. It fails for "
        "nothing that single load balancers or buckets are: what fails is in its answer, and fails the apply by the "
        "output failures, so that Terraform knows of the run, and can take back what it has done.",
    )
    invocation.add_override("depends_on", list(_NEEDED))
    invocation.add_override("lifecycle.precondition", [_has_elb_account(), _is_in_the_hubs_region()])
    module.local("result", "${jsondecode(aws_lambda_invocation.this.result)}")


def _has_elb_account() -> dict[str, str]:
    return {
        "condition": '${!var.grant_elb_account || local.elb_account_id != ""}',
        "error_message": "grant_elb_account is true, but the region ${local.region} has no Elastic Load Balancing "
        "account. Leave grant_elb_account at false: the service principal is granted in every region.",
    }


def _is_in_the_hubs_region() -> dict[str, str]:
    # At plan, if the hub is known: the function would find it only during the apply.
    return {
        "condition": "${var.topic.enabled || local.hub_region == local.region}",
        "error_message": "hub: its queue or function is in ${local.hub_region}, and S3 notifies only what is in the "
        "region of its bucket, ${local.region}. Use a hub of that region.",
    }
