"""What Lambda calls, by the events of Terraform, EventBridge and CloudFormation."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from onboarding import handler as entry
from onboarding.errors import RunError, SettingsError
from onboarding.report import Report
from onboarding.run import perform
from tests.harness.localstack.server import LocalStack
from tests.onboarding.account import OnboardingAccount

MARK = "/alb-loki/onboarding/alb-onboarding/last-failure"


class Invocation:
    """Lambda's context object."""

    aws_request_id = "a run"
    log_group_name = log_stream_name = "log"

    def get_remaining_time_in_millis(self) -> int:
        return 300_000


@pytest.fixture
def _environment(account: OnboardingAccount, localstack: LocalStack, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a function of the account finds around it."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": account.id,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": account.place.region,
        "AWS_ENDPOINT_URL": localstack.endpoint,
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    # boto3 keeps a session that has read another environment.
    monkeypatch.setattr("boto3.DEFAULT_SESSION", None)


pytestmark = pytest.mark.usefixtures("_environment")


def call(event: dict[str, Any]) -> dict[str, Any]:
    answer = entry.handler(event, Invocation())
    assert answer is not None
    return json.loads(json.dumps(answer))  # type: ignore[no-any-return]


def terraform(action: str, **members: Any) -> dict[str, Any]:
    return {"name": "alb-onboarding", "selection": {"all": True}, "tf": {"action": action}, **members}


def test_terraform_creates_and_deletes(
    account: OnboardingAccount, capsys: pytest.CaptureFixture[str]
) -> None:
    arn = account.load_balancer("shop")

    answer = call(terraform("create", resume="none"))

    assert answer["failures"] == []
    assert answer["load_balancers"][0]["outcome"] == "changed"
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line.get("load_balancer", line.get("bucket")) for line in lines] == [
        "shop",
        f"alb-onboarding-{account.id}-eu-west-1",
        None,
    ]
    assert account.attributes(arn)["access_logs.s3.enabled"] == "true"

    call(terraform("delete", dry_run=True))

    assert account.attributes(arn)["access_logs.s3.enabled"] == "false"


def test_failures_of_terraform_s_runs_are_answered_and_marked(account: OnboardingAccount) -> None:
    account.aws.ssm.put_parameter(Name=MARK, Value="none", Type="String")

    answer = call(terraform("update", selection={"names": ["missing"]}))

    assert answer["failures"][0].startswith("missing: There is no load balancer of this name")
    assert account.parameters()[MARK] == "a run"

    account.load_balancer("missing")
    answer = call(terraform("update", selection={"names": ["missing"]}, resume="a run"))

    assert answer["failures"] == []
    assert account.parameters()[MARK] == "a run", "the next plan is empty"


def test_a_run_that_breaks_off_is_answered_and_marked(
    account: OnboardingAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.aws.ssm.put_parameter(Name=MARK, Value="none", Type="String")

    def broken(*_: Any, **__: Any) -> Report:
        assert account.parameters()[MARK] == "a run", "also what ends the process is marked"
        raise KeyError("shop")

    with monkeypatch.context() as patch:
        patch.setattr("onboarding.callers.terraform.perform", broken)
        answer = call(terraform("update"))

    said = "The run ended early: KeyError: 'shop'. Mend that, then run again."
    assert answer["failures"] == answer["summary"] == [said]
    assert account.parameters()[MARK] == "a run"


def test_the_last_of_two_runs_at_once_decides(
    account: OnboardingAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.aws.ssm.put_parameter(Name=MARK, Value="none", Type="String")

    def twin(*_: Any, **__: Any) -> Report:
        with monkeypatch.context() as patch:
            patch.setattr(Invocation, "aws_request_id", "its twin")
            patch.setattr("onboarding.callers.terraform.perform", perform)
            call(terraform("update", selection={"names": ["missing"]}, resume="none"))
        return Report("alb-onboarding", "update")

    with monkeypatch.context() as patch:
        patch.setattr("onboarding.callers.terraform.perform", twin)
        answer = call(terraform("update", resume="none"))

    assert answer["failures"] == []
    assert account.parameters()[MARK] == "its twin"

    call(terraform("update", resume="its twin"))

    assert account.parameters()[MARK] == "its twin"


def test_a_mark_that_cannot_be_set_says_how_to_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[float] = []

    def denied(*_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "no"}}, "GetParameter")

    monkeypatch.setattr("onboarding.state.parameters.get", denied)
    monkeypatch.setattr("onboarding.state.last_failure.time.sleep", tried.append)

    (failure,) = call(terraform("update"))["failures"]

    assert failure.startswith("The run could not begin: ClientError: ")
    assert "another value of `rerun`" in failure
    assert tried == [2.0, 4.0, 8.0]


def test_settings_that_cannot_be_understood_are_answered() -> None:
    answer = call(terraform("update", selection={"every": True}))

    assert answer["failures"][0].startswith("The settings cannot be understood. selection.every: ")


def test_a_dry_run_is_no_failure(account: OnboardingAccount) -> None:
    account.aws.ssm.put_parameter(Name=MARK, Value="none", Type="String")

    answer = call(terraform("update", selection={"names": ["missing"]}, dry_run=True))

    assert answer["failures"] != []
    assert account.parameters()[MARK] == "none"


@pytest.mark.parametrize(("on_destroy", "enabled"), [("restore", "false"), ("keep", "true")])
def test_what_cannot_be_understood_any_more_is_taken_back_by_its_name(
    account: OnboardingAccount, on_destroy: str, enabled: str
) -> None:
    arn = account.load_balancer("shop")
    call(terraform("create"))

    call(terraform("delete", selection={"every": True}, on_destroy=on_destroy))

    assert account.attributes(arn)["access_logs.s3.enabled"] == enabled
    assert account.parameters() == {}


def test_without_a_mark_none_is_made(account: OnboardingAccount) -> None:
    call(terraform("create", selection={"names": ["missing"]}))

    assert MARK not in account.parameters()


def test_a_deletion_with_failures_raises_and_lists_them(
    account: OnboardingAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.load_balancer("shop")
    call(terraform("create"))
    monkeypatch.setattr(Invocation, "get_remaining_time_in_millis", lambda _: 15_000)

    with pytest.raises(RunError, match=r"Not everything could be taken back\.\n- shop: Time was used up"):
        entry.handler(terraform("delete"), Invocation())


@pytest.mark.parametrize("event", [{}, {"tf": {}}, {"tf": {"action": "created"}}, {"tf": "create"}])
def test_an_event_without_an_action_is_refused(event: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=r"^tf.action: .* is none of create, update and delete"):
        entry.handler({**terraform("create"), "tf": None, **event}, Invocation())


def test_eventbridge_tells_of_new_load_balancers(account: OnboardingAccount) -> None:
    request = {"name": "alb-onboarding", "selection": {"name_patterns": ["sh*"]}, "resume": "none"}
    call({**request, "tf": {"action": "create"}})
    shop, blog = account.load_balancer("shop"), account.load_balancer("blog")

    answer = call(
        {
            "onboarding": request,
            "load_balancers": [{"loadBalancerArn": arn, "type": "application"} for arn in (shop, blog)],
        }
    )

    assert answer["action"] == "created"
    assert [found["name"] for found in answer["load_balancers"]] == ["shop"]
    assert account.attributes(shop)["access_logs.s3.enabled"] == "true"
    assert "access_logs.s3.enabled" not in account.attributes(blog)


def test_what_eventbridge_tells_of_and_fails_raises_so_that_it_is_tried_again(
    account: OnboardingAccount,
) -> None:
    arn = account.load_balancer("shop")
    request = {
        "name": "alb-onboarding",
        "selection": {"all": True},
        "bucket": {"name": f"missing-{account.id}", "create": False},
    }

    with pytest.raises(RunError, match=r"Not all load balancers could be onboarded\.\n- shop: Of its bucket"):
        entry.handler({"onboarding": request, "load_balancers": [{"loadBalancerArn": arn}]}, Invocation())


@pytest.mark.parametrize("load_balancers", [None, "shop", [{"arn": "x"}]])
def test_an_event_of_another_form_is_refused(load_balancers: Any) -> None:
    request = {"name": "alb-onboarding", "selection": {"all": True}}

    with pytest.raises(SettingsError, match=r"^load_balancers: a list of objects with loadBalancerArn"):
        entry.handler({"onboarding": request, "load_balancers": load_balancers}, Invocation())


def test_cloudformation_s_requests_are_told_apart(
    account: OnboardingAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.load_balancer("shop")
    seen: list[Any] = []
    monkeypatch.setattr(
        "onboarding.callers.cloudformation.handle",
        lambda event, _context, onboard: seen.append((event["RequestType"], onboard(terraform("create")))),
    )

    assert entry.handler({"RequestType": "Create", "ResponseURL": "http://x"}, Invocation()) is None
    assert seen[0][0] == "Create"
    assert seen[0][1]["failures"] == []
