"""Alarms on new load balancers that could not be onboarded; of all others the stack itself tells."""

from __future__ import annotations

from typing import Any

from cdktf_app.modules.alb_onboarding.cloudformation.intrinsics import attribute, ref


def alarm_resources() -> dict[str, Any]:
    """Return the alarms."""
    return {
        "ErrorsAlarm": _alarm(
            "The onboarding function ends in errors. Read its log, mend what it names, and update the stack with "
            "another Rerun.",
            "AWS/Lambda",
            "Errors",
            {"Name": "FunctionName", "Value": ref("Function")},
        ),
        "DeadLettersAlarm": _alarm(
            "A new load balancer was not onboarded. Read the function's log, mend what it names, update the stack with "
            "another Rerun, and purge the dead-letter queue.",
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            {"Name": "QueueName", "Value": attribute("DeadLetters", "QueueName")},
        ),
    }


def _alarm(description: str, namespace: str, metric: str, dimension: dict[str, Any]) -> dict[str, Any]:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Condition": "HasAlarms",
        "DependsOn": "Onboarding",
        "Properties": {
            "AlarmDescription": description,
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [dimension],
            "Statistic": "Maximum",
            "Period": 300,
            "EvaluationPeriods": 1,
            "Threshold": 0,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [ref("AlarmTopicArn")],
        },
    }
