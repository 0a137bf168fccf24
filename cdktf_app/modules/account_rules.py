"""Rules of the inputs `iam`, `kms_key_arn` and `monitoring`, which say what an account asks of what is made in it."""

from __future__ import annotations

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation
from cdktf_app.modules.validations import if_given, matches

_ACTIONS_LIMIT = 5
"""Actions of an alarm for each state (PutMetricAlarm, Amazon CloudWatch API reference)."""

_BOUNDARY = "var.iam.permissions_boundary_arn"

IAM = (
    Validation(
        matches(patterns.IAM_PATH, "var.iam.path"),
        "iam.path must begin and end with a slash, with letters, digits and +=,.@_- between slashes, such as "
        "/platform/logs/, or be a slash alone.",
    ),
    Validation(
        if_given(_BOUNDARY, matches(patterns.IAM_POLICY_ARN, _BOUNDARY)),
        "iam.permissions_boundary_arn must be the ARN of an IAM policy, arn:aws:iam::<account>:policy/<name>.",
    ),
)

KMS_KEY_ARN = Validation(
    f'var.kms_key_arn == "" || {matches(patterns.KEY_ARN, "var.kms_key_arn")}',
    "kms_key_arn must be the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>, or empty. An alias does not do: "
    "policies name keys.",
)


def _topics(name: str) -> Validation:
    arns = f"var.monitoring.{name}"
    return Validation(
        f"length({arns}) <= {_ACTIONS_LIMIT} && alltrue([for arn in {arns} : {matches(patterns.TOPIC_ARN, 'arn')}])",
        f"monitoring.{name} must be at most {_ACTIONS_LIMIT} ARNs of SNS topics, "
        "arn:aws:sns:<region>:<account>:<name>.",
    )


ALARM_TOPICS = (_topics("alarm_topic_arns"), _topics("ok_topic_arns"))
