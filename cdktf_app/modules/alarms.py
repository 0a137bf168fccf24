"""Alarms of the modules that have an input `monitoring`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constructs import Construct
from imports.aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm

from cdktf_app.modules.expressions import number, strings, tags
from cdktf_app.modules.metrics import PERIOD, Source
from cdktf_app.modules.module import Module


def add_alarm(
    scope: Construct,
    name: str,
    source: Source,
    metric: str,
    description: str,
    *,
    threshold: float = 0,
    condition: str | None = None,
    evaluation_periods: int = 1,
    treat_missing_data: str = "notBreaching",
    **others: Any,
) -> CloudwatchMetricAlarm:
    """Add an alarm on a metric above its threshold; the condition is beside that alarms are wanted at all."""
    wanted = f"var.monitoring.alarms && {condition}" if condition else "var.monitoring.alarms"
    return CloudwatchMetricAlarm(
        scope,
        f"alarm.{name}",
        count=number(f"${{{wanted} ? 1 : 0}}"),
        alarm_name=f"${{var.name}}-{name.replace('_', '-')}",
        alarm_description=description,
        namespace=source.namespace,
        metric_name=metric,
        dimensions={source.dimension: source.value},
        comparison_operator="GreaterThanThreshold",
        threshold=threshold,
        period=PERIOD,
        evaluation_periods=evaluation_periods,
        treat_missing_data=treat_missing_data,
        alarm_actions=strings("${var.monitoring.alarm_topic_arns}"),
        ok_actions=strings("${var.monitoring.ok_topic_arns}"),
        tags=tags(),
        **others,
    )


def define_alarm_arns(module: Module, names: Sequence[str]) -> None:
    """Define the ARNs of the alarms of these names as a local."""
    arns = ", ".join(
        f'{{ for alarm in aws_cloudwatch_metric_alarm.{name} : "{name}" => alarm.arn }}' for name in names
    )
    module.local("alarm_arns", f"${{merge({arns})}}", "By name, those that there are.")
