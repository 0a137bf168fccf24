"""Denials of others in a bucket policy: whether one stops what the logs need, whatever else allows it.

It decides by what is known of such calls. What it cannot know is a warning: a refusal would stop what may well work.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onboarding.buckets.conditions import Known, every, holds, listed, some
from onboarding.buckets.need import folder
from onboarding.buckets.patterns import intersect, matches
from onboarding.buckets.policy import Document, statements_of
from onboarding.buckets.statements import (
    BUCKET_READS,
    DELIVERY_SERVICE,
    OBJECT_READS,
    bucket_arn,
    elb_principal,
)
from onboarding.errors import RefusalError
from onboarding.settings import Place, Settings

_ROOT = re.compile(r"arn:[^:]+:iam::(\d{12}):root")


@dataclass(frozen=True, slots=True)
class _Resource:
    """Objects below a folder, or the bucket itself.

    Attributes:
        example: The ARN of one.
        all: The pattern of the ARNs of all.
    """

    example: str
    all: str


@dataclass(frozen=True, slots=True)
class Call:
    """Calls that the logs need, such as all deliveries.

    Attributes:
        what: What it is, for messages.
        service: The service that makes it; empty for a role or account.
        arn: The role or account that makes it; empty for a service.
        actions: What is called.
        resources: On what.
        known: What is known of the context keys.
    """

    what: str
    service: str
    arn: str
    actions: Sequence[str]
    resources: Sequence[_Resource]
    known: Known

    @property
    def account_id(self) -> str:
        """The account of `arn`."""
        return self.arn.split(":")[4] if self.arn else ""


def calls_for(settings: Settings, place: Place, bucket: str, prefixes: Collection[str]) -> list[Call]:
    """The calls that have to go through, by what the settings want."""
    arn = bucket_arn(place, bucket)
    objects = [
        _Resource(path + _file_name(place), f"{path}*")
        for prefix in sorted(prefixes)
        for path in [f"{arn}/{folder(prefix, place.account_id)}elasticloadbalancing/"]
    ]
    # What Elastic Load Balancing writes when logs are switched on, such as ELBAccessLogTestFile: not beside the logs.
    tests = [
        _Resource(path, path)
        for prefix in sorted(prefixes)
        for kind in settings.kinds
        for name in [kind.removesuffix("s").title().replace("_", "")]
        for path in [f"{arn}/{folder(prefix, place.account_id)}ELB{name}TestFile"]
    ]
    common: Known = {
        "aws:securetransport": ["true"],
        "aws:viaawsservice": ["false"],
        "aws:resourceaccount": [place.account_id],
        "s3:resourceaccount": [place.account_id],
        "aws:requestedregion": [place.region],
        # AWS takes nothing older.
        "s3:tlsversion": ["1.2", "1.3"],
    }
    delivery = common | {
        # Whether it is sent is not documented for Application Load Balancers.
        "s3:x-amz-acl": ["bucket-owner-full-control", None],
        # Delivered objects have SSE-S3; whether by this header or by the bucket's default is not documented.
        "s3:x-amz-server-side-encryption": ["AES256", None],
    }
    calls = [
        Call(
            "log delivery",
            DELIVERY_SERVICE,
            "",
            ["s3:PutObject"],
            [*objects, *tests],
            delivery
            | {"aws:principalisawsservice": ["true"], "aws:principalservicename": [DELIVERY_SERVICE]}
            # A service is in no account, organization or network.
            | {key: [None] for key in _OF_ACCOUNTS},
        )
    ]
    if settings.elb_account_id:
        elb = elb_principal(settings, place)
        calls.append(
            Call(
                "log delivery by its account",
                "",
                elb,
                ["s3:PutObject"],
                [*objects, *tests],
                _by(elb, delivery),
            )
        )
    if settings.hub:
        role = settings.hub.role_arn
        calls.append(Call("the hub", "", role, OBJECT_READS, objects, _by(role, common)))
    of_organization: Known = (
        {"aws:principalorgid": [settings.reader_organization_id]} if settings.reader_organization_id else {}
    )
    for reader in settings.reader_arns:
        known = _by(reader, common) | of_organization
        what = f"the reader {reader}"
        calls += [
            Call(what, "", reader, BUCKET_READS, [_Resource(arn, arn)], known),
            Call(what, "", reader, ["s3:GetObject"], objects, known),
        ]
    return calls


_OF_ACCOUNTS = (
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourcevpc",
    "aws:sourcevpce",
)


def _by(arn: str, known: Known) -> Known:
    identity: Known = {
        "aws:principalisawsservice": ["false"],
        "aws:principalservicename": [None],
        "aws:principalaccount": [arn.split(":")[4]],
    }
    if not _ROOT.fullmatch(arn):
        identity["aws:principalarn"] = [arn]
    return known | identity


def _file_name(place: Place) -> str:
    """As in "Access logs for your Application Load Balancer", of any date."""
    return (
        f"{place.region}/2026/01/31/{place.account_id}_elasticloadbalancing_{place.region}_app.shop.50dc6c495c0c9188_"
        "20260131T0000Z_192.0.2.1_20sg8hgm.log.gz"
    )


def check_denials(
    document: Document | None, own_sids: Collection[str], calls: Sequence[Call], bucket: str
) -> list[str]:
    """Find what others deny.

    Returns:
        A sentence for each statement that may stop a call, which cannot be decided from here.

    Raises:
        RefusalError: A statement stops a call.
    """
    warnings = []
    denials = [
        (number, statement)
        for number, statement in enumerate(statements_of(document), start=1)
        if statement.get("Effect") == "Deny" and statement.get("Sid") not in own_sids
    ]
    for number, statement in denials:
        name = f"statement {statement['Sid']!r}" if statement.get("Sid") else f"statement number {number}"
        hit = {
            what: some([_denies(statement, call) for call in calls if call.what == what])
            for what in dict.fromkeys(call.what for call in calls)
        }
        stopped = [what for what, result in hit.items() if result]
        if stopped:
            raise RefusalError(
                f"The policy of bucket {bucket} denies {' and '.join(stopped)}, by its {name}.",
                "Except them from that statement, or let the load balancers log to another bucket.",
            )
        perhaps = [what for what, result in hit.items() if result is None]
        if perhaps:
            warnings.append(
                f"its policy's {name} may deny {' and '.join(perhaps)}, which cannot be decided from here"
            )
    return warnings


def _denies(statement: Mapping[str, Any], call: Call) -> bool | None:
    principal = _is_principal(statement, call)
    condition = holds(statement.get("Condition", {}), call.known)
    return every(
        [
            principal,
            condition,
            some([_is_action(statement, action) for action in call.actions]),
            some([_is_resource(statement, resource) for resource in call.resources]),
        ]
    )


def _is_action(statement: Mapping[str, Any], action: str) -> bool:
    patterns = listed(statement.get("Action", statement.get("NotAction", [])))
    found = any(matches(pattern.lower(), action.lower()) for pattern in patterns)
    return found == ("Action" in statement)


def _is_resource(statement: Mapping[str, Any], resource: _Resource) -> bool | None:
    found = some([_in_resources(pattern, resource) for pattern in listed(_resources(statement))])
    return found if "Resource" in statement or found is None else not found


def _resources(statement: Mapping[str, Any]) -> Any:
    return statement.get("Resource", statement.get("NotResource", []))


def _in_resources(pattern: str, resource: _Resource) -> bool | None:
    if "${" in pattern:
        return None
    if matches(pattern, resource.example):
        return True
    return None if intersect(pattern, resource.all) else False


def _is_principal(statement: Mapping[str, Any], call: Call) -> bool | None:
    if "Principal" in statement:
        return _names(statement["Principal"], call)
    named = _names(statement.get("NotPrincipal", {}), call)
    # A role is excepted only with its account and, in some cases, its session named too: that is not known here.
    return not named if call.service or named is False else None


def _names(principal: object, call: Call) -> bool | None:
    if principal == "*":
        return True
    if not isinstance(principal, dict):
        return None
    accounts, services = listed(principal.get("AWS", [])), listed(principal.get("Service", []))
    if "*" in accounts:
        return True
    if call.service:
        return call.service in services
    return some([_is_account_or_role(name, call) for name in accounts])


def _is_account_or_role(name: str, call: Call) -> bool | None:
    root = _ROOT.fullmatch(name)
    if call.account_id in (name, root and root[1]) or name == call.arn:
        return True
    # A role or session of the account may be meant by it, of which not all is known.
    return None if f":{call.account_id}:" in name and _may_be(name, call) else False


def _may_be(name: str, call: Call) -> bool:
    role = call.arn.rpartition("/")[2]
    return bool(_ROOT.fullmatch(call.arn)) or f":assumed-role/{role}/" in name
