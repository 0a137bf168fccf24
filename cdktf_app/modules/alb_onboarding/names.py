"""Names and ARNs of what the onboarding makes and works on, put together from its inputs.

They are known at plan, so that a plan shows whole policies, and a hub planned together with the onboarding sees what it
gets. Who uses one and needs the thing itself to exist says so by `depends_on`.
"""

from __future__ import annotations

from cdktf_app.modules.alb_onboarding.statements import STATE_PATH, Names
from cdktf_app.modules.module import Module

NAMES = Names(
    partition="${local.partition}",
    region="${local.region}",
    account_id="${local.account_id}",
    name="${var.name}",
    bucket_arns="${local.allowed_bucket_arns}",
    created_bucket_arn="${local.bucket_arn}",
    log_group_arn="${local.log_group_arn}",
    dead_letter_queue_arn="${local.dead_letter_queue_arn}",
    topic_arn="${local.topic_arn}",
    subscriber_arns="${local.subscriber_arns}",
    subscriber_endpoints="${local.subscriber_endpoints}",
)
"""What the policies name, in Terraform."""

LAST_FAILURE = f"/{STATE_PATH}/${{var.name}}/last-failure"
"""Name of the parameter that has a new value after a run that failed."""


def add_names(module: Module) -> None:
    """Define them as locals."""
    module.local("partition", "${data.aws_partition.current.partition}")
    module.local("region", "${data.aws_region.current.id}")
    module.local("account_id", "${data.aws_caller_identity.current.account_id}")
    module.local(
        "bucket_name",
        '${var.bucket.name == "" ? "${var.name}-${local.account_id}-${local.region}" : var.bucket.name}',
        "Of the bucket of load balancers that do not log yet.",
    )
    module.local("bucket_arn", '${"arn:${local.partition}:s3:::${local.bucket_name}"}')
    module.local(
        "allowed_bucket_arns",
        '${[for name in distinct(concat(var.iam.bucket_names, contains(var.iam.bucket_names, "*") ? [] : '
        '[local.bucket_name])) : "arn:${local.partition}:s3:::${name}"]}',
    )
    module.local(
        "function_arn",
        "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${var.name}",
    )
    module.local("role_arn", "arn:${local.partition}:iam::${local.account_id}:role${var.iam.path}${var.name}")
    module.local(
        "dead_letter_queue_arn",
        "arn:${local.partition}:sqs:${local.region}:${local.account_id}:${var.name}-dead-letter",
    )
    module.local(
        "log_group_arn",
        "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/lambda/${var.name}",
    )
    module.local("topic_arn", "arn:${local.partition}:sns:${local.region}:${local.account_id}:${var.name}")
    module.local(
        "subscriber_arns",
        '${[for account_id in var.topic.subscriber_account_ids : "arn:${local.partition}:iam::${account_id}:root"]}',
    )
    module.local(
        "subscriber_endpoints",
        "${flatten([for account_id in var.topic.subscriber_account_ids : ["
        '"arn:${local.partition}:sqs:${local.region}:${account_id}:*", '
        '"arn:${local.partition}:lambda:${local.region}:${account_id}:function:*"]])}',
        "Queues and functions of the accounts that may subscribe.",
    )
