"""What the onboarding has done to each load balancer: saved before it is done.

One parameter for each load balancer, `/alb-loki/onboarding/<name>/load-balancers/<name of the load balancer>/<its id>`,
so that runs for different load balancers do not meet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from onboarding.errors import OnboardingError
from onboarding.load_balancers.attributes import LogTarget
from onboarding.load_balancers.load_balancer import LoadBalancer
from onboarding.settings import Kind
from onboarding.state import parameters

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to one kind of logs of a load balancer.

    Attributes:
        before: What it was before the onboarding changed it.
        ours: What the onboarding has set, or is about to set. Two while it moves from one bucket to another: whichever
            of them is found is the onboarding's own.
    """

    before: LogTarget
    ours: tuple[LogTarget, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A load balancer that is onboarded.

    Attributes:
        arn: Its ARN.
        changes: The kinds of logs that the onboarding has changed; none when it logged already.
        uses: Buckets and prefixes that its logs go to, with which the onboarding has to do.
    """

    arn: str
    changes: dict[Kind, Change] = field(default_factory=dict)
    uses: frozenset[tuple[str, str]] = frozenset()

    def merged(self, older: Record) -> Record:
        """Return this record with what an older one of the same load balancer knows and this one does not."""
        changes = dict(older.changes)
        for kind, change in self.changes.items():
            known = changes.get(kind)
            ours = dict.fromkeys((*(known.ours if known else ()), *change.ours))
            changes[kind] = Change((known or change).before, tuple(ours))
        return replace(self, changes=changes, uses=self.uses | older.uses)


class UnreadableRecordError(OnboardingError):
    """A record cannot be read, so that its load balancer is left as it is.

    Attributes:
        load_balancer: The load balancer's name.
    """

    def __init__(self, parameter: str, reason: Exception) -> None:
        super().__init__(
            f"The parameter {parameter} is not a record of a load balancer: {reason!r}. Put its last good version "
            "back, or delete it: then what the load balancer logs now counts as what was there before."
        )
        self.load_balancer = parameter.split("/")[-2]


class Records:
    """The saved records of one onboarding."""

    def __init__(self, ssm: SSMClient, onboarding: str) -> None:
        self._ssm = ssm
        self._path = f"/alb-loki/onboarding/{onboarding}/load-balancers"

    def readable(self) -> tuple[dict[str, Record], dict[str, UnreadableRecordError]]:
        """Return the records by the load balancers' ARNs, and what is wrong with the others by the ends of the ARNs."""
        records: dict[str, Record] = {}
        unreadable: dict[str, UnreadableRecordError] = {}
        for name, value in parameters.under(self._ssm, self._path).items():
            try:
                record = _read(name, value)
            except UnreadableRecordError as error:
                unreadable[name.rpartition("/")[2]] = error
            else:
                records[record.arn] = record
        return records, unreadable

    def get(self, arn: str) -> Record | None:
        """Return the record of one load balancer.

        Raises:
            UnreadableRecordError: It cannot be read.
        """
        name = self._name(arn)
        value = parameters.get(self._ssm, name)
        return None if value is None else _read(name, value)

    def save_new(self, record: Record) -> Record:
        """Save the first record of a load balancer.

        Another run may have been faster: then what it saved is kept, with this record's additions.

        Returns:
            What is saved now.
        """
        if parameters.put_new(self._ssm, self._name(record.arn), _text(record)):
            return record
        older = self.get(record.arn)
        merged = record if older is None else record.merged(older)
        self.save(merged)
        return merged

    def save(self, record: Record) -> None:
        """Save a record that was there before."""
        parameters.put(self._ssm, self._name(record.arn), _text(record))

    def delete(self, arn: str) -> None:
        """Forget a load balancer."""
        parameters.delete(self._ssm, self._name(arn))

    def prefixes(self, bucket: str) -> frozenset[str]:
        """Return the prefixes that load balancers use in a bucket, read anew.

        Raises:
            UnreadableRecordError: A record cannot be read, so that nobody knows what its load balancer uses.
        """
        records, unreadable = self.readable()
        for error in unreadable.values():
            raise error
        return prefixes(records.values(), bucket)

    def _name(self, arn: str) -> str:
        load_balancer = LoadBalancer.of(arn)
        return f"{self._path}/{load_balancer.name}/{load_balancer.id}"


def prefixes(records: Iterable[Record], bucket: str) -> frozenset[str]:
    """Return the prefixes that records use in a bucket."""
    return frozenset(prefix for record in records for used, prefix in record.uses if used == bucket)


def _text(record: Record) -> str:
    changes = {
        kind: {"before": _target(change.before), "ours": [_target(target) for target in change.ours]}
        for kind, change in record.changes.items()
    }
    document = {"arn": record.arn, "changes": changes, "uses": sorted(record.uses)}
    return json.dumps(document, separators=(",", ":"))


def _target(target: LogTarget) -> dict[str, Any]:
    return {"enabled": target.enabled, "bucket": target.bucket, "prefix": target.prefix}


def _read(name: str, text: str) -> Record:
    try:
        return _decoded(text)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableRecordError(name, error) from error


def _decoded(text: str) -> Record:
    document = json.loads(text)
    changes = {
        Kind(kind): Change(
            LogTarget(**change["before"]), tuple(LogTarget(**target) for target in change["ours"])
        )
        for kind, change in document["changes"].items()
    }
    return Record(
        document["arn"], changes, frozenset((bucket, prefix) for bucket, prefix in document["uses"])
    )
