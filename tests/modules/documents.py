"""The policy documents of a scenario: as AWS holds them, and statements that a module tells for policies of others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tests.modules.results import Resources

_VERSION = "2012-10-17"
_PERMISSION = "aws_lambda_permission"
_OUTPUTS = ("kms_key_statements", "policy_statements")


class Side(Enum):
    """Which side of a call a document is on; a VPC endpoint is between them."""

    PRINCIPAL = "principal"
    RESOURCE = "resource"
    BETWEEN = "between"


_SIDES = {
    "aws_iam_policy": Side.PRINCIPAL,
    "aws_iam_role": Side.RESOURCE,
    "aws_iam_role_policy": Side.PRINCIPAL,
    "aws_kms_key": Side.RESOURCE,
    "aws_s3_bucket_policy": Side.RESOURCE,
    "aws_sns_topic_policy": Side.RESOURCE,
    "aws_sqs_queue_policy": Side.RESOURCE,
    "aws_vpc_endpoint": Side.BETWEEN,
    _PERMISSION: Side.RESOURCE,
    "output": Side.RESOURCE,
}


@dataclass(frozen=True)
class Held:
    """A policy document.

    Attributes:
        module: The module that makes it.
        address: The address, within that module, of the resource or output that holds it.
        document: The document.
    """

    module: str
    address: str
    document: dict[str, Any]

    @property
    def side(self) -> Side:
        """Which side of a call it is on."""
        return _SIDES[self.address.partition(".")[0]]

    @property
    def statements(self) -> dict[str, dict[str, Any]]:
        """The statements by Sid; one that has none, as in what a role trusts, under an empty one."""
        return {statement.get("Sid", ""): statement for statement in self.document["Statement"]}


@dataclass(frozen=True, order=True)
class Place:
    """Where a statement of a module is, in whatever instance of its resource."""

    module: str
    address: str
    sid: str


def place(module: str, address: str, sid: str) -> Place:
    """The place of a statement; its Sid may end in the key of the instance.

    Args:
        module: The module that makes it.
        address: The address within that module.
        sid: Its Sid.
    """
    resource, _bracket, key = address.partition("[")
    return Place(module, resource, sid.removesuffix(json.loads(key.rstrip("]"))) if '"' in key else sid)


def documents(module: str, resources: Resources) -> Iterator[Held]:
    """All policy documents of a scenario, with those that Lambda makes of permissions.

    Args:
        module: The module that the scenario calls; what it gets from modules of its own is theirs.
        resources: What the scenario made.
    """
    for address, document in resources.policies():
        yield Held(*_within(module, address), document)
    for address, values in resources.values.items():
        maker, own = _within(module, address)
        if own.startswith(f"{_PERMISSION}."):
            yield Held(maker, own, {"Version": _VERSION, "Statement": [permission_statement(values)]})
    for name in _OUTPUTS:
        if statements := json.loads(resources.outputs.get(name, "[]")):
            yield Held(module, f"output.{name}", {"Version": _VERSION, "Statement": statements})


def _within(module: str, address: str) -> tuple[str, str]:
    called = re.fullmatch(r"module\.(\w+)\.(.+)", address)
    return (called[1], called[2]) if called else (module, address)


def permission_statement(values: Mapping[str, Any]) -> dict[str, Any]:
    """The statement that Lambda makes of a permission.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html

    Args:
        values: The attributes of an `aws_lambda_permission` for a service and a source, which may name its account.

    Raises:
        NotImplementedError: it has an attribute that stands for a condition which is not known here.
    """
    others = ("event_source_token", "function_url_auth_type", "principal_org_id", "qualifier")
    if given := [name for name in others if values.get(name)]:
        raise NotImplementedError(f"a permission with {given}: say here what Lambda makes of it")
    account = values.get("source_account")
    return {
        "Sid": values["statement_id"],
        "Effect": "Allow",
        "Principal": {"Service": values["principal"]},
        "Action": values["action"],
        "Resource": values["function_name"],
        "Condition": {
            **({"StringEquals": {"AWS:SourceAccount": account}} if account else {}),
            "ArnLike": {"AWS:SourceArn": values["source_arn"]},
        },
    }
