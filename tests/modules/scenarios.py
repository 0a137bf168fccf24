"""Ways in which the modules are called, and the root configuration that calls them all at once."""

import json
from dataclasses import dataclass, field
from typing import Any

SECRETS = ("s3cret-password", "s3cret-token")
WRITE_ADDRESS = "https://loki.example.com/loki/api/v1/push"
# What Terraform does not know before the apply, such as the address of a Loki that the same root makes.
UNKNOWN = "terraform_data.unknown.output"
UNKNOWN_ARNS = "terraform_data.unknown_arns.output"
REGION_WITHOUT_ELB_ACCOUNT = "eu-central-2"


def hub_arns(region: str) -> dict[str, str]:
    """The spoke's input `hub`, for a hub in a region."""
    return {
        "function_arn": f"arn:aws:lambda:{region}:111111111111:function:alb-loki",
        "role_arn": "arn:aws:iam::111111111111:role/alb-loki",
    }


HUB_ARNS = hub_arns("eu-west-1")


SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:444444444444:secret:team/loki-a1B2c3"
CA_ARN = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:ca-d4E5f6"
PARAMETER_ARN = "arn:aws:ssm:eu-west-1:111111111111:parameter/loki/token"
KEY_ARN = "arn:aws:kms:eu-central-1:444444444444:key/1234abcd-12ab-34cd-56ef-1234567890ab"
QUEUE_ARN = "arn:aws:sqs:eu-west-1:111111111111:refused"


@dataclass(frozen=True)
class Provider:
    """An account in a region."""

    account_id: str
    region: str
    partition: str = "aws"


PROVIDERS = {
    "hub": Provider("111111111111", "eu-west-1"),
    "spoke": Provider("222222222222", "eu-west-1"),
    "china": Provider("333333333333", "cn-northwest-1", "aws-cn"),
}


@dataclass(frozen=True)
class Scenario:
    """A call of a module in the account of a provider."""

    module: str
    inputs: dict[str, Any] = field(default_factory=dict)
    provider: str = ""


def _hub(provider: str = "hub", **inputs: Any) -> Scenario:
    defaults = {"loki": {"write_address": WRITE_ADDRESS}, "loki_credentials": {"anonymous": True}}
    return Scenario("hub", defaults | inputs, provider)


def _spoke(provider: str = "spoke", **inputs: Any) -> Scenario:
    hub = hub_arns(PROVIDERS[provider].region)
    return Scenario("spoke", {"bucket_name": "shop-alb-logs", "hub": hub} | inputs, provider)


SHOP = {"account_id": "222222222222", "bucket_name": "shop-alb-logs"}

SCENARIOS = {
    "hub_default": _hub(),
    "hub_one_spoke": _hub(
        spokes={"shop": SHOP},
        loki_credentials={"username": "reader", "password": SECRETS[0]},
        loki={
            "write_address": WRITE_ADDRESS,
            "tenant_id": "platform",
            "batch_size": 65536,
            "keep_stream": True,
            "extra_labels": {"env": "prod", "team": "a b"},
        },
    ),
    "hub_three_spokes": _hub(
        name="logs",
        loki_credentials={"bearer_token": SECRETS[1]},
        spokes={
            "shop": SHOP,
            "bank": {"account_id": "012345678901", "bucket_name": "bank-logs", "prefix": "lb/prod"},
            "own": {"account_id": "111111111111", "bucket_name": "own-logs"},
        },
    ),
    "hub_network": _hub(network={"mode": "created"}, spokes={"shop": SHOP}),
    "hub_network_own_port": _hub(
        network={"mode": "created"}, loki={"write_address": "http://loki.example.com:3100/loki/api/v1/push"}
    ),
    "hub_network_http": _hub(
        network={"mode": "created"}, loki={"write_address": "http://loki.example.com/loki/api/v1/push"}
    ),
    "hub_x86": _hub(function={"architecture": "x86_64", "memory_size": 512, "timeout": 300}),
    "hub_own_zip": _hub(function={"zip_path": "own.zip", "runtime": "python3.12"}),
    "hub_image": _hub(
        function={"image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/lambda-promtail:1"}
    ),
    "hub_unknown_loki": _hub(
        loki={"write_address": f"https://${{{UNKNOWN}}}/loki/api/v1/push"},
        loki_credentials={"bearer_token": f"${{{UNKNOWN}}}"},
        spokes={"shop": {"account_id": "222222222222", "bucket_name": "shop-alb-logs"}},
    ),
    "hub_unknown_secrets": _hub(
        loki_credentials={},
        loki_credential_arns={
            "bearer_token": f"${{{UNKNOWN_ARNS}.parameter}}",
            "kms_key_arns": [f"${{{UNKNOWN_ARNS}.key}}"],
        },
        refused_destination_arn=f"${{{UNKNOWN_ARNS}.queue}}",
    ),
    "hub_pipeline": _hub(
        loki={
            "write_address": WRITE_ADDRESS,
            "skip_tls_verify": True,
            "ca_bundle": "certificates/ca.pem",
            "push_concurrency": 8,
            "max_line_size": 65536,
            "long_lines": "drop",
            "extra_labels": {"env": "prod"},
            "omit_extra_labels_prefix": True,
            "drop_labels": ["__aws_log_type", "env"],
            "relabel_configs": [
                {
                    "source_labels": ["__aws_s3_lb_owner", "__aws_s3_lb"],
                    "separator": "",
                    "regex": "(?P<account>[0-9]+)(.*)",
                    # Terraform's way to write ${2}.
                    "replacement": "$${2}",
                    "target_label": "name",
                },
                {"target_label": "__aws_s3_lb_owner", "replacement": ""},
                {"action": "hashmod", "source_labels": ["name"], "modulus": 4, "target_label": "shard"},
            ],
            "stage_configs": [
                {"regex": {"expression": "(?P<status>[0-9]+)$"}},
                {"labels": {"status": None}},
                {"match": {"selector": '{status="404"}', "stages": [{"sampling": {"rate": 0.25}}]}},
            ],
            "tenant_rules": [
                {"account": "012345678901", "prefix": "lb/", "tenant": "bank"},
                {"bucket": "team-*", "tenant": "team"},
            ],
        },
        content={
            "structured_metadata": ["elb_status_code", "client_ip", "elb_status_code"],
            "labels": ["log_kind", "status_class"],
            "output_format": "json",
            "filter_rules": [
                {"match": {"elb_status_code": "5.."}, "keep": 1},
                {"match": {"kind": "alb_access", "path": "/health"}, "keep": 0.01},
            ],
            "redact": ["client_ip", "query_string"],
            "print_log_line": True,
        },
        log_level="debug",
        metrics_namespace="",
    ),
    "hub_secrets": _hub(
        loki={"write_address": WRITE_ADDRESS, "ca_bundle": CA_ARN},
        loki_credentials={},
        loki_credential_arns={
            "username": f"{SECRET_ARN}#username",
            "password": f"{SECRET_ARN}#password",
            "kms_key_arns": [KEY_ARN],
            "lifetime": 60,
        },
        refused_destination_arn="arn:aws:s3:::refused-logs/loki",
    ),
    "hub_parameter": _hub(
        loki_credentials={"username": "12345"},
        loki_credential_arns={"password": PARAMETER_ARN},
        refused_destination_arn=QUEUE_ARN,
    ),
    "hub_china_secrets": _hub(
        "china",
        loki_credentials={},
        loki_credential_arns={
            "bearer_token": "arn:aws-cn:ssm:cn-northwest-1:333333333333:parameter/token",
            "kms_key_arns": ["arn:aws-cn:kms:cn-northwest-1:333333333333:key/1"],
        },
    ),
    # More than 3600 bytes, in fewer characters.
    "hub_full": _hub(loki={"write_address": WRITE_ADDRESS, "extra_labels": {"text": "é" * 1500}}),
    "hub_china": _hub("china", spokes={"shop": SHOP}, network={"mode": "created"}),
    "spoke_default": _spoke(),
    "spoke_prefix": _spoke(prefix="lb/prod", expiration_days=7, force_destroy=True),
    "spoke_elb_account": _spoke(grant_elb_account=True),
    "spoke_china": _spoke("china", grant_elb_account=True, prefix="logs"),
    "spoke_demo": _spoke(demo_load_balancer={"enabled": True}, prefix="demo"),
}


def root_configuration(modules: str) -> str:
    """A root configuration that calls every scenario.

    Args:
        modules: The folder of the modules, relative to the root configuration.
    """
    lines = ["terraform {", "  required_providers {", '    aws = { source = "hashicorp/aws" }', "  }", "}"]
    lines += ['resource "terraform_data" "unknown" {', '  input = "loki.example.com"', "}"]
    arns = {"parameter": PARAMETER_ARN, "key": KEY_ARN, "queue": QUEUE_ARN}
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
    for name, scenario in SCENARIOS.items():
        lines += [
            f'module "{name}" {{',
            f'  source = "{modules}/{scenario.module}"',
            f"  providers = {{ aws = aws.{scenario.provider} }}",
            *(f"  {key} = {json.dumps(value)}" for key, value in scenario.inputs.items()),
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
    return _mocked("hub", PROVIDERS["hub"], _hub(**inputs).inputs)


def _mocked(module: str, provider: Provider, variables: dict[str, Any]) -> str:
    return (
        _mock("", _defaults(provider))
        + f'\nrun "{module}" {{\n  module {{\n    source = "../modules/{module}"\n  }}\n  variables {{\n'
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
        ("resource", "aws_iam_role"): {"arn": f"{arn}:iam::{account}:role/x"},
        ("resource", "aws_lambda_function"): {"arn": f"{arn}:lambda:{region}:{account}:function:x"},
        ("resource", "aws_s3_bucket"): {"id": "shop-alb-logs", "arn": f"{arn}:s3:::shop-alb-logs"},
        ("resource", "aws_lb"): {
            "arn": f"{arn}:elasticloadbalancing:{region}:{account}:loadbalancer/app/demo/1"
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
