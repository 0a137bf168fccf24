"""The hub's input variables."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.hub.content_inputs import add_content_inputs
from cdktf_app.modules.hub.credential_inputs import add_credential_inputs
from cdktf_app.modules.hub.loki_inputs import add_loki_inputs
from cdktf_app.modules.hub.network_inputs import add_network_inputs
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import (
    PREFIX_RULES,
    RETENTIONS,
    each_of,
    is_bucket_name,
    is_one_of,
    is_prefix,
    is_retention,
    matches,
)


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
    _spokes(scope)
    add_content_inputs(scope)
    _refused_destination(scope)
    _function(scope)
    add_network_inputs(scope)
    variable(scope, "kms_key_arn", type="string", default="", description="TEMPORARY until merged.")
    variable(
        scope,
        "iam",
        type='object({ path = optional(string, "/"), permissions_boundary_arn = optional(string) })',
        default={},
        description="TEMPORARY until merged.",
    )
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
    variable(scope, "tags", type="map(string)", default={}, description="Tags of everything that takes tags.")


def _spokes(scope: Construct) -> None:
    variable(
        scope,
        "spokes",
        type="""
            map(object({
              account_id  = string
              bucket_name = string
              prefix      = optional(string, "")
            }))
        """,
        default={},
        description="""
            Log buckets that feed this hub, by a name of your choice. Add a spoke here before its own module is
            applied: S3 checks that it may invoke the function when the notification is made.
            - `account_id`: the AWS account that owns the bucket, and whose load balancers write to it.
            - `bucket_name`: the bucket that Elastic Load Balancing writes to.
            - `prefix`: the key prefix in front of `AWSLogs`, without slashes at its ends.
        """,
        validations=(
            Validation(
                'alltrue([for name in keys(var.spokes) : can(regex("^[a-zA-Z0-9_-]{1,80}$", name))])',
                "Each name in spokes must be 1 to 80 letters, digits, hyphens or underscores: it becomes "
                "part of a permission's statement id.",
            ),
            Validation(
                each_of("spokes", matches(patterns.ACCOUNT_ID, "spoke.account_id")),
                "Every spoke's account_id must be a 12-digit AWS account id, in quotes: leading zeros count.",
            ),
            Validation(
                each_of("spokes", is_bucket_name("spoke.bucket_name")),
                "Every spoke's bucket_name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, "
                "dots and hyphens, starting and ending with a letter or digit. Give the name, not an ARN or URL.",
            ),
            Validation(
                each_of("spokes", is_prefix("spoke.prefix")),
                f"Every spoke's prefix must {PREFIX_RULES}",
            ),
            Validation(
                "length(distinct([for spoke in values(var.spokes) : spoke.bucket_name])) == length(var.spokes)",
                "Two spokes name the same bucket. A bucket has one notification configuration, so it is one spoke.",
            ),
        ),
    )


def _function(scope: Construct) -> None:
    variable(
        scope,
        "function",
        type="""
            object({
              architecture = optional(string, "arm64")
              memory_size  = optional(number, 256)
              timeout      = optional(number, 60)
              runtime      = optional(string, "python3.13")
              zip_path     = optional(string)
              image_uri    = optional(string)
            })
        """,
        default={},
        description="""
            The promtail function.
            - `architecture`: `arm64` (cheaper) or `x86_64`.
            - `memory_size`: in MB.
            - `timeout`: in seconds, at most 900. An object that takes longer is tried again from its beginning,
              unless it came from a queue: then the rest of it follows in the next invocation.
            - `runtime`: the Lambda runtime of the zip. The zip in this module is built for the default.
            - `zip_path`: a zip of your own build instead of the one in this module.
            - `image_uri`: a container image in Amazon ECR instead of a zip.
        """,
        validations=(
            Validation(
                'contains(["arm64", "x86_64"], var.function.architecture)',
                "function.architecture must be arm64 or x86_64.",
            ),
            Validation(
                "var.function.memory_size >= 128 && var.function.memory_size <= 10240",
                "function.memory_size must be 128 to 10240 (MB).",
            ),
            Validation(
                "var.function.timeout >= 1 && var.function.timeout <= 900",
                "function.timeout must be 1 to 900 (seconds), Lambda's limit.",
            ),
            Validation(
                'can(regex("^python3[.](1[1-9])$", var.function.runtime))',
                "function.runtime must be a Python runtime of Lambda, python3.11 or newer.",
            ),
            Validation(
                'var.function.runtime == "python3.13" || var.function.zip_path != null || '
                "var.function.image_uri != null",
                "The zip in this module is built for function.runtime python3.13. For another runtime give "
                "function.zip_path, a zip that is built for it.",
            ),
            Validation(
                "var.function.zip_path == null || var.function.image_uri == null",
                "function.zip_path and function.image_uri exclude each other: a function is a zip or an image.",
            ),
            Validation(
                "var.function.image_uri == null || can(regex("
                '"^[0-9]{12}[.]dkr[.-]ecr(-fips)?[.][a-z0-9.-]+/[a-z0-9._/-]+'
                '(:[a-zA-Z0-9_.-]+|(:[a-zA-Z0-9_.-]+)?@sha256:[0-9a-f]{64})$",'
                " var.function.image_uri))",
                "function.image_uri must be the URI of an image in Amazon ECR, with its tag or digest: "
                "<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>. Lambda runs images from nowhere else.",
            ),
        ),
    )


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
