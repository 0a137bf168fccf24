"""The words and the rules of the pictures: what is shown, how it is called, and what a reference means.

Every type of resource has a rule here. One without is refused, so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from cdktf_app.emitter.errors import EmitError


@dataclass(frozen=True, slots=True)
class Shown:
    """A resource that a picture shows."""

    words: str
    """What it is called; `{name}` stands for its Terraform name, which is left out when that is `this`."""

    shape: str = '["{}"]'
    """Mermaid's brackets around the words."""

    together: bool = False
    """Whether all of a type are one thing in the picture."""

    overview: bool = False
    """Whether the picture of everything shows it too."""


@dataclass(frozen=True, slots=True)
class Through:
    """A resource in whose place a picture takes what one of its arguments refers to."""

    argument: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A resource that joins others: an arrow from what one argument refers to, to what others do."""

    source: str
    targets: tuple[str, ...]
    label: str = ""
    """Empty when a policy in the target's argument has the verb."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy of a resource: an arrow to it from everybody whom a statement allows something."""

    resource: str
    policy: str = "policy"


@dataclass(frozen=True, slots=True)
class Detail:
    """A resource that is a setting or a part of another, and has no place in a picture."""


Rule: TypeAlias = Shown | Through | Relation | Policy | Detail

_BUCKET = '[("{}")]'
_QUEUE = '[["{}"]]'

_RULES: dict[str, Rule] = {
    "aws_cloudwatch_dashboard": Shown("dashboard", overview=True),
    "aws_cloudwatch_event_rule": Shown("rule for new load balancers"),
    "aws_cloudwatch_event_target": Relation("rule", ("arn",), "invokes"),
    "aws_cloudwatch_log_group": Shown("{name} log group"),
    "aws_cloudwatch_metric_alarm": Shown("alarms", together=True, overview=True),
    "aws_default_security_group": Detail(),
    "aws_eip": Shown("fixed address"),
    "aws_flow_log": Shown("flow log"),
    "aws_iam_policy": Through("policy"),
    "aws_iam_role": Shown("{name} role"),
    "aws_iam_role_policy": Relation("role", ("policy",)),
    "aws_iam_role_policy_attachment": Relation("role", ("policy_arn",)),
    "aws_kms_alias": Detail(),
    "aws_kms_key": Detail(),
    "aws_internet_gateway": Shown("internet gateway"),
    "aws_lambda_event_source_mapping": Relation("event_source_arn", ("function_name",), "feeds"),
    "aws_lambda_function": Shown("promtail function", overview=True),
    "aws_lambda_function_event_invoke_config": Relation(
        "function_name", ("destination_config.on_failure.destination",), "gives up to"
    ),
    "aws_lambda_invocation": Shown("run of an apply or destroy"),
    "aws_lambda_permission": Relation("source_arn", ("function_name",), "invoke"),
    "aws_lb": Shown("{name} load balancer"),
    "aws_lb_listener": Detail(),
    "aws_nat_gateway": Shown("NAT gateway"),
    "aws_route": Relation("route_table_id", ("gateway_id", "nat_gateway_id"), "reaches the internet by"),
    "aws_route_table": Through("vpc_id"),
    "aws_route_table_association": Detail(),
    "aws_s3_bucket": Shown("log bucket", _BUCKET, overview=True),
    "aws_s3_bucket_lifecycle_configuration": Detail(),
    "aws_s3_bucket_logging": Relation("bucket", ("target_bucket",), "writes its access log to"),
    "aws_s3_bucket_notification": Relation(
        "bucket", ("queue.queue_arn", "lambda_function.lambda_function_arn"), "notifies"
    ),
    "aws_s3_bucket_ownership_controls": Detail(),
    "aws_s3_bucket_policy": Policy("bucket"),
    "aws_s3_bucket_public_access_block": Detail(),
    "aws_s3_bucket_server_side_encryption_configuration": Detail(),
    "aws_s3_bucket_versioning": Detail(),
    "aws_security_group": Through("vpc_id"),
    "aws_sns_topic": Shown("topic", _QUEUE),
    "aws_sns_topic_policy": Policy("arn"),
    "aws_sns_topic_subscription": Relation("topic_arn", ("endpoint",), "notifies"),
    "aws_sqs_queue": Shown("{name} queue", _QUEUE, overview=True),
    "aws_sqs_queue_policy": Policy("queue_url"),
    "aws_ssm_parameter": Detail(),
    "aws_subnet": Through("vpc_id"),
    "aws_vpc": Shown("{name} VPC"),
    "aws_vpc_endpoint": Shown("S3 endpoint", together=True),
    "aws_vpc_security_group_egress_rule": Detail(),
    "aws_vpc_security_group_ingress_rule": Detail(),
}

_CALLED = {("alb-onboarding", "aws_lambda_function"): "onboarding function"}
"""What a module calls a type otherwise than others do."""

ACTS_AS = "acts as"
READS = "reads"
SHOWS = "shows"
WATCH = "watch"

PASSIVE = {READS: "read by", SHOWS: "shown on", WATCH: "watched by"}
"""What is drawn the other way round: then a picture goes from left to right, as log lines and news of them do."""

_LABELS: dict[tuple[str, str], str | None] = {
    ("aws_cloudwatch_dashboard", "dashboard_body"): SHOWS,
    ("aws_cloudwatch_metric_alarm", "alarm_description"): None,
    ("aws_cloudwatch_metric_alarm", "alarm_actions"): "tell",
    ("aws_cloudwatch_metric_alarm", "ok_actions"): "tell",
    ("aws_cloudwatch_metric_alarm", "dimensions"): WATCH,
    ("aws_cloudwatch_metric_alarm", "metric_query.metric.dimensions"): WATCH,
    ("aws_flow_log", "iam_role_arn"): ACTS_AS,
    ("aws_flow_log", "log_destination"): "writes",
    ("aws_flow_log", "vpc_id"): "records",
    ("aws_internet_gateway", "vpc_id"): None,
    ("aws_lambda_function", "environment.variables"): "pushes lines to",
    ("aws_lambda_function", "logging_config.log_group"): "logs to",
    ("aws_lambda_function", "role"): ACTS_AS,
    ("aws_lambda_function", "vpc_config.security_group_ids"): "runs in",
    ("aws_lambda_function", "vpc_config.subnet_ids"): "runs in",
    ("aws_lambda_invocation", "function_name"): "invokes",
    ("aws_lambda_invocation", "input"): "switches on the logs of",
    ("aws_lb", "access_logs.bucket"): "logs to",
    ("aws_lb", "connection_logs.bucket"): "logs to",
    ("aws_lb", "security_groups"): "stands in",
    ("aws_lb", "subnets"): "stands in",
    ("aws_nat_gateway", "allocation_id"): "has",
    ("aws_nat_gateway", "subnet_id"): None,
    ("aws_sns_topic", "kms_master_key_id"): None,
    ("aws_sqs_queue", "redrive_allow_policy"): None,
    ("aws_sqs_queue", "redrive_policy"): "gives up to",
    ("aws_vpc_endpoint", "policy"): None,
    ("aws_vpc_endpoint", "route_table_ids"): None,
    ("aws_vpc_endpoint", "security_group_ids"): None,
    ("aws_vpc_endpoint", "subnet_ids"): None,
    ("aws_vpc_endpoint", "vpc_id"): "serves",
}
"""What a reference of a shown resource's argument is; None when the picture is clearer without it."""

_VERBS = {
    "logs:PutLogEvents": "writes",
    "s3:GetObject": READS,
    "s3:PutObject": "writes",
    "secretsmanager:GetSecretValue": READS,
    "sqs:ReceiveMessage": READS,
    "sqs:SendMessage": "sends to",
    "ssm:GetParameter": READS,
}
"""What the actions say that a policy allows; others come with one of these, or are about nothing that is shown."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Something that a module does not make, but is given or works for."""

    id: str
    words: str
    shape: str = '(["{}"])'
    verb: str = ""
    """What the statements of a policy allow it that a module makes which is called."""

    overview: bool = False


LOKI = Outside("loki", "Grafana Loki", overview=True)

LOAD_BALANCERS = Outside("load_balancers", "selected load balancers")

_ONLY = {
    ("aws_lambda_function", "environment.variables"): LOKI,
    ("aws_lambda_invocation", "input"): LOAD_BALANCERS,
}
"""Arguments that refer to much, with what of it is to be drawn."""

_OUTSIDE: dict[str, dict[str, Outside]] = {
    "alb-onboarding": {
        "var.monitoring.alarm_topic_arns": Outside("topics", "SNS topics"),
        "var.monitoring.ok_topic_arns": Outside("topics", "SNS topics"),
        "var.selection": LOAD_BALANCERS,
        "var.topic.subscriptions": Outside("subscribers", "subscribers"),
    },
    "hub": {
        "var.loki.write_address": LOKI,
        "var.loki_credential_arns": Outside("secrets", "Loki's credentials"),
        "var.monitoring.alarm_topic_arns": Outside("topics", "SNS topics"),
        "var.monitoring.ok_topic_arns": Outside("topics", "SNS topics"),
        "var.refused_destination_arn": Outside("refused", "lines that Loki refuses"),
        "var.spokes": Outside("spokes", "log buckets of the spokes", _BUCKET),
    },
    "spoke": {
        "module.log_delivery": Outside("load_balancers", "load balancers", verb="write", overview=True),
        "var.access_log": Outside("access_log", "bucket of access logs", _BUCKET),
        "var.hub.function_arn": Outside("hub_function", "the hub's function"),
        "var.hub.queue_arn": Outside("hub_queue", "the hub's queue", _QUEUE),
        "var.hub.role_arn": Outside("hub_role", "the hub's role"),
    },
}
"""For each module what an input or a module stands for, by how a reference to it begins. Others are not shown."""


def rule_of(type_name: str) -> Rule:
    """The rule for a type of resource.

    Raises:
        EmitError: It has none.
    """
    if type_name not in _RULES:
        raise EmitError(f"{type_name} has no rule for the pictures: add one to cdktf_app/diagrams/words.py")
    return _RULES[type_name]


def words_of(module: str, type_name: str, rule: Shown) -> str:
    """What a module calls a type of resource; `{name}` stands for its Terraform name."""
    return _CALLED.get((module, type_name), rule.words)


def label_of(type_name: str, argument: str, target: str) -> str | None:
    """What the reference of an argument is to a thing of the picture, by its id; None when it is not to be drawn."""
    only = _ONLY.get((type_name, argument))
    return None if only and target != only.id else _LABELS.get((type_name, argument), "")


def verbs(actions: Iterable[str]) -> str:
    """What a statement of a policy allows, in words; empty when no action has one."""
    return ", ".join(dict.fromkeys(_VERBS[action] for action in actions if action in _VERBS))


def outside_of(module: str, target: str) -> Outside | None:
    """What a reference to an input or to another module stands for; None when the picture does not show it."""
    for start, outside in _OUTSIDE.get(module, {}).items():
        if target == start or target.startswith(f"{start}."):
            return outside
    return None
