"""The deployment file's content: a hub, and the spokes that feed it.

What the modules validate themselves (bucket names, prefixes, URLs, …) is checked here too where it can be, so that
a mistake is found in the file, by the name of its field, before anything is synthesized.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from cdktf_app.modules.log_delivery.regions import regions


def _known_region(name: str) -> str:
    if name not in regions():
        raise ValueError(f"unknown AWS region {name!r}; known are {', '.join(regions())}")
    return name


def _no_awslogs(prefix: str) -> str:
    if "AWSLogs" in prefix:
        raise ValueError("must not contain AWSLogs: Elastic Load Balancing adds /AWSLogs/<account> itself")
    return prefix


AccountId = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
"""In quotes in the file: YAML reads 012345678901 as a number else."""

BucketName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9_-]{1,40}$")]
Prefix = Annotated[str, StringConstraints(pattern=r"^([^/]+(/[^/]+)*)?$"), AfterValidator(_no_awslogs)]
RegionName = Annotated[str, AfterValidator(_known_region)]
WriteAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^/?#@\s]+/\S*$")]


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


class Loki(_Strict):
    """Where the log lines go. Credentials are not part of the file; see `TF_VAR_loki_credentials`."""

    write_address: WriteAddress
    tenant_id: str = ""
    batch_size: int = Field(default=131072, ge=1)
    keep_stream: bool = False
    extra_labels: dict[str, str] = {}


class Function(_Strict):
    """The promtail function; the fields are those of the hub module's input `function`."""

    architecture: Literal["arm64", "x86_64"] = "arm64"
    memory_size: int = Field(default=256, ge=128, le=10240)
    timeout: int = Field(default=60, ge=1, le=900)
    runtime: str = "python3.13"
    zip_path: str | None = None
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
    function: Function = Function()
    network: Literal["none", "created"] = "none"
    log_retention_days: int = 14


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
