"""The deployment file's content: a hub, and the spokes that feed it.

What the modules validate themselves (bucket names, prefixes, URLs, …) is checked here too where it can be, so that
a mistake is found in the file, by the name of its field, before anything is synthesized.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from cdktf_app.modules import patterns
from cdktf_app.modules.log_delivery.regions import regions


def _known_region(name: str) -> str:
    if name not in regions():
        raise ValueError(f"unknown AWS region {name!r}; known are {', '.join(regions())}")
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
Prefix = Annotated[
    str,
    _matching(
        patterns.PREFIX,
        "must be of letters, digits and !_.'()- between single slashes, with no slash at its ends",
    ),
    AfterValidator(_no_awslogs),
]
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


class _Strict(BaseModel):
    """Refuses fields it does not know, and values of another type, instead of guessing."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Account(_Strict):
    """How to reach an AWS account.

    Attributes:
        account_id: The 12-digit account id. Terraform refuses to touch any other account.
        profile: The AWS profile with its credentials; without it, the environment's credentials are used.
    """

    account_id: AccountId
    profile: str | None = None


class RelabelConfig(_Strict):
    """One of Prometheus's relabel rules; what is left out has Prometheus's default."""

    source_labels: list[str] | None = None
    separator: str | None = None
    target_label: str | None = None
    regex: str | None = None
    modulus: int | None = None
    replacement: str | None = None
    action: str | None = None


class TenantRule(_Strict):
    """Which objects are of a tenant: all given members have to fit."""

    account: AccountId | None = None
    bucket: str | None = None
    prefix: str | None = None
    tenant: TenantId


class Loki(_Strict):
    """Where the log lines go; the fields are those of the hub module's input `loki`.

    Credentials are not part of the file; see `loki_credential_arns` of the hub, and `TF_VAR_loki_credentials`.
    """

    write_address: WriteAddress
    tenant_id: TenantId = ""
    skip_tls_verify: bool = False
    ca_bundle: str = ""
    batch_size: int | None = Field(default=None, ge=1, le=6_291_456)
    push_concurrency: int = Field(default=4, ge=1, le=16)
    max_line_size: int = Field(default=262_144, ge=128, le=1_048_576)
    long_lines: Literal["cut", "drop"] = "cut"
    keep_stream: bool = False
    extra_labels: dict[str, str] = {}
    omit_extra_labels_prefix: bool = False
    drop_labels: list[LabelName] = []
    relabel_configs: list[RelabelConfig] = []
    stage_configs: list[dict[str, Any]] = []
    tenant_rules: list[TenantRule] = []


class CredentialArns(_Strict):
    """Secrets that the function reads itself; the fields are those of the hub module's `loki_credential_arns`."""

    username: CredentialArn | None = None
    password: CredentialArn | None = None
    bearer_token: CredentialArn | None = None
    kms_key_arns: list[KeyArn] = []
    lifetime: int = Field(default=300, ge=0, le=86_400)


class FilterRule(_Strict):
    """The share that is kept of the lines whose fields match."""

    match: dict[FieldName, str] = Field(min_length=1)
    keep: float = Field(ge=0, le=1)


class Content(_Strict):
    """What is made of load balancer log lines; the fields are those of the hub module's input `content`."""

    structured_metadata: list[FieldName] = []
    labels: list[Literal["log_kind", "load_balancer_type", "status_class"]] = []
    output_format: Literal["original", "json", "logfmt"] = "original"
    redact: list[Literal["client_ip", "query_string"]] = []
    print_log_line: bool = False
    filter_rules: list[FilterRule] = []


class Function(_Strict):
    """The promtail function; the fields are those of the hub module's input `function`.

    `zip_path` is relative to the deployment file, and absolute once the file is read.
    """

    architecture: Literal["arm64", "x86_64"] = "arm64"
    memory_size: int = Field(default=256, ge=128, le=10240)
    timeout: int = Field(default=60, ge=1, le=900)
    runtime: str = "python3.13"
    zip_path: ZipPath | None = None
    image_uri: str | None = None

    @model_validator(mode="after")
    def _one_package(self) -> Self:
        if self.zip_path and self.image_uri:
            raise ValueError("zip_path and image_uri exclude each other: a function is a zip or an image")
        return self


class HubAccount(Account):
    """The account of the hub, and the hub in it."""

    name: Name = "alb-loki"
    loki: Loki
    loki_credential_arns: CredentialArns = CredentialArns()
    content: Content = Content()
    refused_destination_arn: RefusedDestination = ""
    function: Function = Function()
    network: Literal["none", "created"] = "none"
    log_retention_days: int = 14
    log_level: Literal["debug", "info", "warn", "error"] = "info"
    metrics_namespace: MetricsNamespace = "AlbLoki"


class SpokeAccount(Account):
    """The account of a spoke, and the log bucket in it; the fields are those of the spoke module's inputs."""

    bucket_name: BucketName
    prefix: Prefix = ""
    expiration_days: int = Field(default=30, ge=1)
    force_destroy: bool = False
    grant_elb_account: bool = False
    demo_load_balancer: bool = False


class Deployment(_Strict):
    """A hub and its spokes, in one region."""

    region: RegionName
    tags: dict[str, str] = {}
    hub: HubAccount
    spokes: dict[Name, SpokeAccount] = {}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        twice = [
            bucket
            for bucket, count in Counter(s.bucket_name for s in self.spokes.values()).items()
            if count > 1
        ]
        if twice:
            raise ValueError(f"several spokes name the bucket {twice[0]!r}: a bucket is one spoke")
        region = regions()[self.region]
        for name, spoke in self.spokes.items():
            if spoke.grant_elb_account and region.elb_account_id is None:
                raise ValueError(
                    f"spokes.{name}.grant_elb_account is true, but {self.region} has no Elastic Load Balancing "
                    "account: leave it out, the service principal is granted in every region"
                )
        return self
