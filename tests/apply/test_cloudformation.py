"""The CloudFormation template on LocalStack: an onboarding is made, changed, refused and taken back.

What LocalStack cannot show: it evaluates no policy; and it rolls nothing back, neither a failed creation, of which a
deletion leaves all that was made, nor a failed update, which counts as complete but for the event that says why.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import STACK_ACCOUNT
from tests.harness.aws.present import present
from tests.harness.localstack.server import LocalStack
from tests.onboarding.account import OnboardingAccount, logging_to
from tests.unit.onboarding.callers.stack import AnswersDouble, request

_DONE = ("COMPLETE", "FAILED")
_LIMIT = 300.0


class Stack:
    """A stack of the template, in an account with load balancers."""

    def __init__(self, account: OnboardingAccount, name: str, template_url: str) -> None:
        self.account = account
        self.name = name
        # Of its own: what an earlier test has left would be in the way of another of the same name.
        self.onboarding = name.replace("-", "")
        self._template = template_url
        self._cloudformation = account.aws.cloudformation

    def create(self, parameters: Mapping[str, str]) -> str:
        """Create it, and return the status at the end."""
        self._cloudformation.create_stack(**self._arguments(parameters))
        return self._wait()

    def update(self, parameters: Mapping[str, str]) -> str:
        """Update it, and return the status at the end."""
        self._cloudformation.update_stack(**self._arguments(parameters))
        return self._wait()

    def delete(self) -> None:
        """Delete it, and wait until it is gone."""
        stack_id = self._described()["StackId"]
        self._cloudformation.delete_stack(StackName=self.name)
        assert self._wait(stack_id, "DELETE_") == "DELETE_COMPLETE"

    def outputs(self) -> dict[str, str]:
        """Return the outputs."""
        return {one["OutputKey"]: one["OutputValue"] for one in self._described()["Outputs"]}

    def failure(self) -> str:
        """Return why the onboarding has failed the last time."""
        events = self._cloudformation.describe_stack_events(StackName=self.name)["StackEvents"]
        return next(
            event["ResourceStatusReason"]
            for event in events
            if event["LogicalResourceId"] == "Onboarding" and event["ResourceStatus"].endswith("_FAILED")
        )

    def ask(self, event: dict[str, Any]) -> None:
        """Invoke the function, and wait for its end."""
        resources = self._cloudformation.describe_stack_resources(StackName=self.name)["StackResources"]
        (function,) = (one for one in resources if one["LogicalResourceId"] == "Function")
        answer = self.account.aws.functions.invoke(
            FunctionName=function["PhysicalResourceId"], Payload=json.dumps(event).encode()
        )
        assert "FunctionError" not in answer, answer["Payload"].read()

    def _arguments(self, parameters: Mapping[str, str]) -> Any:
        return {
            "StackName": self.name,
            "TemplateURL": self._template,
            "Capabilities": ["CAPABILITY_IAM"],
            "Parameters": [
                {"ParameterKey": key, "ParameterValue": value}
                for key, value in {"Name": self.onboarding, **parameters}.items()
            ],
        }

    def _described(self, name: str = "") -> Any:
        (stack,) = self._cloudformation.describe_stacks(StackName=name or self.name)["Stacks"]
        return stack

    def _wait(self, name: str = "", begins: str = "") -> str:
        """Wait for an end; LocalStack shows the one of before for a moment when a stack is deleted."""
        end = time.monotonic() + _LIMIT
        while time.monotonic() < end:
            status: str = self._described(name)["StackStatus"]
            if status.startswith(begins) and status.endswith(_DONE):
                return status
            time.sleep(0.3)
        raise AssertionError(f"The stack is still in state {status}.")


@pytest.fixture
def account(localstack: LocalStack, aws_region: str) -> OnboardingAccount:
    return OnboardingAccount(localstack.endpoint, aws_region, STACK_ACCOUNT.id)


@pytest.fixture
def stack(account: OnboardingAccount, repository: Path, unique_name: Callable[[str], str]) -> Iterator[Stack]:
    """A stack that is yet to be created; the template is longer than a call takes, so it is in a bucket."""
    name = unique_name("stack")
    templates = account.bucket(f"{name}-templates")
    account.aws.s3.put_object(
        Bucket=templates,
        Key="template.yaml",
        Body=(repository / "modules/alb-onboarding/cloudformation/template.yaml").read_bytes(),
    )
    stack = Stack(account, name, f"{account.aws.s3.meta.endpoint_url}/{templates}/template.yaml")
    yield stack
    account.aws.s3.delete_object(Bucket=templates, Key="template.yaml")
    account.aws.s3.delete_bucket(Bucket=templates)


def test_an_onboarding_is_made_changed_and_taken_back(stack: Stack) -> None:
    account = stack.account
    shop = account.load_balancer(f"{stack.name}-shop")
    own = account.bucket(f"{stack.name}-blog")
    blog = account.load_balancer(f"{stack.name}-blog", attributes=logging_to(own, "old"))
    was = account.attributes(blog)
    before = _present(account)
    wanted = {"LoadBalancerNamePatterns": f"{stack.name}-*", "BucketName": f"{stack.name}-logs"}

    assert stack.create(wanted) == "CREATE_COMPLETE"

    logs = f"{stack.name}-logs"
    assert account.attributes(shop)["access_logs.s3.enabled"] == "true"
    assert account.attributes(shop)["access_logs.s3.bucket"] == logs
    assert account.attributes(blog) == was
    outputs = stack.outputs()
    assert outputs["BucketNames"] == f"{own},{logs}"
    assert f"load balancer {stack.name}-shop: changed" in outputs["Summary"]

    # Before the update: LocalStack changes no rule, and the function refuses what comes with former settings.
    made_later = account.load_balancer(f"{stack.name}-later")
    _tell_of(account, made_later)
    _wait_for(lambda: account.attributes(made_later)["access_logs.s3.bucket"] == logs)

    assert stack.update({**wanted, "ConnectionLogs": "true"}) == "UPDATE_COMPLETE"
    assert account.attributes(shop)["connection_logs.s3.bucket"] == logs
    assert account.attributes(blog)["connection_logs.s3.bucket"] == own

    stack.delete()

    assert not _logs(account, shop)
    assert not _logs(account, made_later)
    assert account.attributes(blog).items() >= was.items()
    assert account.attributes(blog)["connection_logs.s3.enabled"] == "false"
    assert not _saved(stack)
    account.aws.elbv2.delete_load_balancer(LoadBalancerArn=made_later)
    after = _present(account)
    assert set(after.pop("buckets")) - set(before.pop("buckets")) == {logs}
    assert after == before


def test_what_is_refused_fails_the_stack_with_the_reason_and_is_taken_back(stack: Stack) -> None:
    account = stack.account
    shop = account.load_balancer(f"{stack.name}-shop")
    wanted = {"LoadBalancerNames": f"{stack.name}-shop,absent", "BucketName": f"{stack.name}-logs"}

    assert stack.create(wanted) == "CREATE_FAILED"

    assert stack.failure().startswith("absent: ")
    assert _logs(account, shop)
    # As CloudFormation does by itself to roll back; LocalStack leaves out what could not be created.
    with AnswersDouble() as answers:
        onboarding = json.dumps({"name": stack.onboarding, "selection": {"names": ["absent"]}})
        stack.ask(request(answers.url, "Delete", onboarding, stack.onboarding))
    assert answers.answer["Status"] == "SUCCESS"
    assert not _logs(account, shop)
    assert _saved(stack) == [f"/alb-loki/onboarding/{stack.onboarding}/last-failure"]
    stack.delete()


def test_a_dry_run_tells_what_would_fail_and_the_buckets_for_the_hub(stack: Stack) -> None:
    account, name = stack.account, stack.name
    shop = account.load_balancer(f"{name}-shop")
    own = account.bucket(f"{name}-blog")
    blog = account.load_balancer(f"{name}-blog", attributes=logging_to(own))
    absent = shop.rpartition("/")[0] + "/0000000000000000"
    wanted = {"LoadBalancerArns": f"{shop},{blog},{absent}", "BucketName": f"{name}-logs", "DryRun": "true"}
    rules = account.aws.events.list_rules()["Rules"]

    assert stack.create(wanted) == "CREATE_COMPLETE"

    outputs = stack.outputs()
    assert f"load balancer {name}-shop: would change" in outputs["Summary"]
    assert f"{absent} does not exist. Take it out" in outputs["Summary"]
    assert outputs["BucketNames"] == f"{own},{name}-logs"
    assert outputs["HubSpoke"] == (
        f'{{ account_id = "{account.id}", bucket_name = "{name}-logs", prefix = "", topic_arn = "" }}'
    )
    assert not _logs(account, shop)
    assert account.aws.events.list_rules()["Rules"] == rules
    stack.delete()


def test_an_update_that_fails_says_why_and_the_former_state_comes_back(stack: Stack) -> None:
    account = stack.account
    shop = account.load_balancer(f"{stack.name}-shop")
    wanted = {"LoadBalancerNames": f"{stack.name}-shop", "BucketName": f"{stack.name}-logs"}
    assert stack.create(wanted) == "CREATE_COMPLETE"

    stack.update({**wanted, "LoadBalancerNames": "absent"})
    assert stack.failure().startswith("absent: ")
    assert not _logs(account, shop)

    # As CloudFormation does by itself to roll back.
    assert stack.update(wanted) == "UPDATE_COMPLETE"
    assert _logs(account, shop)
    stack.delete()
    assert not _logs(account, shop)


def test_a_topic_hears_of_new_logs(stack: Stack) -> None:
    account, name = stack.account, stack.name
    account.load_balancer(f"{name}-shop")
    queue = account.aws.sqs.create_queue(QueueName=name)["QueueUrl"]
    wanted = {
        "LoadBalancerNames": f"{name}-shop",
        "BucketName": f"{name}-logs",
        "CreateTopic": "true",
        "TopicQueueArn": f"arn:aws:sqs:{account.place.region}:{account.id}:{name}",
        "OnboardNew": "false",
        "AlarmTopicArn": f"arn:aws:sns:{account.place.region}:{account.id}:alarms",
    }
    assert stack.create(wanted) == "CREATE_COMPLETE"

    key = f"AWSLogs/{account.id}/elasticloadbalancing/{account.place.region}/1.log.gz"
    account.aws.s3.put_object(Bucket=f"{name}-logs", Key=key, Body=b"")
    told: list[str] = []

    def heard() -> bool:
        messages = account.aws.sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", [])
        told.extend(message["Body"] for message in messages)
        return any(key in body for body in told)

    _wait_for(heard)
    assert stack.outputs()["TopicArn"] in told[-1]

    del wanted["TopicQueueArn"], wanted["CreateTopic"]
    assert stack.update(wanted) == "UPDATE_COMPLETE"
    assert "TopicArn" not in stack.outputs()
    configuration = account.aws.s3.get_bucket_notification_configuration(Bucket=f"{name}-logs")
    assert "TopicConfigurations" not in configuration
    stack.delete()
    account.aws.sqs.delete_queue(QueueUrl=queue)


def _saved(stack: Stack) -> list[str]:
    path = f"/alb-loki/onboarding/{stack.onboarding}/"
    return [name for name in stack.account.parameters() if name.startswith(path)]


def _logs(account: OnboardingAccount, arn: str) -> bool:
    # The emulator tells an attribute only once it has been set.
    return account.attributes(arn).get("access_logs.s3.enabled") == "true"


def _present(account: OnboardingAccount) -> dict[str, Any]:
    # LocalStack knows no log group but the one that is named after the function.
    return {kind: sorted(names) for kind, names in present(account.aws).items() if kind != "log groups"}


def _tell_of(account: OnboardingAccount, arn: str) -> None:
    """Put the event on the bus that CloudTrail would."""
    detail = {
        "eventSource": "elasticloadbalancing.amazonaws.com",
        "eventName": "CreateLoadBalancer",
        "apiVersion": "2015-12-01",
        "responseElements": {"loadBalancers": [{"loadBalancerArn": arn, "type": "application"}]},
    }
    answer = account.aws.events.put_events(
        Entries=[
            {
                "Source": "aws.elasticloadbalancing",
                "DetailType": "AWS API Call via CloudTrail",
                "Detail": json.dumps(detail),
            }
        ]
    )
    assert answer["FailedEntryCount"] == 0


def _wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _LIMIT
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)
