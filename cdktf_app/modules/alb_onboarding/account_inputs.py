"""The onboarding's inputs that say what its account asks of everything in it: `iam`, `kms_key_arn`, `monitoring`."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.account_rules import ALARM_TOPICS, IAM, KMS_KEY_ARN
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import matches


def add_account_inputs(scope: Construct) -> None:
    """Declare the inputs."""
    variable(
        scope,
        "iam",
        type="""
            object({
              path                     = optional(string, "/")
              permissions_boundary_arn = optional(string)
              bucket_names             = optional(list(string), ["*"])
            })
        """,
        default={},
        description="""
            What your account asks of the function's role.
            - `path`: the path of the role, such as `/platform/logs/`.
            - `permissions_boundary_arn`: a policy that limits what the role may do. It has to allow what the function
              needs, see the role's policy.
            - `bucket_names`: the buckets of this account whose policy and notifications the function may change, as
              names or patterns with `*` and `?`; by default all, since a load balancer may log to any of them. A bucket
              that is no longer wanted has to stay for one more apply, which takes out what is in it.
        """,
        validations=(
            *IAM,
            Validation(
                "length(var.iam.bucket_names) > 0 && alltrue([for name in var.iam.bucket_names : "
                f"{matches(patterns.BUCKET_PATTERN, 'name')}])",
                "iam.bucket_names must be at least one name of a bucket, or pattern with * and ?, such as shop-*-logs. "
                "Give names, not ARNs.",
            ),
        ),
    )
    variable(
        scope,
        "kms_key_arn",
        type="string",
        default="",
        description="""
            A customer managed KMS key, in this region, for the topic, the dead-letter queue and the log group; empty
            for AWS's own keys, and a key of its own for the topic. The key's policy has to hold the statements of the
            output `kms_key_statements`, which do not depend on this input: key and onboarding can be made by one
            configuration.
        """,
        validations=(KMS_KEY_ARN,),
    )
    variable(
        scope,
        "monitoring",
        type="""
            object({
              alarms           = optional(bool, true)
              alarm_topic_arns = optional(list(string), [])
              ok_topic_arns    = optional(list(string), [])
            })
        """,
        default={},
        description="""
            How you learn of load balancers that could not be onboarded when they were made. An apply tells it itself.
            - `alarms`: alarms on errors of the function, and on what it has given up. Each says what to do next, and
              has a monthly price.
            - `alarm_topic_arns`, `ok_topic_arns`: up to 5 SNS topics each, in this region, for an alarm that goes off,
              and for one that is over. A topic under a customer managed key has to let `cloudwatch.amazonaws.com` use
              the key.
        """,
        validations=ALARM_TOPICS,
    )
