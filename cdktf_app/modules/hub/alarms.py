"""The hub's alarms: what each watches, when it goes off, and what to do then."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.alarms import add_alarm, define_alarm_arns
from cdktf_app.modules.expressions import number
from cdktf_app.modules.hub.metrics import OWN, QUEUE
from cdktf_app.modules.metrics import DEAD_LETTERS, FUNCTION
from cdktf_app.modules.module import Module, comment

_LOG = "The ERROR lines of the log group /aws/lambda/${var.name} name each object, the reason and the remedy."

_QUIET = "Missing data is no alarm: with no object to deliver, there is nothing to measure."

_REDRIVE = (
    '${local.use_queue ? "Then send them again: aws sqs start-message-move-task --source-arn '
    '${local.dead_letter_queue_arn}" : "Then invoke the function again with what each message holds as '
    'requestPayload."}'
)

NAMES = ("errors", "throttles", "oldest_message", "dead_letters", "delivery_delay", "refused_lines")


def add_alarms(module: Module) -> None:
    """Add the alarms that fit the mode of ingestion and the metrics that there are."""
    module.local("use_metrics", '${var.metrics_namespace != ""}')
    scope = module.concern("alarms")
    _of_the_function(scope)
    _of_the_queues(scope)
    _of_what_is_delivered(scope)
    define_alarm_arns(module, NAMES)


def _of_the_function(scope: Construct) -> None:
    errors = add_alarm(
        scope,
        "errors",
        FUNCTION,
        "Errors",
        f"Invocations of the promtail function fail. {_LOG} Loki that is away for a while is the usual reason: what "
        "failed is tried again by itself, and at last is kept in ${var.name}-dead-letter.",
        statistic="Sum",
        evaluation_periods=3,
        datapoints_to_alarm=2,
    )
    comment(
        errors, f"Twice within fifteen minutes, since one failure is repaired by the next attempt. {_QUIET}"
    )
    add_alarm(
        scope,
        "throttles",
        FUNCTION,
        "Throttles",
        "Lambda does not start the promtail function as often as it should. Look at the account's quota of concurrent "
        "executions, which all functions of a region share, and at the input function.reserved_concurrency of the hub. "
        "What is throttled is tried again by itself.",
        statistic="Sum",
        evaluation_periods=3,
        datapoints_to_alarm=2,
    )


def _of_the_queues(scope: Construct) -> None:
    add_alarm(
        scope,
        "oldest_message",
        QUEUE,
        "ApproximateAgeOfOldestMessage",
        "Log objects wait too long in the queue ${var.name}: the function does not keep up, or what it does fails. "
        f"{_LOG} Without errors there, raise ingestion.maximum_concurrency or function.memory_size of the hub. "
        "Nothing is lost as long as messages are younger than ${var.ingestion.retention_days} days.",
        condition="local.use_queue",
        statistic="Maximum",
        threshold=number("${var.monitoring.oldest_message_age_seconds}"),
    )
    dead_letters = add_alarm(
        scope,
        "dead_letters",
        DEAD_LETTERS,
        "ApproximateNumberOfMessagesVisible",
        "Log objects were given up, and wait in ${var.name}-dead-letter for at most 14 days. "
        f"{_LOG} Mend that first. {_REDRIVE}",
        statistic="Maximum",
        treat_missing_data="ignore",
    )
    comment(
        dead_letters,
        "It stays until the queue is empty. Missing data changes nothing: SQS falls silent about a queue that nobody "
        "used for six hours, whether messages are in it or not.",
    )


def _of_what_is_delivered(scope: Construct) -> None:
    delay = add_alarm(
        scope,
        "delivery_delay",
        OWN,
        "DeliveryDelay",
        "Log lines reach Loki late. The dashboard tells where the time goes: in the queue (age of the oldest message), "
        "in the function (duration) or at Loki (push latency, retries). If all are low, Elastic Load Balancing "
        "delivers late, or old objects were sent again.",
        condition="local.use_metrics",
        extended_statistic="p90",
        threshold=number("${var.monitoring.delivery_delay_seconds}"),
        evaluation_periods=3,
        datapoints_to_alarm=2,
    )
    comment(delay, f"Nine of ten objects, since a single old one that is sent again is no reason. {_QUIET}")
    add_alarm(
        scope,
        "refused_lines",
        OWN,
        "LinesRefused",
        "Loki refuses log lines for what they hold, and they are not sent again. The log group /aws/lambda/${var.name} "
        "has the number by reason and Loki's answer: raise Loki's limits, or change the labels. "
        '${var.refused_destination_arn == "" ? "They are lost: set refused_destination_arn of the hub to keep such '
        'lines." : "They are kept in ${var.refused_destination_arn}, with what sends them again."}',
        condition="local.use_metrics",
        statistic="Sum",
    )
