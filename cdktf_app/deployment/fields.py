"""What single values of the deployment file look like: their rules are those of the modules' inputs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from cdktf_app.modules import patterns
from cdktf_app.modules.log_delivery.regions import regions
from cdktf_app.modules.validations import RETENTION_DAYS, RETENTIONS


def _known_region(name: str) -> str:
    if name not in regions():
        raise ValueError(f"is no AWS region that is known here; known are {', '.join(regions())}")
    return name


def _no_awslogs(prefix: str) -> str:
    if "AWSLogs" in prefix:
        raise ValueError("must not contain AWSLogs: Elastic Load Balancing adds /AWSLogs/<account> itself")
    return prefix


def _existing_file(path: str, info: ValidationInfo) -> str:
    # Terraform runs in a folder of its own, where a relative path would not be found.
    file = Path(info.context["folder"] if info.context else "", path).absolute()
    if not file.is_file():
        raise ValueError(f"there is no file {file}: the path is relative to the deployment file")
    return str(file)


def _in_quotes(account_id: object) -> object:
    if isinstance(account_id, int):
        raise ValueError("must be in quotes: YAML reads it as a number else, and loses leading zeros")
    return account_id


def _matching(pattern: str, rule: str) -> AfterValidator:
    """Refuse what does not match with a rule in words, where pydantic's own message is the pattern."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(rule)
        return value

    return AfterValidator(check)


def _not_reserved(bucket_name: str) -> str:
    if re.search(patterns.BUCKET_NAME_RESERVED, bucket_name):
        raise ValueError(
            "is in a form that S3 keeps for itself: two dots, an address, or a reserved prefix or suffix"
        )
    return bucket_name


def _port_in_range(address: str) -> str:
    # Reading the port is what checks it.
    urlsplit(address).port  # noqa: B018
    return address


def _no_path_segment(tenant: str) -> str:
    if tenant in (".", ".."):
        raise ValueError("must be neither . nor ..: Loki refuses them")
    return tenant


def _not_of_aws(namespace: str) -> str:
    if namespace.startswith("AWS/"):
        raise ValueError("must not begin with AWS/, which CloudWatch keeps for itself")
    return namespace


def _offered(days: int) -> int:
    if days not in RETENTION_DAYS:
        raise ValueError(f"must be a retention that CloudWatch Logs offers, in days: {RETENTIONS}")
    return days


AccountId = Annotated[
    str,
    BeforeValidator(_in_quotes),
    _matching(patterns.ACCOUNT_ID, "must be the 12 digits of an AWS account id"),
]
BucketName = Annotated[
    str,
    _matching(
        patterns.BUCKET_NAME,
        "must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, starting and "
        "ending with a letter or digit",
    ),
    AfterValidator(_not_reserved),
]
Name = Annotated[str, _matching(patterns.NAME, "must be 1 to 40 letters, digits, hyphens or underscores")]
KeyPrefix = Annotated[
    str,
    _matching(
        patterns.PREFIX,
        "must be of letters, digits and !_.'()- between single slashes, with no slash at its ends",
    ),
]
Prefix = Annotated[KeyPrefix, AfterValidator(_no_awslogs)]
TenantId = Annotated[
    str,
    _matching(patterns.TENANT_ID, "must be at most 150 letters, digits and !_.*'()-"),
    AfterValidator(_no_path_segment),
]
LabelName = Annotated[
    str,
    _matching(patterns.LABEL_NAME, "must be letters, digits and underscores, not starting with a digit"),
]
FieldName = Annotated[
    str, _matching(patterns.FIELD_NAME, "must be the name of a field: small letters, digits and underscores")
]
CredentialArn = Annotated[
    str,
    _matching(
        patterns.CREDENTIAL_ARN,
        "must be the whole ARN of a Secrets Manager secret, with the six random characters at its end, or of an SSM "
        "parameter, and behind it a # and the key of a JSON member where wanted",
    ),
]
KeyArn = Annotated[
    str,
    _matching(patterns.KEY_ARN, "must be the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>"),
]
RefusedDestination = Annotated[
    str,
    _matching(
        patterns.REFUSED_DESTINATION,
        "must be the ARN of a standard SQS queue, or of an S3 bucket with a key prefix behind it where wanted, "
        "without a slash at its end",
    ),
]
MetricsNamespace = Annotated[
    str,
    _matching(
        patterns.METRICS_NAMESPACE,
        "must be at most 255 letters, digits and ._/#:- without a colon in front, or empty for no metrics",
    ),
    AfterValidator(_not_of_aws),
]
RegionName = Annotated[str, AfterValidator(_known_region)]
WriteAddress = Annotated[
    str,
    _matching(
        patterns.WRITE_ADDRESS,
        "must be the HTTP(S) URL of Loki's push API, with its path and without credentials or a fragment in it, "
        "such as https://loki.example.com/loki/api/v1/push",
    ),
    AfterValidator(_port_in_range),
]
ZipPath = Annotated[str, AfterValidator(_existing_file)]
KeyArnOrNone = Annotated[
    str,
    _matching(
        f"({patterns.KEY_ARN})?",
        "must be the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>, or empty for none",
    ),
]
RoleArn = Annotated[
    str,
    _matching(
        r"arn:aws[a-z-]*:iam::[0-9]{12}:role/[a-zA-Z0-9+=,.@_/-]+",
        "must be the ARN of an IAM role, arn:aws:iam::<account>:role/<name>",
    ),
]
SessionName = Annotated[str, _matching(r"[\w+=,.@-]{2,64}", "must be 2 to 64 letters, digits and _+=,.@-")]
PolicyArn = Annotated[
    str,
    _matching(
        patterns.IAM_POLICY_ARN, "must be the ARN of an IAM policy, arn:aws:iam::<account>:policy/<name>"
    ),
]
IamPath = Annotated[
    str,
    _matching(
        patterns.IAM_PATH,
        "must begin and end with a slash, with letters, digits and +=,.@_- between slashes, such as /platform/logs/",
    ),
]
TopicArn = Annotated[
    str,
    _matching(patterns.TOPIC_ARN, "must be the ARN of an SNS topic, arn:aws:sns:<region>:<account>:<name>"),
]
StandardTopicArnOrNone = Annotated[
    str,
    _matching(
        f"({patterns.STANDARD_TOPIC_ARN})|^$",
        "must be the ARN of a standard SNS topic, arn:aws:sns:<region>:<account>:<name>, or empty; S3 does not publish "
        "to FIFO topics",
    ),
]
OrganizationId = Annotated[
    str,
    _matching(patterns.ORGANIZATION_ID, "must be the id of an AWS organization, o-…, or empty for none"),
]
CodeSigningConfigArn = Annotated[
    str,
    _matching(
        patterns.CODE_SIGNING_CONFIG_ARN,
        "must be the ARN of a code signing configuration, "
        "arn:aws:lambda:<region>:<account>:code-signing-config:csc-<id>",
    ),
]
VariableName = Annotated[
    str,
    _matching(
        f"(?!{patterns.RESERVED_VARIABLE_NAME}){patterns.VARIABLE_NAME.removeprefix('^')}",
        "must be two or more letters, digits and underscores, with a letter in front, and not be one that Lambda sets "
        "itself, such as AWS_REGION",
    ),
]
ZoneName = Annotated[
    str, _matching(patterns.ZONE_NAME, "must be an availability zone by its name, such as eu-west-1a")
]
SubnetId = Annotated[
    str, _matching(patterns.SUBNET_ID, "must be the id of a subnet, such as subnet-0a1b2c3d4e5f67890")
]
SecurityGroupId = Annotated[
    str,
    _matching(patterns.SECURITY_GROUP_ID, "must be the id of a security group, such as sg-0a1b2c3d4e5f67890"),
]
Retention = Annotated[int, AfterValidator(_offered)]
