"""Who becomes the function's role, and what it may do in its own account."""

from tests.modules.decisions.decided import HUB, LAMBDA, S3, STRANGER, decided, each
from tests.modules.decisions.hub_access import ROLE
from tests.modules.decisions.hub_queues import DEAD_LETTER, QUEUE
from tests.modules.scenarios.scenario import CA_ARN, KEY_ARN, PARAMETER_ARN, QUEUE_ARN, SECRET_ARN
from tests.policies.model import Call

_FUNCTION = "aws_iam_role_policy.function"
_STREAM = f"arn:aws:logs:eu-west-1:{HUB}:log-group:/aws/lambda/%s:log-stream:2026/11/24/a"
_HUB_KEY = f"arn:aws:kms:eu-west-1:{HUB}:key/hub"
_LOGS_ROLE = f"arn:aws:iam::{HUB}:role/platform/logs/logs"
_SECRETS = "444444444444"
_VIA_SECRETS = {"kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com"}

DECISIONS = [
    decided(
        "hub_default",
        "aws_iam_role.this",
        "",
        Call(LAMBDA, "sts:AssumeRole", ROLE, HUB),
        but={
            "another service": {"principal": S3},
            "an account": {"principal": f"arn:aws:iam::{STRANGER}:role/admin"},
        },
    ),
    decided(
        "hub_default",
        _FUNCTION,
        "WriteOwnLog",
        *each("logs:CreateLogStream logs:PutLogEvents", ROLE, _STREAM % "alb-loki", HUB),
        but={
            "another function's log": {"resource": _STREAM % "alb-loki-2"},
            "reading": {"action": "logs:GetLogEvents"},
        },
    ),
    decided(
        "hub_default",
        _FUNCTION,
        "UseQueue",
        *each(
            "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SendMessage",
            ROLE,
            QUEUE,
            HUB,
        ),
        but={
            "the queue of what was given up": {"resource": DEAD_LETTER},
            "emptying it": {"action": "sqs:PurgeQueue"},
            "changing it": {"action": "sqs:SetQueueAttributes"},
        },
    ),
    decided(
        "hub_direct",
        _FUNCTION,
        "GiveUp",
        Call(ROLE, "sqs:SendMessage", DEAD_LETTER, HUB),
        but={
            "reading it": {"action": "sqs:ReceiveMessage"},
            "another queue": {"resource": QUEUE},
        },
    ),
    decided(
        "hub_options",
        _FUNCTION,
        "UseQueuesKey",
        *each(
            "kms:GenerateDataKey kms:Decrypt",
            _LOGS_ROLE,
            _HUB_KEY,
            HUB,
            {"kms:ViaService": "sqs.eu-west-1.amazonaws.com"},
        ),
        but={
            "not by SQS": {"context": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
            "by itself": {"context": {}},
            "another key": {"resource": f"{_HUB_KEY}2"},
        },
    ),
    decided(
        "hub_options",
        _FUNCTION,
        "SendTraces",
        *each("xray:PutTraceSegments xray:PutTelemetryRecords", _LOGS_ROLE, "*", HUB),
        but={"reading": {"action": "xray:GetTraceSummaries"}},
    ),
    decided(
        "hub_secrets",
        _FUNCTION,
        "ReadSecrets",
        Call(ROLE, "secretsmanager:GetSecretValue", SECRET_ARN, _SECRETS),
        Call(ROLE, "secretsmanager:GetSecretValue", CA_ARN, HUB),
        but={
            "another secret": {"resource": f"{SECRET_ARN}-2"},
            "writing": {"action": "secretsmanager:PutSecretValue"},
        },
    ),
    decided(
        "hub_secrets",
        _FUNCTION,
        "DecryptSecrets",
        Call(ROLE, "kms:Decrypt", KEY_ARN, _SECRETS, _VIA_SECRETS),
        but={
            "not by Secrets Manager": {"context": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}},
            "in another region": {"context": {"kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"}},
            "by itself": {"context": {}},
            "another key": {"resource": f"{KEY_ARN}2"},
        },
    ),
    decided(
        "hub_parameter",
        _FUNCTION,
        "ReadParameters",
        Call(ROLE, "ssm:GetParameter", PARAMETER_ARN, HUB),
        but={
            "another parameter": {"resource": f"{PARAMETER_ARN}-2"},
            "below it": {"resource": f"{PARAMETER_ARN}/other"},
            "all below a path": {"action": "ssm:GetParametersByPath"},
            "writing": {"action": "ssm:PutParameter"},
        },
    ),
    decided(
        "hub_parameter",
        _FUNCTION,
        "ParkRefusedLines",
        *each("sqs:SendMessage sqs:GetQueueUrl", ROLE, QUEUE_ARN, HUB),
        but={
            "another queue": {"resource": f"{QUEUE_ARN}-2"},
            "reading": {"action": "sqs:ReceiveMessage"},
        },
    ),
    decided(
        "hub_secrets",
        _FUNCTION,
        "ParkRefusedLines",
        Call(ROLE, "s3:PutObject", "arn:aws:s3:::refused-logs/loki/a", HUB),
        but={
            "another prefix": {"resource": "arn:aws:s3:::refused-logs/a"},
            "a prefix that begins alike": {"resource": "arn:aws:s3:::refused-logs/loki2/a"},
            "reading": {"action": "s3:GetObject"},
        },
    ),
]
