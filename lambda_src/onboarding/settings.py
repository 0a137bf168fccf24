"""What an onboarding is asked to do: the same members for Terraform, CloudFormation and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """A kind of log, by the beginning of the attributes that switch it on (`access_logs.s3.enabled`).

    "Load balancer attributes" (Elastic Load Balancing API reference, LoadBalancerAttribute).
    """

    ACCESS = "access_logs"
    CONNECTION = "connection_logs"
    HEALTH_CHECK = "health_check_logs"


class OnDestroy(StrEnum):
    """What becomes of load balancers and buckets in the end."""

    RESTORE = "restore"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which load balancers: those that any of these selects.

    Attributes:
        arns: ARNs of load balancers.
        names: Their names.
        name_patterns: Patterns of names, in which `*` stands for any characters and `?` for one.
        tags: Tags that a load balancer must all have, with one of these values each, in which `*` and `?` stand for
            the same.
        all: All application load balancers of the account and region.
    """

    arns: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    name_patterns: tuple[str, ...] = ()
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all: bool = False


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where a load balancer logs that did not log before.

    Attributes:
        name: The bucket; empty for `<name of the onboarding>-<account>-<region>`.
        create: Make it when it is missing.
        prefix: The key prefix in front of AWSLogs, without slashes at its ends; empty for none.
        expiration_days: After how many days a bucket that the onboarding has made deletes its logs.
    """

    name: str = ""
    create: bool = True
    prefix: str = ""
    expiration_days: int = 30


@dataclass(frozen=True, slots=True)
class Hub:
    """The hub that gets the logs: one of `queue_arn` and `function_arn`, as the hub's output `for_spokes` has them.

    Attributes:
        role_arn: The role that reads the objects.
        queue_arn: The queue that is told of new objects; empty in the hub's mode `direct`.
        function_arn: The function that is told of them; empty in the hub's mode `queue`.
    """

    role_arn: str
    queue_arn: str = ""
    function_arn: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the onboarding works."""

    partition: str
    region: str
    account_id: str


@dataclass(frozen=True, slots=True)
class Settings:
    """One onboarding.

    Attributes:
        name: Its name, which the ids of statements and notification rules and the saved state carry.
        selection: The load balancers.
        kinds: The kinds of logs that are switched on.
        bucket: Where those log that did not log before.
        reader_arns: Who may read the logs: `arn:<partition>:iam::<account>:root` or roles.
        reader_organization_id: The organization that readers have to be in; empty for no such condition.
        topic_arn: The SNS topic that is told of new objects; empty for none.
        hub: The hub, if it gets the logs. With a topic too, it listens to the topic: S3 takes one rule for a key.
        elb_account_id: The region's account of Elastic Load Balancing, which delivers beside the service principal;
            empty for the service principal alone.
        force: Move load balancers that log elsewhere to `bucket`.
        on_destroy: What becomes of them in the end.
        dry_run: Change nothing, and report what would be done.
        owns_topic: Whether the topic goes with the onboarding, as it does in module and template. The caller knows.
    """

    name: str
    selection: Selection
    kinds: tuple[Kind, ...] = (Kind.ACCESS,)
    bucket: Bucket = Bucket()
    reader_arns: tuple[str, ...] = ()
    reader_organization_id: str = ""
    topic_arn: str = ""
    hub: Hub | None = None
    elb_account_id: str = ""
    force: bool = False
    on_destroy: OnDestroy = OnDestroy.RESTORE
    dry_run: bool = False
    owns_topic: bool = False

    def bucket_name(self, place: Place) -> str:
        """Return the name of `bucket`, which is made of the onboarding's name when none is given."""
        return self.bucket.name or f"{self.name}-{place.account_id}-{place.region}"
