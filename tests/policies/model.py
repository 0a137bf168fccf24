"""A call to AWS, the policies that it meets, and what they decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

# A policy document, as `json.loads` gives it.
Document = Mapping[str, Any]
Context = Mapping[str, str | list[str]]


class Result(Enum):
    """What policies decide. A call goes through when it is allowed only."""

    ALLOWED = "Allowed"
    EXPLICITLY_DENIED = "ExplicitlyDenied"
    IMPLICITLY_DENIED = "ImplicitlyDenied"


@dataclass(frozen=True)
class Call:
    """A call to AWS.

    Attributes:
        principal: The ARN of a role or a user, or the name of a service, such as `s3.amazonaws.com`.
        action: The action, such as `s3:GetObject`.
        resource: The ARN of the one resource, or `*` for an action that has none.
        owner: The account of the resource.
        context: Context keys beside or instead of those that AWS sets itself, see `request_context`.
    """

    principal: str
    action: str
    resource: str
    owner: str
    context: Context = field(default_factory=dict)

    @property
    def by_service(self) -> bool:
        """Whether an AWS service makes the call for itself."""
        return not self.principal.startswith("arn:")

    def request_context(self) -> dict[str, str | list[str]]:
        """The context keys of the call: those that AWS sets in every call, over HTTPS, and the call's own.

        Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
        """
        keys: dict[str, str | list[str]] = {
            "aws:SecureTransport": "true",
            "aws:ResourceAccount": self.owner,
            "aws:PrincipalIsAWSService": "true" if self.by_service else "false",
        }
        if self.by_service:
            keys["aws:PrincipalServiceName"] = self.principal
        else:
            keys["aws:PrincipalArn"] = self.principal
            keys["aws:PrincipalAccount"] = self.principal.split(":")[4]
        return keys | dict(self.context)


@dataclass(frozen=True)
class Policies:
    """The policies that a call meets.

    Attributes:
        identity: Those of the principal, by name.
        resource: That of the resource: of a bucket, queue, key or function, or what a role trusts.
        boundary: The permissions boundary of the principal.
        endpoint: That of the VPC endpoint that the call passes.
    """

    identity: Mapping[str, Document] = field(default_factory=dict)
    resource: Document | None = None
    boundary: Document | None = None
    endpoint: Document | None = None


@dataclass(frozen=True)
class Reason:
    """A statement that had a part in a decision.

    Attributes:
        kind: `identity`, `resource`, `pb` (a permissions boundary) or `vpce` (a VPC endpoint).
        policy: The name of an identity policy.
        sid: The statement's Sid, if it has one.
    """

    kind: str
    policy: str | None
    sid: str | None


@dataclass(frozen=True)
class Decision:
    """What policies decide of a call, and the statements for it: those that grant it, or deny it by name."""

    result: Result
    grants: tuple[Reason, ...]
    denials: tuple[Reason, ...]

    @property
    def allowed(self) -> bool:
        """Whether the call goes through."""
        return self.result is Result.ALLOWED

    @property
    def sids(self) -> set[str | None]:
        """The Sids of the statements that decided."""
        return {reason.sid for reason in (*self.grants, *self.denials)}
