"""What S3 refuses only until what was just made is known everywhere is waited for, and no longer than there is time."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from onboarding.aws import Clients
from onboarding.buckets.buckets import Buckets
from onboarding.buckets.need import Need
from onboarding.buckets.policy import MOST_BYTES, rendered
from onboarding.errors import OutOfTimeError, RefusalError
from onboarding.place import find_place
from onboarding.report import Entry
from onboarding.settings import Hub, Selection, Settings
from onboarding.state.lock import Lock
from tests.onboarding.calls import Calls, Fault, refuses

BUCKET = "some-logs"
FOREVER = 1000
QUEUE = "arn:aws:sqs:eu-west-1:111111111111:hub"
SETTINGS = Settings(
    "alb-onboarding", Selection(all=True), hub=Hub("arn:aws:iam::111111111111:role/hub", queue_arn=QUEUE)
)
PRINCIPAL = ("MalformedPolicy", "Invalid principal in policy")
DESTINATION = ("InvalidArgument", "Unable to validate the following destination configurations")


class World:
    """An account in memory.

    Attributes:
        calls: The calls of the function, of which some can be refused.
        waited: The seconds that were waited for S3.
        s3: The function's client.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="eu-west-1")
        self.calls = Calls(session)
        self._clients = Clients(session)
        self.s3 = self._clients.s3
        self._place = find_place(self._clients)
        self.waited: list[float] = []
        check = Lock.check

        def wait(lock: Lock, seconds: float) -> None:
            check(lock, seconds)
            self.waited.append(seconds)

        monkeypatch.setattr(Lock, "wait", wait)
        session.client("sqs").create_queue(QueueName="hub")

    def make(self, policy: dict[str, Any] | None = None) -> None:
        """Make the bucket, with a policy of others."""
        self.s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        if policy:
            self.s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy))

    def buckets(self, settings: Settings = SETTINGS, deadline: float = math.inf) -> Buckets:
        return Buckets(self._clients, settings, self._place, lambda: deadline)

    def prepare(
        self, fault: Fault | None = None, settings: Settings = SETTINGS, deadline: float = math.inf
    ) -> Entry:
        """Get the bucket ready while calls fail."""
        if fault:
            self.calls.before = fault
        try:
            return self.buckets(settings, deadline).prepare(Need(BUCKET, frozenset({""}), may_create=True))
        finally:
            self.calls.heal()

    def policy(self) -> Any:
        try:
            return json.loads(self.s3.get_bucket_policy(Bucket=BUCKET)["Policy"])
        except ClientError:
            return None


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with mock_aws():
        yield World(monkeypatch)


@pytest.mark.parametrize("code", ["NoSuchBucket", "OperationAborted"])
@pytest.mark.parametrize(
    "operation",
    [
        "GetPublicAccessBlock",
        "PutPublicAccessBlock",
        "PutBucketLifecycleConfiguration",
        "GetBucketPolicy",
        "PutBucketPolicy",
        "GetBucketNotificationConfiguration",
        "PutBucketNotificationConfiguration",
    ],
)
def test_a_bucket_that_was_just_made_is_waited_for(world: World, operation: str, code: str) -> None:
    entry = world.prepare(refuses(operation, code, times=3))

    assert world.waited == [1, 2, 4]
    assert [done.partition(" AlbOnboarding")[0].partition(":")[0] for done in entry.done] == [
        "created it",
        *["added the statement"] * 3,
        "added the notification rule alb-onboarding-e3b0c442 to arn",
    ]
    assert world.prepare().done == []


def test_a_bucket_is_waited_for_a_minute(world: World) -> None:
    with pytest.raises(ClientError, match="NoSuchBucket"):
        world.prepare(refuses("GetBucketPolicy", "NoSuchBucket", times=FOREVER))

    assert sum(world.waited) == 60
    world.prepare()
    assert len(world.policy()["Statement"]) == 3


def test_a_bucket_that_somebody_else_is_changing_is_waited_for(world: World) -> None:
    world.make()
    world.prepare(refuses("GetBucketPolicy", "OperationAborted", times=2))
    assert world.waited == [1, 2]

    world.calls.before = refuses("GetBucketPolicy", "OperationAborted", times=2)
    world.buckets().withdraw(BUCKET, frozenset)
    assert world.waited == [1, 2, 1, 2]
    world.calls.heal()
    assert world.policy() is None


def test_it_is_waited_for_to_put_the_policy_back_too(world: World) -> None:
    world.make()

    def refused(_number: int, operation: str) -> None:
        if operation == "PutBucketNotificationConfiguration":
            world.calls.before = refuses("GetBucketPolicy", "OperationAborted", times=1)
            refuses(operation, "InvalidArgument", times=1)(1, operation)

    with pytest.raises(RefusalError, match="S3 may not tell"):
        world.prepare(refused)

    assert world.waited == [1]
    assert world.policy() is None


def test_a_bucket_whose_making_was_told_twice_is_made(world: World) -> None:
    """boto3 has sent the call again, since the answer to the first one was lost."""

    def made_already(_number: int, operation: str) -> None:
        if operation == "CreateBucket":
            world.calls.heal()
            world.make()
            refuses(operation, "BucketAlreadyOwnedByYou", times=1)(1, operation)

    entry = world.prepare(made_already)

    assert entry.done[0].startswith("created it")
    assert len(world.policy()["Statement"]) == 3


def test_a_role_that_was_just_made_is_waited_for(world: World) -> None:
    world.make()
    world.prepare(refuses("PutBucketPolicy", *PRINCIPAL, times=2))
    other = replace(
        SETTINGS, hub=replace(SETTINGS.hub or Hub(""), role_arn="arn:aws:iam::111111111111:role/new")
    )
    world.prepare(refuses("PutBucketPolicy", *PRINCIPAL, times=3), other)

    assert world.waited == [1, 2, 1, 2, 4]
    assert world.policy()["Statement"][1]["Principal"] == {"AWS": "arn:aws:iam::111111111111:role/new"}


def test_a_role_is_waited_for_45_seconds(world: World) -> None:
    world.make()
    with pytest.raises(RefusalError, match=r"Invalid principal in policy.*correct the hub's role"):
        world.prepare(refuses("PutBucketPolicy", *PRINCIPAL, times=FOREVER))

    assert sum(world.waited) == 45
    assert world.policy() is None


def test_a_role_of_others_is_not_waited_for(world: World) -> None:
    world.make({"Version": "2012-10-17", "Statement": [_statement(1)]})
    world.prepare()

    with pytest.raises(RefusalError, match="take the statement of others"):
        world.prepare(refuses("PutBucketPolicy", *PRINCIPAL, times=FOREVER), replace(SETTINGS, hub=None))

    assert world.waited == []


def test_another_fault_of_a_policy_is_refused_at_once(world: World) -> None:
    world.make()
    with pytest.raises(RefusalError, match="Policy has invalid resource"):
        world.prepare(
            refuses("PutBucketPolicy", "MalformedPolicy", "Policy has invalid resource", times=FOREVER)
        )

    assert world.waited == []


def test_a_destination_that_lets_s3_in_since_just_now_is_waited_for(world: World) -> None:
    world.make()
    entry = world.prepare(refuses("PutBucketNotificationConfiguration", *DESTINATION, times=2))

    assert world.waited == [1, 2]
    assert entry.done[-1].startswith("added the notification rule")


def test_a_destination_is_waited_for_20_seconds(world: World) -> None:
    world.make()
    with pytest.raises(RefusalError, match=f"S3 may not tell {QUEUE}"):
        world.prepare(refuses("PutBucketNotificationConfiguration", *DESTINATION, times=FOREVER))

    assert sum(world.waited) == 20
    assert world.policy() is None


def test_another_fault_of_notifications_is_refused_at_once(world: World) -> None:
    world.make()
    with pytest.raises(RefusalError, match="ambiguously"):
        world.prepare(
            refuses(
                "PutBucketNotificationConfiguration",
                "InvalidArgument",
                "Configuration is ambiguously defined.",
                times=FOREVER,
            )
        )

    assert world.waited == []


@pytest.mark.parametrize(
    ("operation", "refusal"),
    [
        ("PutPublicAccessBlock", ("OperationAborted", "")),
        ("PutBucketPolicy", PRINCIPAL),
        ("PutBucketNotificationConfiguration", DESTINATION),
    ],
)
def test_the_run_s_end_is_not_waited_for(world: World, operation: str, refusal: tuple[str, str]) -> None:
    with pytest.raises(OutOfTimeError, match="Run again"):
        world.prepare(refuses(operation, *refusal, times=FOREVER), deadline=24.5)

    assert world.waited == [1, 2, 4]
    entry = world.prepare()
    assert entry.done
    assert len(world.policy()["Statement"]) == 3


def _statement(size: int) -> dict[str, Any]:
    """A statement of others of so many characters, and some more."""
    return {
        "Sid": "Others",
        "Effect": "Allow",
        "Principal": {"AWS": "444444444444"},
        "Action": "s3:ListBucket",
        "Resource": f"arn:aws:s3:::{'x' * size}",
    }


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("MalformedPolicy", "Policy exceeds the maximum allowed document size."),
        ("PolicyTooLarge", "Too large"),
    ],
)
@pytest.mark.parametrize("size", [20_000, 30_000])
def test_about_a_policy_that_was_long_before_s3_decides(
    world: World, size: int, code: str, message: str
) -> None:
    """What S3 gives back can be longer than what it has measured."""
    before = {"Version": "2012-10-17", "Statement": [_statement(size)]}
    world.make(before)
    with pytest.raises(RefusalError, match=f"{message}.*Take statements out"):
        world.prepare(refuses("PutBucketPolicy", code, message, times=FOREVER))
    assert (world.policy(), world.waited) == (before, [])

    # If it takes the policy but not the notifications, that is as before too.
    with pytest.raises(RefusalError, match="S3 may not tell"):
        world.prepare(refuses("PutBucketNotificationConfiguration", *DESTINATION, times=FOREVER))
    assert world.policy() == before

    world.prepare()
    assert len(rendered(world.policy())) > MOST_BYTES
    world.buckets().withdraw(BUCKET, frozenset)
    assert world.policy() == before


DENIED = [
    ("HeadBucket", "403"),
    ("GetBucketEncryption", "AccessDenied"),
    ("GetBucketPolicy", "AccessDenied"),
    ("GetBucketNotificationConfiguration", "AccessDenied"),
]


@pytest.mark.parametrize(
    ("task", "operation", "code"),
    [
        (task, operation, code)
        for task in ("examine", "prepare", "withdraw")
        for operation, code in DENIED
        # It is not looked at to take something out.
        if (task, operation) != ("withdraw", "GetBucketEncryption")
    ],
)
def test_a_permission_that_was_just_given_is_waited_for(
    world: World, task: str, operation: str, code: str
) -> None:
    world.make()
    buckets = world.buckets()
    need = Need(BUCKET, frozenset({""}))
    if task == "withdraw":
        buckets.prepare(need)
    world.calls.before = refuses(operation, code, times=3)

    entry = buckets.withdraw(BUCKET, frozenset) if task == "withdraw" else getattr(buckets, task)(need)

    assert world.waited == [1, 2, 4]
    assert entry.done


@pytest.mark.parametrize(
    "operation",
    [
        "CreateBucket",
        "PutPublicAccessBlock",
        "PutBucketLifecycleConfiguration",
        "PutBucketPolicy",
        "PutBucketNotificationConfiguration",
    ],
)
def test_a_permission_to_write_that_was_just_given_is_waited_for(world: World, operation: str) -> None:
    world.prepare(refuses(operation, "AccessDenied", times=3))

    assert world.waited == [1, 2, 4]
    assert len(world.policy()["Statement"]) == 3
    assert world.prepare().done == []


@pytest.mark.parametrize(("operation", "code"), DENIED)
def test_a_permission_that_is_missing_is_waited_for_20_seconds_once_in_a_run(
    world: World, operation: str, code: str
) -> None:
    world.make()
    buckets = world.buckets()
    need = Need(BUCKET, frozenset({""}))
    world.calls.before = refuses(operation, code, times=FOREVER)

    for _ in range(3):
        with pytest.raises(RefusalError, match="s3:"):
            buckets.examine(need)
    assert sum(world.waited) == 20
    with pytest.raises(RefusalError, match="s3:"):
        buckets.prepare(need)
    assert sum(world.waited) == 20

    other = next(one for one, _ in DENIED[1:] if one != operation)
    world.calls.before = refuses(other, "AccessDenied", times=1)
    buckets.prepare(need)
    assert sum(world.waited) == 21


def test_a_permission_is_not_waited_for_beyond_the_run_s_end(world: World) -> None:
    world.make()
    world.calls.before = refuses("HeadBucket", "403", times=FOREVER)

    with pytest.raises(OutOfTimeError, match="Run again"):
        world.buckets(deadline=24.5).examine(Need(BUCKET, frozenset({""})))

    assert world.waited == [1, 2, 4]


@pytest.mark.parametrize("still_used", [frozenset(), frozenset({""})], ids=["left", "used"])
def test_a_role_that_may_not_make_buckets_any_more_need_not_look_at_what_makes_one_safe(
    world: World, still_used: frozenset[str]
) -> None:
    world.prepare()

    def forbidden(_number: int, operation: str) -> None:
        for lost in ("PublicAccessBlock", "OwnershipControls", "LifecycleConfiguration"):
            if lost in operation:
                refuses(operation, "AccessDenied", times=1)(1, operation)

    world.calls.before = forbidden
    buckets = world.buckets()
    need = Need(BUCKET, frozenset({"shop"}))

    assert buckets.examine(need).done == buckets.prepare(need).done != []
    buckets.withdraw(BUCKET, lambda: still_used)

    assert world.policy()["Statement"][-1]["Sid"] == "AlbOnboardingDenyPlainHttp"


def test_a_bucket_is_made_with_no_more_than_the_permission_to_make_it(world: World) -> None:
    """With ObjectOwnership, S3 asks for s3:PutBucketOwnershipControls on a bucket that is of no account yet."""
    asked: list[Any] = []
    world.s3.meta.events.register(
        "provide-client-params.s3.CreateBucket", lambda params, **_: asked.append(params)
    )

    world.prepare()

    assert [sorted(params) for params in asked] == [["Bucket", "CreateBucketConfiguration"]]
    ownership = world.s3.get_bucket_ownership_controls(Bucket=BUCKET)["OwnershipControls"]
    assert ownership["Rules"][0]["ObjectOwnership"] == "BucketOwnerEnforced"
