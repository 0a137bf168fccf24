"""The statements of the bucket policy that are the onboarding's own."""

from __future__ import annotations

import re
from collections.abc import Collection

from onboarding.buckets.need import folder
from onboarding.buckets.policy import Document, Statement, statements_of
from onboarding.settings import Place, Settings

DELIVERY_SERVICE = "logdelivery.elasticloadbalancing.amazonaws.com"
"""Delivers the logs of Application Load Balancers ("Enable access logs for your Application Load Balancer")."""
OBJECT_READS = ("s3:GetObject", "s3:GetObjectVersion")
BUCKET_READS = ("s3:ListBucket", "s3:GetBucketLocation")
_PURPOSES = ("DeliverLogs", "DeliverLogsByAccount", "HubReadsLogs", "ReadersList", "ReadersRead")
_DENY_PLAIN_HTTP = "DenyPlainHttp"
_WORD = re.compile(r"[A-Z][a-z0-9]*")
_HUB_READS = re.compile(rf"((?:{_WORD.pattern})+)HubReadsLogs")


def own_sids(name: str) -> frozenset[str]:
    """The Sids of the statements of the onboarding `name`, which are not in one of another name."""
    return frozenset(_sid(name, purpose) for purpose in _PURPOSES)


def deny_plain_http_sid(name: str) -> str:
    """The Sid of the statement that a bucket made by the onboarding has, and keeps when the onboarding goes."""
    return _sid(name, _DENY_PLAIN_HTTP)


def log_statements(
    settings: Settings, place: Place, bucket: str, prefixes: Collection[str]
) -> list[Statement]:
    """What the logs need: Elastic Load Balancing writes, the hub and the readers read.

    The account in the path is what keeps other accounts' load balancers out. Newer texts of AWS recommend a condition
    on aws:SourceArn besides; a delivery that came without that key would be lost by it.
    """
    if not prefixes:
        return []
    arn = bucket_arn(place, bucket)
    folders = [f"{arn}/{folder(prefix, place.account_id)}" for prefix in sorted(prefixes)]
    delivered = [f"{path}*" for path in folders]
    # Not what else may be below AWSLogs/<account>/, such as CloudTrail's.
    logs = [f"{path}elasticloadbalancing/*" for path in folders]
    name = settings.name
    statements = [_allow(name, "DeliverLogs", {"Service": DELIVERY_SERVICE}, ["s3:PutObject"], delivered)]
    if settings.elb_account_id:
        principal = {"AWS": elb_principal(settings, place)}
        statements.append(_allow(name, "DeliverLogsByAccount", principal, ["s3:PutObject"], delivered))
    if settings.hub:
        hub = {"AWS": settings.hub.role_arn}
        statements.append(_allow(name, "HubReadsLogs", hub, list(OBJECT_READS), logs))
    if settings.reader_arns:
        readers = {"AWS": sorted(settings.reader_arns)}
        condition = (
            {"Condition": {"StringEquals": {"aws:PrincipalOrgID": settings.reader_organization_id}}}
            if settings.reader_organization_id
            else {}
        )
        statements += [
            _allow(name, "ReadersList", readers, list(BUCKET_READS), [arn]) | condition,
            _allow(name, "ReadersRead", readers, ["s3:GetObject"], logs) | condition,
        ]
    return statements


def without(
    document: Document | None, settings: Settings, place: Place, bucket: str, prefixes: Collection[str]
) -> list[Statement]:
    """The onboarding's statements in a policy, without what they say of the log prefixes `prefixes`."""
    folders = [f"{bucket_arn(place, bucket)}/{folder(prefix, place.account_id)}" for prefix in prefixes]
    gone = {f"{path}{rest}" for path in folders for rest in ("*", "elasticloadbalancing/*")}
    found = []
    for statement in statements_of(document):
        resources = statement.get("Resource", [])
        rest = [one for one in (resources if isinstance(resources, list) else [resources]) if one not in gone]
        if statement.get("Sid") in own_sids(settings.name) and rest:
            found.append(statement | {"Resource": rest})
    return found


def deny_plain_http(settings: Settings, place: Place, bucket: str) -> Statement:
    """Nobody comes without TLS: of buckets that the onboarding has made."""
    arn = bucket_arn(place, bucket)
    return {
        "Sid": deny_plain_http_sid(settings.name),
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn, f"{arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def delivered_prefixes(name: str, place: Place, bucket: str, document: Document | None) -> frozenset[str]:
    """The log prefixes that the onboarding `name` has logs delivered below, by its statement in a policy."""
    start, end = f"{bucket_arn(place, bucket)}/", f"{folder('', place.account_id)}*"
    found = (
        resource.removeprefix(start).removesuffix(end)
        for statement in statements_of(document)
        if statement.get("Sid") == _sid(name, "DeliverLogs")
        for resource in _resources(statement)
        if resource.startswith(start) and resource.endswith(end)
    )
    return frozenset(path.rstrip("/") for path in found if not path or path.endswith("/"))


def other_hub_reader(document: Document | None, name: str, resource: str) -> str:
    """The name of another onboarding by whose statement a hub reads `resource`; empty for none."""
    for statement in statements_of(document):
        other = _HUB_READS.fullmatch(str(statement.get("Sid")))
        if other and resource in _resources(statement):
            found = "-".join(word.lower() for word in _WORD.findall(other[1]))
            if found != name:
                return found
    return ""


def bucket_arn(place: Place, bucket: str) -> str:
    """The ARN of a bucket."""
    return f"arn:{place.partition}:s3:::{bucket}"


def elb_principal(settings: Settings, place: Place) -> str:
    """The region's account of Elastic Load Balancing, as a principal."""
    return f"arn:{place.partition}:iam::{settings.elb_account_id}:root"


def _resources(statement: Statement) -> list[str]:
    resources = statement.get("Resource", [])
    return resources if isinstance(resources, list) else [resources]


def _sid(name: str, purpose: str) -> str:
    return "".join(word.capitalize() for word in name.split("-")) + purpose


def _allow(
    name: str,
    purpose: str,
    principal: dict[str, str] | dict[str, list[str]],
    actions: list[str],
    on: list[str],
) -> Statement:
    return {
        "Sid": _sid(name, purpose),
        "Effect": "Allow",
        "Principal": principal,
        "Action": actions,
        "Resource": on,
    }
