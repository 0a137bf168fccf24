"""The hub's input `function`: the promtail function itself."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.function_rules import LOG_FORMAT, function_rules
from cdktf_app.modules.hub.environment import OWN_VARIABLES
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import if_given, is_one_of, is_whole_number, matches


def add_function_inputs(scope: Construct) -> None:
    """Declare the input `function`."""
    image = "var.function.image_uri"
    reserved = "var.function.reserved_concurrency"
    signing = "var.function.code_signing_config_arn"
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

              reserved_concurrency    = optional(number)
              tracing                 = optional(string, "PassThrough")
              log_format              = optional(string, "Text")
              environment             = optional(map(string), {})
              code_signing_config_arn = optional(string)
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
            - `reserved_concurrency`: what the function has of the account's concurrency, and its limit. Without it,
              the function shares with others. In mode `queue` it must not be below `ingestion.maximum_concurrency`:
              messages beyond it would be throttled, count as received, and end in the dead-letter queue untried.
            - `tracing`: of AWS X-Ray: `Active`, or `PassThrough`, which follows the caller.
            - `log_format`: `Text`, or `JSON`, in which Lambda's own lines are JSON, too. `log_level` decides what the
              function writes, in both.
            - `environment`: environment variables beside those that the module sets, which it cannot change.
            - `code_signing_config_arn`: makes Lambda check the zip's signature. The zip in this module has none: sign
              it, and give the signed one as `zip_path`.
        """,
        validations=(
            *function_rules(1),
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
            Validation(
                if_given(reserved, f"try({is_whole_number(reserved, 1, 1_000_000)}, false)"),
                "function.reserved_concurrency must be a whole number from 1, or left out. To stop the function, "
                "disable its event source mapping: with none reserved, messages end in the dead-letter queue.",
            ),
            Validation(
                if_given(
                    reserved,
                    'var.ingestion.mode != "queue" || '
                    f"try({reserved} >= var.ingestion.maximum_concurrency, false)",
                ),
                "function.reserved_concurrency must not be below ingestion.maximum_concurrency: messages beyond it "
                "would be throttled and end in the dead-letter queue. Raise it, or lower "
                "ingestion.maximum_concurrency.",
            ),
            Validation(
                is_one_of(("PassThrough", "Active"), "var.function.tracing"),
                "function.tracing must be PassThrough or Active.",
            ),
            LOG_FORMAT,
            Validation(
                "alltrue([for name in keys(var.function.environment) : "
                f"{matches(patterns.VARIABLE_NAME, 'name')} && !{matches(patterns.RESERVED_VARIABLE_NAME, 'name')}])",
                "Each name in function.environment must be two or more letters, digits and underscores, with a letter "
                "in front, and not be one that Lambda sets itself, such as AWS_REGION.",
            ),
            Validation(
                f"alltrue([for name in keys(var.function.environment) : !{is_one_of(OWN_VARIABLES, 'name')}])",
                "function.environment must not name a variable that the module sets from its own inputs, such as "
                "WRITE_ADDRESS. Use that input: loki, content, spokes, log_level and so on.",
            ),
            Validation(
                if_given(signing, f"{matches(patterns.CODE_SIGNING_CONFIG_ARN, signing)} && {image} == null"),
                "function.code_signing_config_arn must be the ARN of a code signing configuration, "
                "arn:aws:lambda:<region>:<account>:code-signing-config:csc-<id>, and needs a zip: Lambda checks no "
                "signatures of images.",
            ),
        ),
    )
