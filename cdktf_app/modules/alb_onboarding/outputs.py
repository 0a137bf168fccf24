"""The onboarding's outputs."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import Validation, output


def add_outputs(scope: Construct) -> None:
    """Declare the outputs."""
    output(
        scope,
        "summary",
        "${local.result.summary}",
        "What the last apply found, decided and did, or would do in a dry run: a line for each load balancer and "
        "bucket, for people.",
    )
    output(
        scope,
        "report",
        "${local.result}",
        "The same for machines: `load_balancers` and `buckets`, each with `name`, `outcome`, `found`, `decided`, "
        "`done` and `why`, and of load balancers `arn` and `type`.",
    )
    output(
        scope,
        "failures",
        "${local.result.failures}",
        "What the last apply could not do, with the remedy: a sentence each. An apply with any of them fails, but for "
        "a dry run.",
        preconditions=(
            # Of the output, not a postcondition of the run: its message would begin with the whole answer, and what
            # depends on the run would not be made.
            Validation(
                "var.dry_run || length(local.result.failures) == 0",
                "Not everything is onboarded. What is not named here is done. Mend what is named, and apply again:\n"
                '${join("\\n", [for failure in local.result.failures : "- ${failure}"])}',
            ),
        ),
    )
    output(
        scope,
        "bucket_names",
        "${local.result.bucket_names}",
        "The buckets with the logs of the onboarded load balancers, known after the apply.",
    )
    output(
        scope,
        "for_hub",
        """${{
          account_id  = local.account_id
          bucket_name = local.bucket_name
          prefix      = var.bucket.prefix
          topic_arn   = var.topic.enabled ? local.topic_arn : ""
        }}""",
        "The bucket of load balancers that did not log before, as a value of the hub's `spokes`; known at plan. "
        "Buckets that load balancers log to already have to be listed there beside it.",
        depends_on=("aws_sns_topic_policy.this",),
    )
    output(
        scope,
        "topic_arn",
        "${var.topic.enabled ? local.topic_arn : null}",
        "ARN of the topic that is told of new log objects; null without one.",
        depends_on=("aws_sns_topic_policy.this",),
    )
    output(
        scope,
        "subscriptions",
        """${{
          for name, subscription in aws_sns_topic_subscription.this : name => {
            protocol = subscription.protocol
            endpoint = subscription.endpoint
            status   = subscription.pending_confirmation ? "pending" : "confirmed"
          }
        }}""",
        "The topic's subscriptions, with `status`: `confirmed`, or `pending` until the other side confirms.",
    )
    output(
        scope,
        "onboards_new",
        "${local.onboards_new}",
        "Whether load balancers that are made later are onboarded, in an account whose CloudTrail tells of them.",
    )
    output(
        scope,
        "function_arn",
        "${local.function_arn}",
        "ARN of the onboarding function.",
        depends_on=("aws_lambda_function.this",),
    )
    output(
        scope,
        "role_arn",
        "${local.role_arn}",
        "ARN of the function's role, for a boundary or a policy of your own.",
        depends_on=("aws_iam_role.this",),
    )
    output(
        scope,
        "log_group_name",
        "${aws_cloudwatch_log_group.this.name}",
        "CloudWatch log group of the function: a line for each load balancer and bucket of each run.",
    )
    output(
        scope,
        "dead_letter_queue_arn",
        "${local.dead_letter_queue_arn}",
        "ARN of the queue of events that the function has failed for.",
        depends_on=("aws_sqs_queue.dead_letter",),
    )
    output(
        scope,
        "dead_letter_queue_url",
        "${aws_sqs_queue.dead_letter.url}",
        "URL of the queue of events that the function has failed for.",
    )
    output(
        scope,
        "kms_key_statements",
        "${jsonencode(local.kms_key_statements)}",
        "JSON list of the statements that the policy of a key for `kms_key_arn` needs beside those of its "
        "administrators: `concat(local.administration, jsondecode(module.onboarding.kms_key_statements))`.",
    )
    output(
        scope,
        "alarm_arns",
        "${local.alarm_arns}",
        "ARNs of the alarms by their names, errors and dead_letters, those that there are.",
    )
