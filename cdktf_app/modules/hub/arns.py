"""ARNs of what the hub makes, put together from its name.

They are known at plan, so that a plan shows whole policies, and spokes planned together with their hub see what they
get. Who uses one and needs the thing itself to exist says so by `depends_on`.
"""

from __future__ import annotations

from cdktf_app.modules.module import Module


def add_arns(module: Module) -> None:
    """Define the ARNs, and where the hub is, as locals."""
    module.local("partition", "${data.aws_partition.current.partition}")
    module.local("region", "${data.aws_region.current.id}")
    module.local("account_id", "${data.aws_caller_identity.current.account_id}")
    module.local(
        "function_arn",
        "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${var.name}",
    )
    module.local("role_arn", "arn:${local.partition}:iam::${local.account_id}:role${var.iam.path}${var.name}")
    module.local("queue_arn", "arn:${local.partition}:sqs:${local.region}:${local.account_id}:${var.name}")
    module.local("dead_letter_queue_arn", "${local.queue_arn}-dead-letter")
    module.local(
        "log_group_arn",
        "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/lambda/${var.name}",
    )
    module.local(
        "flow_log_group_arn",
        "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/vpc/${var.name}",
    )
