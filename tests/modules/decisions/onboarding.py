"""What the onboarding's function may do, and who may tell and hear of it."""

from tests.modules.decisions.decided import HUB, LAMBDA, S3, SPOKE, STRANGER, Decided, decided, each
from tests.modules.scenarios.onboarding import LISTENER
from tests.policies.model import Call

_NAME = "alb-onboarding"
_FUNCTION_POLICY = "aws_iam_role_policy.function"
_ROLE = f"arn:aws:iam::{SPOKE}:role/{_NAME}"
_ADMIN = f"arn:aws:iam::{SPOKE}:role/admin"
# As the mocked provider makes it up.
_FUNCTION = f"arn:aws:lambda:eu-west-1:{SPOKE}:function:x"
_LOG = f"arn:aws:logs:eu-west-1:{SPOKE}:log-group:/aws/lambda/%s:log-stream:2026/11/27/a"
_DEAD_LETTER = f"arn:aws:sqs:eu-west-1:{SPOKE}:{_NAME}-dead-letter"
_TOPIC = f"arn:aws:sns:eu-west-1:{SPOKE}:{_NAME}"
_RULE = f"arn:aws:events:eu-west-1:{SPOKE}:rule/{_NAME}-created"
_BALANCER = f"arn:aws:elasticloadbalancing:eu-west-1:{SPOKE}:loadbalancer/%s/shop/0123456789abcdef"
_PARAMETER = f"arn:aws:ssm:eu-west-1:{SPOKE}:parameter/alb-loki/%s"
_CREATED = f"arn:aws:s3:::{_NAME}-{SPOKE}-eu-west-1"
_PLAIN = {"aws:SecureTransport": "false"}
_BUCKET = "arn:aws:s3:::shop-1"


def _for(bucket: str, account: str = SPOKE) -> dict[str, str]:
    return {"aws:SourceAccount": account, "aws:SourceArn": f"arn:aws:s3:::{bucket}"}


def _buckets(sid: str, actions: str, other_action: str) -> list[Decided]:
    """Of all buckets by default, or of those that `iam.bucket_names` has."""
    return [
        decided(
            "onboarding_default",
            _FUNCTION_POLICY,
            sid,
            *each(actions, _ROLE, _BUCKET, SPOKE),
            but={
                "another account's bucket": {"owner": STRANGER},
                "something else": {"action": other_action},
                "a log object": {"action": "s3:GetObject", "resource": f"{_BUCKET}/a"},
            },
        ),
        decided(
            "onboarding_options",
            _FUNCTION_POLICY,
            sid,
            *each(actions, f"arn:aws:iam::{SPOKE}:role/platform/logs/platform-logs", _BUCKET, SPOKE),
            but={
                "a bucket that is not named": {"resource": "arn:aws:s3:::payments"},
                "one whose name begins alike": {"resource": "arn:aws:s3:::blog-logs-2"},
            },
        ),
    ]


DECISIONS = [
    decided(
        "onboarding_default",
        "aws_iam_role.this",
        "",
        Call(LAMBDA, "sts:AssumeRole", _ROLE, SPOKE),
        but={
            "another service": {"principal": S3},
            "an account": {"principal": f"arn:aws:iam::{STRANGER}:role/admin"},
        },
    ),
    decided(
        "onboarding_default",
        _FUNCTION_POLICY,
        "WriteOwnLog",
        *each("logs:CreateLogStream logs:PutLogEvents", _ROLE, _LOG % _NAME, SPOKE),
        but={
            "another function's log": {"resource": _LOG % f"{_NAME}-2"},
            "reading": {"action": "logs:GetLogEvents"},
        },
    ),
    decided(
        "onboarding_default",
        _FUNCTION_POLICY,
        "GiveUp",
        Call(_ROLE, "sqs:SendMessage", _DEAD_LETTER, SPOKE),
        but={
            "another queue": {"resource": f"{_DEAD_LETTER}-2"},
            "reading it": {"action": "sqs:ReceiveMessage"},
        },
    ),
    decided(
        "onboarding_default",
        _FUNCTION_POLICY,
        "FindLoadBalancers",
        *each(
            "elasticloadbalancing:DescribeLoadBalancerAttributes elasticloadbalancing:DescribeLoadBalancers "
            "elasticloadbalancing:DescribeTags",
            _ROLE,
            "*",
            SPOKE,
        ),
        but={"listeners": {"action": "elasticloadbalancing:DescribeListeners"}},
    ),
    decided(
        "onboarding_default",
        _FUNCTION_POLICY,
        "SwitchLogs",
        Call(_ROLE, "elasticloadbalancing:ModifyLoadBalancerAttributes", _BALANCER % "app", SPOKE),
        but={
            "a network load balancer": {"resource": _BALANCER % "net"},
            "another region": {"resource": (_BALANCER % "app").replace("eu-west-1", "us-east-1")},
            "another account": {"resource": (_BALANCER % "app").replace(SPOKE, STRANGER), "owner": STRANGER},
            "deleting it": {"action": "elasticloadbalancing:DeleteLoadBalancer"},
            "its security groups": {"action": "elasticloadbalancing:SetSecurityGroups"},
        },
    ),
    *_buckets(
        "LookAtBuckets",
        "s3:ListBucket s3:GetEncryptionConfiguration s3:GetBucketPolicy s3:GetBucketNotification",
        "s3:GetBucketAcl",
    ),
    *_buckets(
        "ChangeBuckets",
        "s3:PutBucketPolicy s3:DeleteBucketPolicy s3:PutBucketNotification",
        "s3:DeleteBucket",
    ),
    decided(
        "onboarding_default",
        _FUNCTION_POLICY,
        "MakeBucket",
        Call(_ROLE, "s3:CreateBucket", _CREATED, SPOKE),
        but={
            "another bucket": {"resource": f"{_CREATED}-2"},
            "deleting it": {"action": "s3:DeleteBucket"},
        },
    ),
    decided(
        "onboarding_default",
        _FUNCTION_POLICY,
        "SetUpBucket",
        *each(
            "s3:PutBucketPublicAccessBlock s3:PutEncryptionConfiguration s3:PutBucketOwnershipControls "
            "s3:PutLifecycleConfiguration s3:GetBucketPublicAccessBlock s3:GetBucketOwnershipControls "
            "s3:GetLifecycleConfiguration",
            _ROLE,
            _CREATED,
            SPOKE,
        ),
        but={
            "another bucket": {"resource": _BUCKET},
            "another account's bucket of the name": {"owner": STRANGER},
            "making it public": {"action": "s3:PutBucketAcl"},
        },
    ),
    decided(
        "onboarding_default",
        _FUNCTION_POLICY,
        "SaveState",
        *each(
            "ssm:GetParameter ssm:PutParameter ssm:DeleteParameter ssm:GetParametersByPath",
            _ROLE,
            _PARAMETER % f"onboarding/{_NAME}/load-balancers/shop/0123456789abcdef",
            SPOKE,
        ),
        Call(_ROLE, "ssm:PutParameter", _PARAMETER % "locks/shop-alb-logs", SPOKE),
        Call(_ROLE, "ssm:PutParameter", _PARAMETER % f"onboarding/{_NAME}/last-failure", SPOKE),
        but={
            "another onboarding's": {"resource": _PARAMETER % f"onboarding/{_NAME}-2/last-failure"},
            "somebody's parameter": {"resource": _PARAMETER.replace("alb-loki/%s", "token")},
            "its history": {"action": "ssm:GetParameterHistory"},
        },
    ),
    decided(
        "onboarding_options",
        _FUNCTION_POLICY,
        "UseQueueKey",
        *each(
            "kms:GenerateDataKey kms:Decrypt",
            f"arn:aws:iam::{SPOKE}:role/platform/logs/platform-logs",
            f"arn:aws:kms:eu-west-1:{SPOKE}:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            SPOKE,
            {"kms:ViaService": "sqs.eu-west-1.amazonaws.com"},
        ),
        but={
            "not by SQS": {"context": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
            "by itself": {"context": {}},
            "another key": {"resource": f"arn:aws:kms:eu-west-1:{SPOKE}:key/2"},
        },
    ),
    decided(
        "onboarding_default",
        "aws_sqs_queue_policy.dead_letter",
        "DenyPlainHttp",
        Call(_ROLE, "sqs:SendMessage", _DEAD_LETTER, SPOKE, _PLAIN),
        but={"by HTTPS": {"context": {}}},
    ),
    decided(
        "onboarding_default",
        "aws_lambda_permission.created[0]",
        "AllowEventBridge",
        Call(
            "events.amazonaws.com",
            "lambda:InvokeFunction",
            _FUNCTION,
            SPOKE,
            {"aws:SourceArn": _RULE},
        ),
        but={
            "another rule": {"context": {"aws:SourceArn": f"{_RULE}-2"}},
            "the rule of another account": {"context": {"aws:SourceArn": _RULE.replace(SPOKE, STRANGER)}},
            "no rule": {"context": {}},
            "another service": {"principal": S3},
        },
    ),
    decided(
        "onboarding_topic",
        'aws_lambda_permission.subscription["listener"]',
        f"AllowSNS-{_NAME}-listener",
        Call("sns.amazonaws.com", "lambda:InvokeFunction", LISTENER, SPOKE, {"aws:SourceArn": _TOPIC}),
        but={
            "another topic": {"context": {"aws:SourceArn": f"{_TOPIC}-2"}},
            "no topic": {"context": {}},
            "another service": {"principal": S3},
        },
    ),
    decided(
        "onboarding_topic",
        "aws_sns_topic_policy.this[0]",
        "BucketsPublish",
        Call(S3, "sns:Publish", _TOPIC, SPOKE, _for("shop-1")),
        but={
            "for another account": {"context": _for("shop-1", STRANGER)},
            "for nobody": {"context": {}},
            "another service": {"principal": LAMBDA},
            "subscribing": {"action": "sns:Subscribe"},
        },
    ),
    decided(
        "onboarding_topic",
        "aws_sns_topic_policy.this[0]",
        "AccountsSubscribe",
        *(
            Call(
                f"arn:aws:iam::{HUB}:role/deploy", "sns:Subscribe", _TOPIC, SPOKE, {"sns:Endpoint": endpoint}
            )
            for endpoint in (
                f"arn:aws:sqs:eu-west-1:{HUB}:alb-loki",
                f"arn:aws:lambda:eu-west-1:{HUB}:function:alb-loki",
            )
        ),
        but={
            "another account": {"principal": f"arn:aws:iam::{STRANGER}:role/deploy"},
            "another account's queue": {"context": {"sns:Endpoint": f"arn:aws:sqs:eu-west-1:{STRANGER}:x"}},
            "an address": {"context": {"sns:Endpoint": "https://example.com/"}},
            "publishing": {"action": "sns:Publish", "context": {}},
        },
    ),
    decided(
        "onboarding_topic",
        "aws_sns_topic_policy.this[0]",
        "DenyPlainHttp",
        Call(_ADMIN, "sns:Publish", _TOPIC, SPOKE, _PLAIN),
        but={"by HTTPS": {"context": {}}},
    ),
]
