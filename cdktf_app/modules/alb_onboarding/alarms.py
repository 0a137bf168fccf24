"""The onboarding's alarms: load balancers that could not be onboarded when they were made."""

from __future__ import annotations

from cdktf_app.modules.alarms import add_alarm, define_alarm_arns
from cdktf_app.modules.metrics import DEAD_LETTERS, FUNCTION
from cdktf_app.modules.module import Module

NAMES = ("errors", "dead_letters")
_LOG = "The ERROR lines of the log group /aws/lambda/${var.name} name each load balancer, the reason and the remedy."


def add_alarms(module: Module) -> None:
    """Add the alarms."""
    scope = module.concern("alarms")
    add_alarm(
        scope,
        "errors",
        FUNCTION,
        "Errors",
        f"The onboarding function fails. {_LOG} A run of an apply says so itself; what EventBridge has told of is "
        "tried twice more, and at last kept in ${var.name}-dead-letter.",
        statistic="Sum",
    )
    # It stays until the queue is empty: SQS falls silent about a queue that nobody used for six hours.
    add_alarm(
        scope,
        "dead_letters",
        DEAD_LETTERS,
        "ApproximateNumberOfMessagesVisible",
        "New load balancers are not onboarded: what EventBridge has told of them waits in ${var.name}-dead-letter for "
        f"at most 14 days. {_LOG} Mend that, apply again with another value of the input rerun, and purge the queue.",
        statistic="Maximum",
        treat_missing_data="ignore",
    )
    define_alarm_arns(module, NAMES)
