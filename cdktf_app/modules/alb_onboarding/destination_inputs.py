"""The onboarding's inputs that say who gets the logs: `readers`, `hub` and `topic`."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.hub_rules import hub_rules
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import is_one_of, matches

PROTOCOLS = ("https", "sqs", "lambda")


def add_destination_inputs(scope: Construct) -> None:
    """Declare the inputs."""
    variable(
        scope,
        "hub",
        type="""
            object({
              role_arn     = string
              function_arn = optional(string)
              queue_arn    = optional(string)
            })
        """,
        nullable=True,
        description="""
            The hub that gets the logs: its output `for_spokes`. It lists the buckets in its `spokes` already, by
            `for_hub` for the bucket of this onboarding. Without a hub and without a topic nobody is told of new logs:
            they are in their buckets, where `readers` find them.
            - `role_arn`: the role that reads the logs.
            - `queue_arn` or `function_arn`: what hears of each new log object, unless there is a topic: S3 takes one
              rule for a key, so the hub then listens to the topic.
        """,
        validations=hub_rules(optional=True),
    )
    _topic(scope)
    variable(
        scope,
        "readers",
        type="""
            object({
              arns            = optional(list(string), [])
              organization_id = optional(string, "")
            })
        """,
        default={},
        description="""
            Who else may read the logs: list the buckets, and get the log objects, and nothing more.
            - `arns`: accounts (`arn:aws:iam::<account>:root`), roles or users.
            - `organization_id`: the AWS organization that they have to be in, such as `o-a1b2c3d4e5`; empty for any.
        """,
        validations=(
            Validation(
                f"alltrue([for arn in var.readers.arns : {matches(patterns.READER_ARN, 'arn')}])",
                "Each of readers.arns must be the ARN of an account, a role or a user: arn:aws:iam::<account>:root, "
                "arn:aws:iam::<account>:role/<name>.",
            ),
            Validation(
                matches(patterns.ORGANIZATION_ID, "var.readers.organization_id"),
                "readers.organization_id must be the ID of an AWS organization, o- and 10 to 32 small letters and "
                "digits, or empty.",
            ),
            Validation(
                'var.readers.organization_id == "" || length(var.readers.arns) > 0',
                "readers.organization_id is a condition on readers.arns, which is empty. Name the accounts or roles "
                "of the organization that may read.",
            ),
        ),
    )


def _topic(scope: Construct) -> None:
    variable(
        scope,
        "topic",
        type="""
            object({
              enabled                = optional(bool, false)
              create_key             = optional(bool)
              subscriber_account_ids = optional(list(string), [])
              subscriptions = optional(map(object({
                protocol               = string
                endpoint               = string
                raw_message_delivery   = optional(bool, false)
                endpoint_auto_confirms = optional(bool, false)
              })), {})
            })
        """,
        default={},
        description="""
            An SNS topic of the name `name` that S3 publishes each new log object to; encrypted.
            - `enabled`: true to make it.
            - `create_key`: makes a KMS key for it, since S3 cannot publish by AWS's own key; by default, unless there
              is a `kms_key_arn`. Say false where that key is made by the same configuration.
            - `subscriber_account_ids`: accounts that may subscribe queues and functions of theirs, which then nobody
              has to confirm: such as the hub's, when it listens to the topic.
            - `subscriptions`: by a name of your choice, an `https` address, or the ARN of a queue (`sqs`) or function
              (`lambda`). The output `subscriptions` says which wait to be confirmed: an address, unless it confirms by
              itself (`endpoint_auto_confirms`) while Terraform waits for it; and a queue of another account. A queue's
              policy has to let `sns.amazonaws.com` send for this topic; a function has to be of this account and
              region, and is invited here. `raw_message_delivery` leaves out SNS's envelope; not for `lambda`.
        """,
        validations=(
            Validation(
                "var.topic.enabled || length(var.topic.subscriptions) + length(var.topic.subscriber_account_ids) == 0",
                "topic has subscriptions or subscriber_account_ids, but no topic: set topic.enabled to true, or leave "
                "them out.",
            ),
            Validation(
                "alltrue([for id in var.topic.subscriber_account_ids : "
                f"{matches(patterns.ACCOUNT_ID, 'id')}]) && length(distinct(var.topic.subscriber_account_ids)) == "
                "length(var.topic.subscriber_account_ids)",
                "Each of topic.subscriber_account_ids must be a 12-digit AWS account id, in quotes, named once.",
            ),
            Validation(
                'alltrue([for name in keys(var.topic.subscriptions) : can(regex("^[a-zA-Z0-9_-]{1,55}$", name))])',
                "Each name in topic.subscriptions must be 1 to 55 letters, digits, hyphens or underscores: it becomes "
                "part of a permission's statement id, which takes 100 characters.",
            ),
            Validation(
                "alltrue([for subscription in values(var.topic.subscriptions) : "
                f"{is_one_of(PROTOCOLS, 'subscription.protocol')}])",
                f"The protocol of each of topic.subscriptions must be {', '.join(PROTOCOLS[:-1])} or {PROTOCOLS[-1]}.",
            ),
            _endpoints("https", r"^https://[^/@\s]+(/\S*)?$", "an address with TLS, https://<host>/<path>"),
            _endpoints(
                "sqs",
                patterns.QUEUE_ARN,
                "the ARN of a standard queue, arn:aws:sqs:<region>:<account>:<name>",
            ),
            _endpoints(
                "lambda",
                patterns.FUNCTION_ARN,
                "the ARN of a function, arn:aws:lambda:<region>:<account>:function:<name>",
            ),
            Validation(
                "alltrue([for subscription in values(var.topic.subscriptions) : "
                'subscription.protocol != "lambda" || !subscription.raw_message_delivery])',
                "raw_message_delivery of topic.subscriptions is for https and sqs: SNS always gives a function its "
                "envelope.",
            ),
            Validation(
                'var.topic.create_key != false || !var.topic.enabled || var.kms_key_arn != ""',
                "topic.create_key is false, and kms_key_arn is empty: S3 cannot publish to a topic under AWS's own "
                "key. Give kms_key_arn, or leave topic.create_key out.",
            ),
        ),
    )


def _endpoints(protocol: str, pattern: str, form: str) -> Validation:
    return Validation(
        "alltrue([for subscription in values(var.topic.subscriptions) : "
        f'subscription.protocol != "{protocol}" || {matches(pattern, "subscription.endpoint")}])',
        f"The endpoint of each of topic.subscriptions with protocol {protocol} must be {form}.",
    )
