"""The onboarding, applied to load balancers that others have made: create, change, failure, and what destroy leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest

from tests.conftest import ONBOARDING_ACCOUNT
from tests.harness.aws.present import present
from tests.harness.localstack.server import LocalStack
from tests.harness.pytest_plugin import WorkspaceFactory
from tests.harness.terraform.errors import TerraformError
from tests.harness.terraform.workspace import TerraformWorkspace
from tests.onboarding.account import OnboardingAccount, logging_to

OTHERS = {
    "Sid": "ReadUploads",
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{ONBOARDING_ACCOUNT.id}:root"},
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::%s/uploads/*",
}
READER = "arn:aws:iam::444444444444:root"


@pytest.fixture
def account(localstack: LocalStack, aws_region: str) -> OnboardingAccount:
    return OnboardingAccount(localstack.endpoint, aws_region, ONBOARDING_ACCOUNT.id)


@pytest.fixture
def onboarding(
    terraform_workspace: WorkspaceFactory, account: OnboardingAccount, unique_name: Callable[[str], str]
) -> Iterator[TerraformWorkspace]:
    """A workspace whose inputs a test changes, in an account in which all is taken away that Terraform leaves."""
    before = present(account.aws)
    workspace = terraform_workspace(
        "tests/apply/configurations/onboarding",
        {"profile": ONBOARDING_ACCOUNT.profile, "onboarding": {"name": unique_name("shop").replace("-", "")}},
    )
    yield workspace
    for balancer in account.aws.elbv2.describe_load_balancers()["LoadBalancers"]:
        account.aws.elbv2.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])
    for bucket in account.aws.s3.list_buckets()["Buckets"]:
        for found in account.aws.s3.list_objects_v2(Bucket=bucket["Name"]).get("Contents", []):
            account.aws.s3.delete_object(Bucket=bucket["Name"], Key=found["Key"])
        account.aws.s3.delete_bucket(Bucket=bucket["Name"])
    # Of a test that has failed, Terraform takes away the rest later.
    assert workspace.applied or present(account.aws) == before


def sids(account: OnboardingAccount, bucket: str) -> set[str]:
    policy = json.loads(account.aws.s3.get_bucket_policy(Bucket=bucket)["Policy"])
    return {statement["Sid"] for statement in policy["Statement"]}


def outcomes(outputs: dict[str, Any]) -> dict[str, str]:
    return {entry["name"]: entry["outcome"] for entry in outputs["report"]["load_balancers"]}


def test_load_balancers_are_onboarded_and_put_back(
    onboarding: TerraformWorkspace, account: OnboardingAccount, unique_name: Callable[[str], str]
) -> None:
    inputs = onboarding.variables["onboarding"]
    name = inputs["name"]
    own, encrypted = account.bucket(unique_name("own")), account.bucket(unique_name("encrypted"))
    others = OTHERS | {"Resource": f"arn:aws:s3:::{own}/uploads/*"}
    policy = {"Version": "2012-10-17", "Id": "others", "Statement": [others]}
    account.aws.s3.put_bucket_policy(Bucket=own, Policy=json.dumps(policy))
    _encrypt(account, encrypted, "aws:kms")
    shop = account.load_balancer("shop")
    blog = account.load_balancer("blog", attributes=logging_to(own, "lb"))
    legacy = account.load_balancer("legacy", attributes=logging_to(encrypted))
    before = {arn: account.logs(arn) for arn in (shop, blog, legacy)}
    created = f"{name}-{ONBOARDING_ACCOUNT.id}-eu-west-1"

    # A dry run changes nothing, and says what it would do.
    inputs |= {"selection": {"names": ["shop", "blog"]}, "readers": {"arns": [READER]}, "dry_run": True}
    outputs = onboarding.apply()
    assert outcomes(outputs) == {"blog": "unchanged", "shop": "would change"}
    assert {entry["name"]: entry["outcome"] for entry in outputs["report"]["buckets"]} == {
        created: "would change",
        own: "would change",
    }
    assert {arn: account.logs(arn) for arn in before} == before
    assert sids(account, own) == {"ReadUploads"}
    assert set(account.parameters()) == {f"/alb-loki/onboarding/{name}/last-failure"}

    # One gets the created bucket, the other keeps its own; a second plan is empty.
    inputs["dry_run"] = False
    outputs = onboarding.apply_and_idempotent()
    assert outcomes(outputs)["shop"] == "changed"
    assert outputs["bucket_names"] == sorted([created, own])
    assert any("shop" in line for line in outputs["summary"])
    assert account.logs(shop) == {"access_logs": f"{created}/"}
    assert account.logs(blog) == before[blog] == {"access_logs": f"{own}/lb"}
    marked = {sid for sid in sids(account, own) if sid.endswith("ReadersRead")}
    assert len(marked) == 1
    assert "ReadUploads" in sids(account, own)

    former = _told_of(account, name, blog)

    # What is refused fails the apply with the reason, and the rest stays as it is.
    inputs["selection"] = {"names": ["shop", "legacy"]}
    with pytest.raises(TerraformError) as refused:
        onboarding.apply()
    said = " ".join(str(refused.value).split())
    assert "Not everything is onboarded" in said
    assert "- legacy: " in said
    assert f"Bucket {encrypted} encrypts with a KMS key" in said
    assert account.logs(shop) == {"access_logs": f"{created}/"}
    # What is no longer selected was left.
    assert sids(account, own) == {"ReadUploads"}

    # Lambda repeats an event by the settings of the time when it was sent.
    assert "blog: The onboarding has other settings now" in _failure(account, name, former)
    assert sids(account, own) == {"ReadUploads"}

    # When it is mended, the same apply finishes the work.
    _encrypt(account, encrypted, "AES256")
    outputs = onboarding.apply_and_idempotent()
    assert set(outcomes(outputs)) >= {"legacy", "shop"}
    assert outputs["bucket_names"] == sorted([created, encrypted])

    # A destroy that fails keeps what it needs to be repeated.
    (record,) = (key for key in account.parameters() if "/load-balancers/shop/" in key)
    saved = account.parameters()[record]
    account.aws.ssm.put_parameter(Name=record, Value="not JSON", Type="String", Overwrite=True)
    with pytest.raises(TerraformError):
        onboarding.destroy()
    kept = onboarding.commands.state_list()
    assert "module.onboarding.aws_lambda_invocation.this" in kept
    # The rule goes after the run, and has new settings before it. What it tells of meanwhile is refused.
    assert "module.onboarding.aws_cloudwatch_event_target.created[0]" in kept
    assert "module.onboarding.aws_lambda_permission.created[0]" in kept
    assert "The onboarding has been deleted meanwhile" in _failure(
        account, name, _told_of(account, name, legacy)
    )
    account.aws.ssm.put_parameter(Name=record, Value=saved, Type="String", Overwrite=True)

    onboarding.destroy()
    assert {arn: account.logs(arn) for arn in before} == before
    assert json.loads(account.aws.s3.get_bucket_policy(Bucket=own)["Policy"]) == policy
    assert created in present(account.aws)["buckets"]
    assert account.parameters() == {}


def test_a_topic_hears_of_new_objects_and_what_is_kept_goes_on(
    onboarding: TerraformWorkspace, account: OnboardingAccount, unique_name: Callable[[str], str]
) -> None:
    inputs = onboarding.variables["onboarding"]
    name = inputs["name"]
    shop = account.load_balancer("shop")
    created = f"{name}-{ONBOARDING_ACCOUNT.id}-eu-west-1"
    queue = account.aws.sqs.create_queue(QueueName=unique_name("new"))["QueueUrl"]
    queue_arn = account.aws.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])[
        "Attributes"
    ]
    subscription = {"protocol": "sqs", "endpoint": queue_arn["QueueArn"], "raw_message_delivery": True}

    inputs |= {
        "selection": {"all": True},
        "topic": {"enabled": True, "subscriptions": {"new": subscription}},
        "on_destroy": "keep",
    }
    outputs = onboarding.apply_and_idempotent()
    assert outputs["subscriptions"]["new"]["status"] == "confirmed"
    key = f"AWSLogs/{ONBOARDING_ACCOUNT.id}/elasticloadbalancing/eu-west-1/2026/11/27/a.log.gz"
    account.aws.s3.put_object(Bucket=created, Key=key, Body=b"")
    assert key in _keys_told(account, queue)

    onboarding.destroy()
    assert account.logs(shop) == {"access_logs": f"{created}/"}
    notification = account.aws.s3.get_bucket_notification_configuration(Bucket=created)
    assert notification.get("TopicConfigurations", []) == []
    assert any(sid.endswith("DeliverLogs") for sid in sids(account, created))
    assert account.parameters() == {}
    account.aws.sqs.delete_queue(QueueUrl=queue)


def _told_of(account: OnboardingAccount, name: str, arn: str) -> bytes:
    """What the rule tells the function of a load balancer that has just been made."""
    (target,) = account.aws.events.list_targets_by_rule(Rule=f"{name}-created")["Targets"]
    text = target["InputTransformer"]["InputTemplate"]
    made, time = json.dumps([{"loadBalancerArn": arn}]), json.dumps("2026-11-27T00:00:00Z")
    return text.replace("<load_balancers>", made).replace("<time>", time).encode()


def _failure(account: OnboardingAccount, name: str, event: bytes) -> str:
    """Why the function fails for an event."""
    answer = account.aws.functions.invoke(FunctionName=name, Payload=event)
    assert "FunctionError" in answer
    message: str = json.loads(answer["Payload"].read())["errorMessage"]
    return message


def _encrypt(account: OnboardingAccount, bucket: str, algorithm: Literal["AES256", "aws:kms"]) -> None:
    account.aws.s3.put_bucket_encryption(
        Bucket=bucket,
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}]
        },
    )


def _keys_told(account: OnboardingAccount, queue: str) -> list[str]:
    """The keys that messages tell of; S3's test event, which it sends when a rule is made, tells of none."""
    keys: list[str] = []
    while not keys:
        received = account.aws.sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=10, MaxNumberOfMessages=10)
        assert "Messages" in received, "nothing came"
        for message in received["Messages"]:
            account.aws.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            records = json.loads(message["Body"]).get("Records", [])
            keys += [record["s3"]["object"]["key"] for record in records]
    return keys
