"""The CloudFormation template: valid, and the same onboarding as the Terraform module's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cfnlint.decode import decode

from cdktf_app.packaging.paths import ONBOARDING_ZIP
from onboarding.settings import Bucket, Hub, Kind, OnDestroy, Selection, Settings
from onboarding.settings_reader import read_settings
from tests.harness.localstack.runtime_packages import link_runtime_packages
from tests.unit.modules.cloudformation_values import Values

ARN = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop/50dc6c495c0c9188"
HUB = {
    "HubRoleArn": "arn:aws:iam::222222222222:role/hub",
    "HubQueueArn": "arn:aws:sqs:eu-west-1:222222222222:hub",
}


@pytest.fixture(scope="module")
def path(repository: Path) -> Path:
    return repository / "modules/alb-onboarding/cloudformation/template.yaml"


@pytest.fixture(scope="module")
def template(path: Path) -> Any:
    template, problems = decode(str(path))
    assert not problems
    return template


def test_cfn_lint_finds_nothing(path: Path) -> None:
    result = subprocess.run(
        [Path(sys.executable).with_name("cfn-lint"), "--include-checks", "I", "--", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (0, "")


def test_it_says_where_it_comes_from(path: Path) -> None:
    assert path.read_text().startswith("# Emitted by cdktf_app. Do not edit: ")


def test_it_is_short_enough_for_a_bucket(path: Path) -> None:
    """The limit of a template in a bucket ("CloudFormation quotas"); that of one in a call, 51,200, is too small."""
    assert path.stat().st_size < 500_000


class TestCode:
    def test_it_is_the_module_s_package(self, template: Any, tmp_path: Path) -> None:
        code = Values(template).resources()["Function"]["Code"]["ZipFile"]
        (tmp_path / "index.py").write_text(code)
        told = subprocess.run(
            [
                sys.executable,
                *("-S", "-P", "-B", "-c"),
                "import index, sys; print(sys.path[0], index.handler.__module__)",
            ],
            env={
                "PATH": os.environ["PATH"],
                "TMPDIR": str(tmp_path),
                "PYTHONPATH": f"{tmp_path}{os.pathsep}{link_runtime_packages(tmp_path / 'runtime')}",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        package, module = told.stdout.split()
        assert module == "onboarding.handler"
        assert Path(package).read_bytes() == ONBOARDING_ZIP.read_bytes()

    def test_or_a_package_in_a_bucket(self, template: Any) -> None:
        function = Values(template, CodeBucket="code", CodeKey="v1/onboarding.zip").resources()["Function"]
        assert function["Code"] == {"S3Bucket": "code", "S3Key": "v1/onboarding.zip"}
        assert function["Handler"] == "onboarding.handler.handler"


class TestRequest:
    """What the function is asked to do, for the custom resource and for the rule."""

    def test_by_default(self, template: Any) -> None:
        assert settings(Values(template, AllLoadBalancers="true")) == Settings(
            "alb-onboarding", Selection(all=True)
        )

    def test_with_everything(self, template: Any) -> None:
        values = Values(
            template,
            Name="logs",
            LoadBalancerArns=ARN,
            LoadBalancerNames="shop,blog",
            LoadBalancerNamePatterns="shop-*",
            LoadBalancerTags='{"team": ["shop", "blog-*"], "stage": ["live"]}',
            AccessLogs="false",
            ConnectionLogs="true",
            HealthCheckLogs="true",
            BucketName="raw-logs",
            CreateBucket="false",
            Prefix="a/b",
            ExpirationDays="7",
            GrantElbAccount="true",
            Force="true",
            **HUB,
            ReaderArns="arn:aws:iam::333333333333:root,arn:aws:iam::444444444444:role/reader",
            OrganizationId="o-a1b2c3d4e5",
            DryRun="true",
            OnDelete="keep",
        )
        assert settings(values) == Settings(
            "logs",
            Selection(
                (ARN,), ("shop", "blog"), ("shop-*",), {"team": ("shop", "blog-*"), "stage": ("live",)}
            ),
            kinds=(Kind.CONNECTION, Kind.HEALTH_CHECK),
            bucket=Bucket("raw-logs", create=False, prefix="a/b", expiration_days=7),
            reader_arns=("arn:aws:iam::333333333333:root", "arn:aws:iam::444444444444:role/reader"),
            reader_organization_id="o-a1b2c3d4e5",
            hub=Hub(HUB["HubRoleArn"], HUB["HubQueueArn"]),
            elb_account_id="156460612806",
            force=True,
            on_destroy=OnDestroy.KEEP,
            dry_run=True,
        )

    def test_the_topic_is_in_it(self, template: Any) -> None:
        text = Values(template, AllLoadBalancers="true", CreateTopic="true").resources()["Onboarding"]
        assert json.loads(text["Onboarding"])["topic_arn"] == "<Topic>"

    def test_the_rule_hands_over_the_same_but_for_arns_which_are_of_what_is_there(
        self, template: Any
    ) -> None:
        values = Values(template, LoadBalancerArns=ARN, LoadBalancerNamePatterns="shop-*", **HUB)
        (target,) = values.resources()["NewLoadBalancers"]["Targets"]
        told = json.loads(
            target["InputTransformer"]["InputTemplate"]
            .replace("<load_balancers>", '[{"loadBalancerArn": "…"}]')
            .replace("<time>", '"2026-11-27T00:00:00Z"')
        )
        asked = json.loads(values.resources()["Onboarding"]["Onboarding"])
        assert asked["selection"].pop("arns") == [ARN]
        assert told["onboarding"]["selection"].pop("arns") == []
        assert told == {
            "onboarding": asked,
            "load_balancers": [{"loadBalancerArn": "…"}],
            "time": "2026-11-27T00:00:00Z",
        }

    def test_every_region_is_known(self, template: Any) -> None:
        accounts = template["Mappings"]["ElbAccounts"]
        assert accounts["eu-west-1"] == {"Id": "156460612806"}
        assert accounts["il-central-1"] == {"Id": "none"}


def settings(values: Values) -> Settings:
    return read_settings(json.loads(values.resources()["Onboarding"]["Onboarding"]))


class TestParameters:
    def test_each_has_a_description_and_a_group(self, template: Any) -> None:
        groups = template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
        grouped = [name for group in groups for name in group["Parameters"]]
        assert sorted(grouped) == sorted(template["Parameters"])
        assert all(one["Description"] for one in template["Parameters"].values())

    def test_defaults_fit_their_own_patterns(self, template: Any) -> None:
        for name, one in template["Parameters"].items():
            if "AllowedPattern" in one:
                assert re.fullmatch(one["AllowedPattern"], one["Default"]), name

    def test_none_can_leave_the_json_that_it_is_put_into(self, template: Any) -> None:
        request = str(template["Resources"]["Onboarding"]["Properties"]["Onboarding"])
        for name, one in template["Parameters"].items():
            if name not in request or one["Type"] == "Number" or "AllowedValues" in one:
                continue
            for text in (
                *('x","force":true,"y":"', "x\\", "<load_balancers>", '"'),
                *('{"a": ["<b>"]}', '{"a": ["b"]},"x":{"a": ["b"]}'),
            ):
                assert not re.fullmatch(one["AllowedPattern"], text), (name, text)

    @pytest.mark.parametrize(
        ("name", "good", "bad"),
        [
            ("LoadBalancerArns", f"{ARN},{ARN}", f"{ARN}, {ARN}"),
            ("LoadBalancerNames", "shop,blog", "shop*"),
            ("LoadBalancerNamePatterns", "shop-*,b?og", "shop;blog"),
            ("LoadBalancerTags", '{"team": ["shop", "blog-*"], "a": ["b"]}', '{"team": "shop"}'),
            ("LoadBalancerTags", "{}", "{ }"),
            ("LoadBalancerTags", '{"a": ["b"], "c": ["d"]}', '{"a": ["b"],}'),
            ("LoadBalancerTags", '{ "a":["b"] }', '{"a": ["b"] "c": ["d"]}'),
            ("Name", "alb-onboarding", "Alb"),
            ("Prefix", "a/b", "/a"),
            ("OrganizationId", "o-a1b2c3d4e5", "o-1"),
            ("TopicHttpsEndpoint", "https://example.com/logs", "http://example.com"),
            ("BucketNames", "shop-*-logs", "a/b"),
        ],
    )
    def test_patterns(self, template: Any, name: str, good: str, bad: str) -> None:
        pattern = template["Parameters"][name]["AllowedPattern"]
        assert re.fullmatch(pattern, good)
        assert not re.fullmatch(pattern, bad)


class TestResources:
    def test_what_is_optional_is_left_out_by_default(self, template: Any) -> None:
        assert set(Values(template, AllLoadBalancers="true", OnboardNew="false").resources()) == {
            *("LogGroup", "DeadLetters", "DeadLettersPolicy", "Role", "Function", "Invocations"),
            *("LastFailure", "Onboarding"),
        }

    def test_all(self, template: Any) -> None:
        values = Values(
            template,
            AllLoadBalancers="true",
            CreateTopic="true",
            TopicHttpsEndpoint="https://example.com/",
            TopicQueueArn=HUB["HubQueueArn"],
            TopicFunctionArn="arn:aws:lambda:eu-west-1:222222222222:function:x",
            AlarmTopicArn="arn:aws:sns:eu-west-1:111111111111:alarms",
        )
        assert set(values.resources()) == set(template["Resources"])

    def test_nothing_is_made_beside_the_onboarding_that_could_fail_and_end_it(self, template: Any) -> None:
        needed = {name: _needs(template, name) for name in template["Resources"]}
        before = needed["Onboarding"]
        after = {name for name, others in needed.items() if "Onboarding" in others}
        assert {"DeadLettersPolicy", "Function", "LastFailure"} <= before
        # A condition makes the topic's policy, so that nothing can depend on it.
        assert set(needed) == {*before, "Onboarding", *after, "TopicPolicy"}

    @pytest.mark.parametrize(
        ("selection", "made"),
        [
            ({"LoadBalancerArns": ARN}, False),
            ({"LoadBalancerArns": ARN, "LoadBalancerNames": "shop"}, True),
            ({"LoadBalancerNamePatterns": "shop-*"}, True),
            ({"LoadBalancerTags": '{"team": ["shop"]}'}, True),
            ({"AllLoadBalancers": "true"}, True),
        ],
    )
    def test_the_rule_is_made_only_where_it_can_select_what_is_yet_to_be_made(
        self, template: Any, selection: dict[str, str], made: bool
    ) -> None:
        rule = {"NewLoadBalancers", "NewLoadBalancersPermission"}
        assert rule & set(Values(template, **selection).resources()) == (rule if made else set())
        assert not rule & set(Values(template, OnboardNew="false", **selection).resources())

    def test_a_key_of_the_user_s_is_taken(self, template: Any) -> None:
        key = "arn:aws:kms:eu-west-1:111111111111:key/1"
        resources = Values(template, CreateTopic="true", TopicKeyArn=key).resources()
        assert resources["Topic"] == {"KmsMasterKeyId": key}
        assert "TopicKey" not in resources

    def test_the_role_makes_the_bucket_only_where_it_is_to(self, template: Any) -> None:
        assert {"MakeBucket", "SetUpBucket"} <= set(rights(Values(template, BucketName="logs")))
        assert rights(Values(template, BucketName="logs"))["MakeBucket"]["Resource"] == "arn:aws:s3:::logs"
        assert rights(Values(template))["MakeBucket"]["Resource"] == (
            "arn:aws:s3:::alb-onboarding-111111111111-eu-west-1"
        )
        assert not {"MakeBucket", "SetUpBucket"} & set(rights(Values(template, CreateBucket="false")))

    def test_the_role_is_bounded_only_by_what_is_given(self, template: Any) -> None:
        boundary = "arn:aws:iam::111111111111:policy/boundary"
        assert "PermissionsBoundary" not in Values(template).resources()["Role"]
        role = Values(template, PermissionsBoundaryArn=boundary).resources()["Role"]
        assert role["PermissionsBoundary"] == boundary

    def test_a_request_is_not_repeated_after_its_time_is_up(self, template: Any) -> None:
        resources = Values(template).resources()
        assert resources["Invocations"]["MaximumEventAgeInSeconds"] < resources["Function"]["Timeout"]
        assert int(resources["Onboarding"]["ServiceTimeout"]) > resources["Function"]["Timeout"]

    def test_the_rule_has_the_settings_before_the_run(self, template: Any) -> None:
        resources = Values(template, AllLoadBalancers="true").resources()
        assert resources["Onboarding"]["NewLoadBalancers"] == "<NewLoadBalancersPermission>"
        assert resources["NewLoadBalancersPermission"]["SourceArn"] == "<NewLoadBalancers.Arn>"
        assert Values(template).resources()["Onboarding"]["NewLoadBalancers"] == ""

    def test_nobody_but_the_subscriber_s_account_may_subscribe(self, template: Any) -> None:
        def sids(**parameters: str) -> list[str]:
            policy = Values(template, CreateTopic="true", **parameters).resources()["TopicPolicy"]
            return [statement["Sid"] for statement in policy["PolicyDocument"]["Statement"]]

        assert "AccountsSubscribe" not in sids()
        assert "AccountsSubscribe" in sids(TopicSubscriberAccountId="222222222222")


class TestOutputs:
    def test_the_hub_gets_the_bucket_in_the_form_of_its_input(self, template: Any) -> None:
        def spoke(**parameters: str) -> Any:
            return Values(template, **parameters).of(template["Outputs"]["HubSpoke"]["Value"])

        assert spoke() == (
            '{ account_id = "111111111111", bucket_name = "alb-onboarding-111111111111-eu-west-1", prefix = "", '
            'topic_arn = "" }'
        )
        assert spoke(BucketName="logs", Prefix="a/b", CreateTopic="true") == (
            '{ account_id = "111111111111", bucket_name = "logs", prefix = "a/b", topic_arn = "<Topic>" }'
        )


def rights(values: Values) -> dict[str, Any]:
    """The statements of the role by their ids."""
    (policy,) = values.resources()["Role"]["Policies"]
    return {statement["Sid"]: statement for statement in policy["PolicyDocument"]["Statement"]}


def _needs(template: Any, name: str) -> set[str]:
    """All resources that have to be made before another one."""
    needed: set[str] = set()
    rest = [name]
    while rest:
        new = _named(template["Resources"][rest.pop()]) & set(template["Resources"]) - needed
        needed |= new
        rest += new
    return needed


def _named(value: Any) -> set[str]:
    """What a resource, or a part of it, names in references and in DependsOn."""
    if isinstance(value, list):
        return {name for one in value for name in _named(one)}
    if not isinstance(value, dict):
        return set()
    found = set()
    for key, member in value.items():
        found |= _named(member)
        if key in ("Ref", "DependsOn", "Fn::GetAtt"):
            found |= {member} if isinstance(member, str) else {str(one) for one in member}
        if key == "Fn::Sub":
            found |= set(re.findall(r"\$\{(\w+)", member if isinstance(member, str) else member[0]))
    return found
