"""The hub's input `monitoring`: its alarms and its dashboard."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.account_rules import ALARM_TOPICS
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import is_whole_number


def add_monitoring_inputs(scope: Construct) -> None:
    """Declare the input `monitoring`."""
    variable(
        scope,
        "monitoring",
        type="""
            object({
              alarms                     = optional(bool, true)
              dashboard                  = optional(bool, true)
              alarm_topic_arns           = optional(list(string), [])
              ok_topic_arns              = optional(list(string), [])
              oldest_message_age_seconds = optional(number, 900)
              delivery_delay_seconds     = optional(number, 900)
            })
        """,
        default={},
        description="""
            How you learn how the hub is doing. Alarms and the dashboard have a monthly price each.
            - `alarms`: alarms on errors and throttles of the function, on what waits too long in the queue, on what was
              given up, on lines that arrive late and on lines that Loki refuses. The last two are of the function's own
              metrics: there are none where `metrics_namespace` is empty. Each says what to do next.
            - `dashboard`: a CloudWatch dashboard of the name `name`.
            - `alarm_topic_arns`, `ok_topic_arns`: up to 5 SNS topics each, in the hub's region, for an alarm that goes
              off, and for one that is over. A topic under a customer managed key has to let
              `cloudwatch.amazonaws.com` use the key.
            - `oldest_message_age_seconds`: how long the oldest message may wait in the queue. A message that failed is
              tried again after six times `function.timeout`.
            - `delivery_delay_seconds`: how long after their time nine of ten objects' newest lines may arrive. Elastic
              Load Balancing itself writes its logs every five minutes.
        """,
        validations=(
            *ALARM_TOPICS,
            Validation(
                is_whole_number("var.monitoring.oldest_message_age_seconds", 60, 14 * 86400),
                "monitoring.oldest_message_age_seconds must be a whole number of seconds from 60 to 1209600 (14 days), "
                "the longest that SQS keeps a message.",
            ),
            Validation(
                is_whole_number("var.monitoring.delivery_delay_seconds", 60, 14 * 86400),
                "monitoring.delivery_delay_seconds must be a whole number of seconds from 60 to 1209600 (14 days).",
            ),
        ),
    )
