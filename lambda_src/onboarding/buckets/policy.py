"""Bucket policies: statements of ours are put into a policy of others, and taken out again, by their Sid."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onboarding.errors import RefusalError

# A policy document and one of its statements, as `json.loads` gives them.
Document = dict[str, Any]
Statement = dict[str, Any]

MOST_BYTES = 20480
"""Of a bucket policy: 20 KB (Amazon S3 User Guide, "Bucket policies for Amazon S3")."""
SHORTEN = (
    "Take statements out of it that are not needed any more, or let load balancers log to another bucket."
)
"""What to do about a policy that is too long."""
# S3 measures what is left when it has taken out what is needless, and may give back more than it was given.
_SURELY_MEASURED = MOST_BYTES * 9 // 10
# What AWS puts in the place of the ARN of a role or user that was deleted (IAM User Guide, "IAM identifiers").
_UNIQUE_ID = re.compile(r"A[A-Z0-9]{15,}")
_ROOT = re.compile(r"arn:[^:]+:iam::(\d{12}):root")


@dataclass(frozen=True, slots=True)
class Merged:
    """A policy with statements of ours in it.

    Attributes:
        document: The policy; None for none, when nothing is in it any more.
        added: The Sids of those that are new in it.
        changed: Of those that were there with another content.
        removed: Of those that are not wanted any more.
        left: Of those that are not wanted any more, but were changed by somebody else since.
    """

    document: Document | None
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    removed: Sequence[str] = ()
    left: Sequence[str] = ()

    @property
    def differs(self) -> bool:
        """Whether it is another policy than before."""
        return bool(self.added or self.changed or self.removed)


@dataclass(slots=True)
class _Changes:
    statements: list[Statement] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def statements_of(document: Document | None) -> list[Statement]:
    """The statements of a policy, also where it has a single one that is in no list."""
    found = (document or {}).get("Statement", [])
    return list(found) if isinstance(found, list) else [found]


def merged(
    document: Document | None,
    wanted: Sequence[Statement],
    own_sids: Collection[str],
    recorded: Mapping[str, Collection[str]],
) -> Merged:
    """Put the statements of ours that are wanted into a policy, and take out those that are not.

    All others stay as they are, in their order, and so do the policy's Version and Id.

    Args:
        document: The policy as it is; None for none.
        wanted: The statements of ours, each with a Sid.
        own_sids: The Sids that are ours.
        recorded: The fingerprints of our statements as put, by Sid. One that has another now is somebody's work, and
            is not taken out.
    """
    missing = {statement["Sid"]: statement for statement in wanted}
    changes = _Changes()
    for statement in statements_of(document):
        sid = statement.get("Sid", "")
        if sid not in own_sids:
            changes.statements.append(statement)
        elif sid in missing:
            ours = missing.pop(sid)
            if canonical(ours) == canonical(statement):
                changes.statements.append(statement)
            else:
                changes.statements.append(ours)
                changes.changed.append(sid)
        elif any(is_as_put(statement, print_) for print_ in recorded.get(sid, ())):
            changes.removed.append(sid)
        else:
            changes.statements.append(statement)
            changes.left.append(sid)
    statements = [*changes.statements, *missing.values()]
    base = document or {"Version": "2012-10-17"}
    return Merged(
        base | {"Statement": statements} if statements else None,
        tuple(missing),
        changes.changed,
        changes.removed,
        changes.left,
    )


def rendered(document: Document) -> str:
    """The policy as text, as short as it can be."""
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)


def check_size(text: str, present: Document | None) -> None:
    """Make sure that S3 takes `text` in the place of `present`, as far as that is known before S3 is asked.

    Raises:
        RefusalError: S3 does not take as much.
    """
    size = len(text.encode())
    if size > MOST_BYTES and len(rendered(present or {}).encode()) <= _SURELY_MEASURED:
        raise RefusalError(
            f"The bucket's policy would have {size:,} bytes, and S3 takes {MOST_BYTES:,}.", SHORTEN
        )


def canonical(value: object) -> object:
    """A statement, or a part of it, in one of the forms that mean the same.

    AWS takes one value for a list of one, lists in any order, and an account's id for its root's ARN; and it gives
    them back in a form of its own choice.
    """
    if isinstance(value, Mapping):
        return {str(key): canonical(member) for key, member in value.items()}
    if isinstance(value, list):
        members = [canonical(member) for member in value]
        return members[0] if len(members) == 1 else sorted(members, key=json.dumps)
    if isinstance(value, str):
        root = _ROOT.fullmatch(value)
        return root[1] if root else value
    return value


def fingerprint(statement: Statement) -> str:
    """What a statement is known by, in 17 characters: its principals, and all else."""
    principal = _hash(_principal(statement))
    rest = _hash({key: value for key, value in statement.items() if key != "Principal"})
    return f"{rest}-{principal}"


def is_as_put(statement: Statement, print_: str) -> bool:
    """Whether a statement is the one that the fingerprint was made of.

    It still is when a role or user that it names was deleted since: AWS then puts an id in the place of the ARN.
    """
    found = fingerprint(statement)
    return found == print_ or (
        found.partition("-")[0] == print_.partition("-")[0] and _names_deleted(_principal(statement))
    )


def _names_deleted(principal: object) -> bool:
    names = principal.get("AWS", []) if isinstance(principal, dict) else []
    return any(_UNIQUE_ID.fullmatch(str(name)) for name in (names if isinstance(names, list) else [names]))


def _principal(statement: Statement) -> object:
    return canonical(statement.get("Principal", ""))


def _hash(value: object) -> str:
    text = json.dumps(canonical(value), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
