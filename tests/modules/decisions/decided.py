"""What a decided call is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.policies.model import Call, Context

# The accounts of the scenarios, and one that has no part in any of them.
HUB, SPOKE, STRANGER = "111111111111", "222222222222", "999999999999"
S3, SNS, LAMBDA = "s3.amazonaws.com", "sns.amazonaws.com", "lambda.amazonaws.com"


@dataclass(frozen=True)
class Decided:
    """Calls that one statement decides, and calls that differ from these in one thing and that it does not.

    A statement that allows lets the first through, and nothing lets the second through, though the other side be
    willing. A statement that denies stops the first, though both sides be willing, and not the second.

    Attributes:
        scenario: Where the document is taken from.
        address: The address of the resource that holds it, within the module.
        sid: The statement's Sid; empty if it has none.
        calls: The calls that it decides: at least one for each of its actions.
        others: The calls that it does not, by what is different.
    """

    scenario: str
    address: str
    sid: str
    calls: tuple[Call, ...]
    others: Mapping[str, Call]


def decided(
    scenario: str, address: str, sid: str, *calls: Call, but: Mapping[str, Mapping[str, Any]]
) -> Decided:
    """Describe a statement.

    Args:
        scenario: See `Decided`.
        address: See `Decided`.
        sid: See `Decided`.
        calls: See `Decided`.
        but: What is different in a call that is not decided, as members of the first call; each under the name of
            what it shows.
    """
    return Decided(
        scenario, address, sid, calls, {what: replace(calls[0], **changed) for what, changed in but.items()}
    )


def each(
    actions: str, principal: str, resource: str, owner: str, context: Context | None = None
) -> tuple[Call, ...]:
    """A call for each of some actions, see `Call`; the names of the actions have a space between them."""
    return tuple(Call(principal, action, resource, owner, context or {}) for action in actions.split())
