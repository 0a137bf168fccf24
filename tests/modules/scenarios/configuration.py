"""The root configuration that calls all scenarios at once, and the test files of Terraform with a mocked AWS."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tests.modules.scenarios import SCENARIOS
from tests.modules.scenarios.scenario import (
    KEY_ARN,
    PARAMETER_ARN,
    PROVIDERS,
    QUEUE_ARN,
    Provider,
    Scenario,
    hub,
    hub_arns,
    onboarding,
)

ANSWER: dict[str, Any] = {
    "name": "alb-onboarding",
    "action": "create",
    "dry_run": False,
    "load_balancers": [],
    "buckets": [],
    "bucket_names": ["shop-alb-logs"],
    "failures": [],
    "summary": ["shop: changed"],
}
"""What the onboarding's function answers."""


def root_configuration(modules: str, scenarios: Mapping[str, Scenario] = SCENARIOS) -> str:
    """A root configuration that calls every scenario.

    Args:
        modules: The folder of the modules, relative to the root configuration.
        scenarios: The scenarios, by name.
    """
    lines = ["terraform {", "  required_providers {", '    aws = { source = "hashicorp/aws" }', "  }", "}"]
    lines += ['resource "terraform_data" "unknown" {', '  input = "loki.example.com"', "}"]
    arns = {
        "parameter": PARAMETER_ARN,
        "key": KEY_ARN,
        "queue": QUEUE_ARN,
        "subnet": "subnet-1a",
        "group": "sg-1a",
    }
    lines += ['resource "terraform_data" "unknown_arns" {', f"  input = {json.dumps(arns)}", "}"]
    for alias, provider in PROVIDERS.items():
        lines += [
            'provider "aws" {',
            f'  alias  = "{alias}"',
            f'  region = "{provider.region}"',
            # The emulator takes the key for the account.
            f'  access_key = "{provider.account_id}"',
            '  secret_key = "test"',
            "}",
        ]
    for name, scenario in scenarios.items():
        lines += [
            f'module "{name}" {{',
            f'  source = "{modules}/{scenario.module}"',
            f"  providers = {{ aws = aws.{scenario.provider} }}",
            *(f"  {key} = {json.dumps(value)}" for key, value in scenario.inputs.items()),
            "}",
            # Sensitive, so that a plan says nothing of it.
            f'output "{name}" {{',
            f"  value     = module.{name}",
            "  sensitive = true",
            "}",
        ]
    return "\n".join(lines) + "\n"


def mocked_apply() -> str:
    """A test file of Terraform that applies the root configuration with the provider's calls to AWS mocked.

    What AWS would make up is given where it has to have a form or a test looks at it; Terraform makes up the rest.
    """
    mocks = [_mock(f'alias = "{alias}"', _defaults(provider)) for alias, provider in PROVIDERS.items()]
    return "\n".join(mocks) + '\nrun "all" {\n  command = apply\n}\n'


def mocked_spoke(region: str, inputs: dict[str, Any]) -> str:
    """A test file of Terraform that applies the spoke alone, in a region."""
    variables = {"bucket_name": "shop-alb-logs", "hub": hub_arns(region)} | inputs
    return _mocked("spoke", Provider("222222222222", region), variables)


def mocked_hub(inputs: dict[str, Any]) -> str:
    """A test file of Terraform that applies the hub alone."""
    return _mocked("hub", PROVIDERS["hub"], hub(**inputs).inputs)


def mocked_onboarding(region: str, inputs: dict[str, Any], failures: list[str]) -> str:
    """A test file of Terraform that applies the onboarding alone, in a region, with a run that has these failures."""
    answer = {("resource", "aws_lambda_invocation"): {"result": json.dumps(ANSWER | {"failures": failures})}}
    return _mocked("alb-onboarding", Provider("222222222222", region), onboarding(**inputs).inputs, answer)


def _mocked(
    module: str,
    provider: Provider,
    variables: dict[str, Any],
    others: Mapping[tuple[str, str], dict[str, Any]] = MappingProxyType({}),
) -> str:
    return (
        _mock("", _defaults(provider) | dict(others))
        + f'\nrun "{module.replace("-", "_")}" {{\n'
        + f'  module {{\n    source = "../modules/{module}"\n  }}\n  variables {{\n'
        + "\n".join(f"    {key} = {json.dumps(value)}" for key, value in variables.items())
        + "\n  }\n}\n"
    )


def _defaults(provider: Provider) -> dict[tuple[str, str], dict[str, Any]]:
    account, region, partition = provider.account_id, provider.region, provider.partition
    arn = f"arn:{partition}"
    return {
        ("data", "aws_caller_identity"): {"account_id": account},
        ("data", "aws_partition"): {
            "partition": partition,
            "dns_suffix": "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com",
            "reverse_dns_prefix": "cn.com.amazonaws" if partition == "aws-cn" else "com.amazonaws",
        },
        ("data", "aws_region"): {"id": region},
        ("data", "aws_availability_zones"): {"names": [f"{region}a", f"{region}b", f"{region}c"]},
        ("resource", "aws_cloudwatch_log_group"): {
            "arn": f"{arn}:logs:{region}:{account}:log-group:/aws/lambda/x"
        },
        ("resource", "aws_iam_policy"): {"arn": f"{arn}:iam::{account}:policy/x"},
        ("resource", "aws_iam_role"): {"arn": f"{arn}:iam::{account}:role/x"},
        ("resource", "aws_lambda_function"): {"arn": f"{arn}:lambda:{region}:{account}:function:x"},
        ("resource", "aws_sqs_queue"): {"arn": f"{arn}:sqs:{region}:{account}:x"},
        ("resource", "aws_s3_bucket"): {"id": "shop-alb-logs", "arn": f"{arn}:s3:::shop-alb-logs"},
        ("data", "aws_s3_bucket"): {
            "id": "shop-alb-logs",
            # There is one such bucket, and it is not in every region.
            "bucket_regional_domain_name": "shop-alb-logs.s3.eu-west-1.amazonaws.com",
        },
        ("resource", "aws_lb"): {
            "arn": f"{arn}:elasticloadbalancing:{region}:{account}:loadbalancer/app/demo/1"
        },
        ("resource", "aws_lambda_invocation"): {"result": json.dumps(ANSWER)},
        ("resource", "aws_kms_key"): {"arn": f"{arn}:kms:{region}:{account}:key/x"},
        ("resource", "aws_sns_topic"): {"arn": f"{arn}:sns:{region}:{account}:alb-onboarding"},
        ("resource", "aws_cloudwatch_event_rule"): {
            "arn": f"{arn}:events:{region}:{account}:rule/alb-onboarding-created"
        },
        ("resource", "aws_subnet"): {"id": "subnet-1"},
        ("resource", "aws_security_group"): {"id": "sg-1"},
    }


def _mock(alias: str, defaults: dict[tuple[str, str], dict[str, Any]]) -> str:
    blocks = [
        f'  mock_{kind} "{type_name}" {{\n    defaults = {json.dumps(values)}\n  }}'
        for (kind, type_name), values in defaults.items()
    ]
    return "\n".join(['mock_provider "aws" {', f"  {alias}", *blocks, "}"])
