"""The onboarding's alarms: load balancers that could not be onboarded when they were made."""

from __future__ import annotations

from constructs import Construct
from imports.aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm

from cdktf_app.modules.expressions import number, strings, tags
from cdktf_app.modules.module import Module

_PERIOD = 300
NAMES = ("errors", "dead_letters")
_LOG = "The ERROR lines of the log group /aws/lambda/${var.name} name each load balancer, the reason and the remedy."


def add_alarms(module: Module) -> None:
    """Add the alarms."""
    scope = module.concern("alarms")
    _alarm(
        scope,
        "errors",
        "AWS/Lambda",
        "Errors",
        {"FunctionName": "${var.name}"},
        f"The onboarding function fails. {_LOG} A run of an apply says so itself; what EventBridge has told of is "
        "tried twice more, and at last kept in ${var.name}-dead-letter.",
        statistic="Sum",
        treat_missing_data="notBreaching",
    )
    # It stays until the queue is empty: SQS falls silent about a queue that nobody used for six hours.
    _alarm(
        scope,
        "dead_letters",
        "AWS/SQS",
        "ApproximateNumberOfMessagesVisible",
        {"QueueName": "${var.name}-dead-letter"},
        "New load balancers are not onboarded: what EventBridge has told of them waits in ${var.name}-dead-letter for "
        f"at most 14 days. {_LOG} Mend that, apply again with another value of the input rerun, and purge the queue.",
        statistic="Maximum",
        treat_missing_data="ignore",
    )
    arns = ", ".join(
        f'{{ for alarm in aws_cloudwatch_metric_alarm.{name} : "{name}" => alarm.arn }}' for name in NAMES
    )
    module.local("alarm_arns", f"${{merge({arns})}}", "By name, those that there are.")


def _alarm(
    scope: Construct,
    name: str,
    namespace: str,
    metric: str,
    dimensions: dict[str, str],
    description: str,
    *,
    statistic: str,
    treat_missing_data: str,
) -> None:
    CloudwatchMetricAlarm(
        scope,
        f"alarm.{name}",
        count=number("${var.monitoring.alarms ? 1 : 0}"),
        alarm_name=f"${{var.name}}-{name.replace('_', '-')}",
        alarm_description=description,
        namespace=namespace,
        metric_name=metric,
        dimensions=dimensions,
        statistic=statistic,
        comparison_operator="GreaterThanThreshold",
        threshold=0,
        period=_PERIOD,
        evaluation_periods=1,
        treat_missing_data=treat_missing_data,
        alarm_actions=strings("${var.monitoring.alarm_topic_arns}"),
        ok_actions=strings("${var.monitoring.ok_topic_arns}"),
        tags=tags(),
    )
