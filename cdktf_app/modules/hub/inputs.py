"""The hub's input variables."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.hub.account_inputs import add_account_inputs
from cdktf_app.modules.hub.content_inputs import add_content_inputs
from cdktf_app.modules.hub.credential_inputs import add_credential_inputs
from cdktf_app.modules.hub.function_inputs import add_function_inputs
from cdktf_app.modules.hub.ingestion_inputs import add_ingestion_inputs
from cdktf_app.modules.hub.loki_inputs import add_loki_inputs
from cdktf_app.modules.hub.monitoring_inputs import add_monitoring_inputs
from cdktf_app.modules.hub.network_inputs import add_network_inputs
from cdktf_app.modules.hub.spokes_inputs import add_spokes_inputs
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import RETENTIONS, is_one_of, is_retention, matches


def add_inputs(scope: Construct) -> None:
    """Declare the inputs, in the order in which a reader meets them."""
    variable(
        scope,
        "name",
        type="string",
        default="alb-loki",
        description="Name of the function and its role, and prefix of the names of everything around them. Roles are "
        "global: hubs in several regions of one account need different names.",
        validations=(
            Validation(
                matches(patterns.NAME, "var.name"),
                "name must be 1 to 40 letters, digits, hyphens or underscores: "
                "the names made from it have to fit IAM's and Lambda's limit of 64.",
            ),
        ),
    )
    add_loki_inputs(scope)
    add_credential_inputs(scope)
    add_spokes_inputs(scope)
    add_ingestion_inputs(scope)
    add_content_inputs(scope)
    _refused_destination(scope)
    add_function_inputs(scope)
    add_account_inputs(scope)
    add_network_inputs(scope)
    variable(
        scope,
        "log_retention_days",
        type="number",
        default=14,
        description="Days that CloudWatch keeps the function's own log: one line per object, and the log lines only if "
        "content.print_log_line asks for them.",
        validations=(
            Validation(
                is_retention("var.log_retention_days"),
                f"log_retention_days must be a retention that CloudWatch Logs offers: {RETENTIONS}.",
            ),
        ),
    )
    _own_log_and_metrics(scope)
    add_monitoring_inputs(scope)
    variable(scope, "tags", type="map(string)", default={}, description="Tags of everything that takes tags.")


def _refused_destination(scope: Construct) -> None:
    variable(
        scope,
        "refused_destination_arn",
        type="string",
        default="",
        description="""
            Where log lines are parked that Loki refuses for what they hold, with the reason: the ARN of an SQS
            queue, or of an S3 bucket with a key prefix behind it where wanted, such as
            `arn:aws:s3:::refused-logs/loki`. Without one, they are only counted.

            It must not be what feeds the function, a spoke's bucket or the queue of an event source: what is refused
            would come again and again.

            The function's role may then send to that queue, or put objects below that prefix. A queue or bucket of
            another account has to allow the role, too; one under a customer managed KMS key needs permissions for the
            key that this module does not give.
        """,
        validations=(
            Validation(
                matches(patterns.REFUSED_DESTINATION, "var.refused_destination_arn"),
                "refused_destination_arn must be the ARN of a standard SQS queue, or of an S3 bucket with a key "
                "prefix behind it where wanted, without a slash at its end: arn:aws:s3:::refused-logs/loki.",
            ),
        ),
    )


def _own_log_and_metrics(scope: Construct) -> None:
    variable(
        scope,
        "log_level",
        type="string",
        default="info",
        description="From which level on the function writes to its own log: `debug`, `info`, `warn` or `error`. "
        "The line for each object is always written: it carries the metrics.",
        validations=(
            Validation(
                is_one_of(("debug", "info", "warn", "error"), "var.log_level"),
                "log_level must be debug, info, warn or error.",
            ),
        ),
    )
    variable(
        scope,
        "metrics_namespace",
        type="string",
        default="AlbLoki",
        description="CloudWatch namespace of the function's metrics. They reach CloudWatch by the function's log, so "
        "that the function needs no permission for them. Empty for no metrics.",
        validations=(
            Validation(
                f"{matches(patterns.METRICS_NAMESPACE, 'var.metrics_namespace')} && "
                '!startswith(var.metrics_namespace, "AWS/")',
                "metrics_namespace must be at most 255 letters, digits and ._/#:- without a colon in front, and not "
                "begin with AWS/, which CloudWatch keeps for itself. Empty turns metrics off.",
            ),
        ),
    )
