"""Who may do what: the policies of the onboarding, for Terraform and for CloudFormation alike.

They are functions of `Names`, whose strings hold what the one or the other puts in: `${local.partition}` of HCL, or
`${AWS::Partition}` of `Fn::Sub`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

STATE_PATH = "alb-loki/onboarding"
"""Below it, in Parameter Store, is what the onboardings save, each below its own name."""

LOCKS_PATH = "alb-loki/locks"
"""Below it are the locks of buckets, which all onboardings of the account and region share."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the statements name, each as an expression of the language that they are put into.

    Attributes:
        partition: The partition of ARNs.
        region: The region of function and load balancers.
        account_id: Their account.
        name: The onboarding's name, which is that of the function, too.
        bucket_arns: ARNs or patterns of ARNs of the buckets that the function may work on; or one expression of a
            list of them.
        created_bucket_arn: ARN of the bucket that it may make.
        log_group_arn: ARN of the function's log group, without `:*` at its end.
        dead_letter_queue_arn: ARN of the queue of events that the function has failed for.
        topic_arn: ARN of the topic of new objects, where there is one.
        subscriber_arns: The accounts that may subscribe to the topic, such as the hub's, each as
            `arn:<partition>:iam::<account>:root`; or one expression of a list of them.
        subscriber_endpoints: ARNs or patterns of ARNs of what they may subscribe; or one expression of a list of them.
    """

    partition: str
    region: str
    account_id: str
    name: str
    bucket_arns: Sequence[str] | str
    created_bucket_arn: str
    log_group_arn: str
    dead_letter_queue_arn: str
    topic_arn: str = ""
    subscriber_arns: Sequence[str] | str = ()
    subscriber_endpoints: Sequence[str] | str = ()

    @property
    def load_balancer_arns(self) -> str:
        """Pattern of the ARNs of all application load balancers."""
        return self._regional("elasticloadbalancing", "loadbalancer/app/*")

    def parameter_arn(self, path: str) -> str:
        """ARN of a parameter, or pattern of ARNs; the path has no slash in front."""
        return self._regional("ssm", f"parameter/{path}")

    def _regional(self, service: str, resource: str) -> str:
        return f"arn:{self.partition}:{service}:{self.region}:{self.account_id}:{resource}"


def role_statements(names: Names) -> list[dict[str, Any]]:
    """Make the statements of what the function may do in any case."""
    own_account = {"StringEquals": {"aws:ResourceAccount": names.account_id}}
    return [
        {
            "Sid": "WriteOwnLog",
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": f"{names.log_group_arn}:*",
        },
        {
            "Sid": "GiveUp",
            "Effect": "Allow",
            "Action": "sqs:SendMessage",
            "Resource": names.dead_letter_queue_arn,
        },
        {
            "Sid": "FindLoadBalancers",
            "Effect": "Allow",
            "Action": [
                "elasticloadbalancing:DescribeLoadBalancerAttributes",
                "elasticloadbalancing:DescribeLoadBalancers",
                "elasticloadbalancing:DescribeTags",
            ],
            # These know no resources ("Actions, resources, and condition keys for AWS Elastic Load Balancing V2",
            # Service Authorization Reference).
            "Resource": "*",
        },
        {
            "Sid": "SwitchLogs",
            "Effect": "Allow",
            "Action": "elasticloadbalancing:ModifyLoadBalancerAttributes",
            # Not the selected ones only: a pattern or tag selects what is yet to come, and what is selected no longer
            # has to be put back. AWS has no condition for single attributes.
            "Resource": names.load_balancer_arns,
        },
        {
            "Sid": "LookAtBuckets",
            "Effect": "Allow",
            "Action": [
                "s3:GetBucketNotification",
                "s3:GetBucketPolicy",
                "s3:GetEncryptionConfiguration",
                # HeadBucket asks for it. It lists keys, too, which the function does not.
                "s3:ListBucket",
            ],
            # Any bucket may be the one that a load balancer already logs to; `bucket_arns` narrows them.
            "Resource": names.bucket_arns,
            "Condition": own_account,
        },
        {
            "Sid": "ChangeBuckets",
            "Effect": "Allow",
            "Action": [
                "s3:DeleteBucketPolicy",
                "s3:PutBucketNotification",
                "s3:PutBucketPolicy",
            ],
            "Resource": names.bucket_arns,
            "Condition": own_account,
        },
        {
            "Sid": "SaveState",
            "Effect": "Allow",
            "Action": [
                "ssm:DeleteParameter",
                "ssm:GetParameter",
                "ssm:GetParametersByPath",
                "ssm:PutParameter",
            ],
            "Resource": [
                names.parameter_arn(f"{STATE_PATH}/{names.name}/*"),
                names.parameter_arn(f"{LOCKS_PATH}/*"),
            ],
        },
    ]


def creation_statements(names: Names) -> list[dict[str, Any]]:
    """Make the statements that let the function make the bucket of load balancers that do not log yet."""
    return [
        {
            "Sid": "MakeBucket",
            "Effect": "Allow",
            # Without a condition: a bucket that is yet to be made is of no account.
            "Action": "s3:CreateBucket",
            "Resource": names.created_bucket_arn,
        },
        {
            "Sid": "SetUpBucket",
            "Effect": "Allow",
            "Action": [
                "s3:GetBucketOwnershipControls",
                "s3:GetBucketPublicAccessBlock",
                "s3:GetLifecycleConfiguration",
                "s3:PutBucketOwnershipControls",
                "s3:PutBucketPublicAccessBlock",
                "s3:PutEncryptionConfiguration",
                "s3:PutLifecycleConfiguration",
            ],
            "Resource": names.created_bucket_arn,
            "Condition": {"StringEquals": {"aws:ResourceAccount": names.account_id}},
        },
    ]


def topic_statements(names: Names) -> list[dict[str, Any]]:
    """Make the statements of the topic's policy: S3 publishes for this account's buckets, nothing by plain HTTP.

    The account's own users need none: their own policies decide.
    """
    return [
        {
            "Sid": "BucketsPublish",
            "Effect": "Allow",
            "Principal": {"Service": "s3.amazonaws.com"},
            "Action": "sns:Publish",
            "Resource": names.topic_arn,
            "Condition": _for_own_buckets(names),
        },
        {
            "Sid": "DenyPlainHttp",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sns:Publish",
            "Resource": names.topic_arn,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
    ]


def accounts_subscribe(names: Names) -> dict[str, Any]:
    """Make the statement of the topic's policy that lets accounts, such as the hub's, subscribe what is theirs.

    Who owns a queue or function subscribes it, so that nobody has to confirm it.
    """
    return {
        "Sid": "AccountsSubscribe",
        "Effect": "Allow",
        "Principal": {"AWS": names.subscriber_arns},
        "Action": "sns:Subscribe",
        "Resource": names.topic_arn,
        "Condition": {"StringLike": {"sns:Endpoint": names.subscriber_endpoints}},
    }


def account_administers(names: Names) -> dict[str, Any]:
    """Make the statement of a key's policy that leaves its administration to the policies of the account's users.

    Without it, nobody could ever change or delete the key. They may use it, too, to publish and subscribe.
    """
    return {
        "Sid": "AccountAdministers",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:{names.partition}:iam::{names.account_id}:root"},
        "Action": [
            "kms:CancelKeyDeletion",
            "kms:CreateAlias",
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DeleteAlias",
            "kms:DescribeKey",
            "kms:DisableKey",
            "kms:DisableKeyRotation",
            "kms:EnableKey",
            "kms:EnableKeyRotation",
            "kms:GenerateDataKey",
            "kms:GetKeyPolicy",
            "kms:GetKeyRotationStatus",
            "kms:ListGrants",
            "kms:ListKeyPolicies",
            "kms:ListResourceTags",
            "kms:PutKeyPolicy",
            "kms:RevokeGrant",
            "kms:ScheduleKeyDeletion",
            "kms:TagResource",
            "kms:UntagResource",
            "kms:UpdateAlias",
            "kms:UpdateKeyDescription",
        ],
        # In a key's policy the resource * is that key.
        "Resource": "*",
    }


def buckets_publish_by_key(names: Names) -> dict[str, Any]:
    """Make the statement of a key's policy that lets S3 publish to the topic under this key."""
    return {
        "Sid": "BucketsPublish",
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
        "Resource": "*",
        "Condition": _for_own_buckets(names),
    }


def dead_letter_queue_statements(names: Names) -> list[dict[str, Any]]:
    """Make the statements of the dead-letter queue's policy; the role's own lets it send."""
    return [
        {
            "Sid": "DenyPlainHttp",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sqs:*",
            "Resource": names.dead_letter_queue_arn,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ]


def _for_own_buckets(names: Names) -> dict[str, Any]:
    """Let S3 be no confused deputy: it has to act for one of these buckets, owned by this account."""
    return {
        "StringEquals": {"aws:SourceAccount": names.account_id},
        "ArnLike": {"aws:SourceArn": names.bucket_arns},
    }
