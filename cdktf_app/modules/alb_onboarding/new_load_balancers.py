"""Load balancers that are made later: the rule that tells the function of them."""

from __future__ import annotations

from imports.aws.cloudwatch_event_rule import CloudwatchEventRule
from imports.aws.cloudwatch_event_target import (
    CloudwatchEventTarget,
    CloudwatchEventTargetInputTransformer,
)
from imports.aws.lambda_permission import LambdaPermission

from cdktf_app.modules.alb_onboarding.events import INPUT_PATHS, PATTERN, input_template
from cdktf_app.modules.expressions import jsonencode, number, tags
from cdktf_app.modules.module import Module, comment

_LONGEST_TEMPLATE = 8192
"""Characters (InputTransformer, Amazon EventBridge API reference)."""

_WANTED = "${local.onboards_new ? 1 : 0}"


def add_new_load_balancers(module: Module) -> None:
    """Add the rule, when the selection can select what is yet to be made."""
    module.local(
        "onboards_new",
        "${var.onboard_new && (var.selection.all || length(var.selection.names) + "
        "length(var.selection.name_patterns) + length(var.selection.tags) > 0)}",
        "An ARN is of what is there already.",
    )
    module.local(
        "onboarding_of_new",
        input_template(
            "${jsonencode(merge(local.onboarding, { selection = merge(var.selection, { arns = [] }) }))}"
        ),
    )
    scope = module.concern("new_load_balancers")
    rule = CloudwatchEventRule(
        scope,
        "rule.created",
        count=number(_WANTED),
        name="${var.name}-created",
        description="Load balancers that have just been made, as CloudTrail tells",
        event_pattern=jsonencode(PATTERN),
        tags=tags(),
    )
    comment(
        rule,
        "Elastic Load Balancing has no events of its own for this: without a trail of CloudTrail that logs management "
        "events in this region, nothing comes.",
    )
    target = CloudwatchEventTarget(
        scope,
        "target.created",
        count=number(_WANTED),
        rule="${aws_cloudwatch_event_rule.created[0].name}",
        arn="${aws_lambda_function.this.arn}",
        input_transformer=CloudwatchEventTargetInputTransformer(
            input_paths=INPUT_PATHS, input_template="${local.onboarding_of_new}"
        ),
    )
    target.add_override(
        "lifecycle.precondition",
        [
            {
                "condition": f"${{length(local.onboarding_of_new) <= {_LONGEST_TEMPLATE}}}",
                "error_message": "What EventBridge is to tell the function of a new load balancer takes "
                "${length(local.onboarding_of_new)} characters, and it allows "
                f"{_LONGEST_TEMPLATE}. Shorten selection, such as by patterns instead of names, or set onboard_new to "
                "false.",
            }
        ],
    )
    LambdaPermission(
        scope,
        "permission.created",
        count=number(_WANTED),
        statement_id="AllowEventBridge",
        action="lambda:InvokeFunction",
        # The ARN, not the name: when the function is replaced, its permissions go with it and have to be made again.
        function_name="${aws_lambda_function.this.arn}",
        principal="events.amazonaws.com",
        source_arn="${aws_cloudwatch_event_rule.created[0].arn}",
    )
