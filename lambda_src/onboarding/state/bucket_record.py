"""What an onboarding remembers of a bucket: what of it is its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onboarding.errors import RefusalError
from onboarding.state import parameters

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


@dataclass(frozen=True, slots=True)
class BucketRecord:
    """What an onboarding has done to a bucket.

    It is saved before the bucket is changed, with what was there and what will be, so that what a crash leaves
    behind is known too; and again afterwards, with what is there.

    Attributes:
        created: Whether the onboarding has made the bucket.
        prefixes: The log prefixes that it serves; "" for none.
        statements: The fingerprints of its statements as put, by Sid.
        rules: The destinations of its notification rules as put, by log prefix.
        kept: Those of the prefixes that an earlier onboarding of the name had left to load balancers, as its
            `on_destroy` said: they are served until the end, and stay then.
    """

    created: bool = False
    prefixes: frozenset[str] = frozenset()
    statements: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rules: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()

    def with_former(self, former: BucketRecord) -> BucketRecord:
        """This record, with what a former one says of statements and rules: for the time of the change."""
        return BucketRecord(
            self.created,
            self.prefixes | former.prefixes,
            _united(self.statements, former.statements),
            _united(self.rules, former.rules),
            self.kept,
        )

    def below(self, prefixes: frozenset[str]) -> BucketRecord:
        """This record, with these of its log prefixes alone."""
        rules = {prefix: destinations for prefix, destinations in self.rules.items() if prefix in prefixes}
        return replace(self, prefixes=self.prefixes & prefixes, rules=rules)


def _united(
    first: Mapping[str, frozenset[str]], second: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    nothing: frozenset[str] = frozenset()
    return {key: first.get(key, nothing) | second.get(key, nothing) for key in {*first, *second}}


class BucketRecords:
    """The records of an onboarding's buckets."""

    def __init__(self, ssm: SSMClient, onboarding: str) -> None:
        self._ssm = ssm
        self._path = f"/alb-loki/onboarding/{onboarding}/buckets"

    def load(self, bucket: str) -> BucketRecord | None:
        """The record of `bucket`; None if there is none.

        Raises:
            RefusalError: It cannot be read.
        """
        name = self._name(bucket)
        value = parameters.get(self._ssm, name)
        if value is None:
            return None
        try:
            return decoded(value)
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise RefusalError(
                f"The parameter {name} is not a record of a bucket: {error!r}.",
                "Put its last good version back: without it, nobody knows what of the bucket is the onboarding's own.",
            ) from error

    def save(self, bucket: str, record: BucketRecord) -> None:
        """Save the record of `bucket`."""
        parameters.put(self._ssm, self._name(bucket), encoded(record))

    def delete(self, bucket: str) -> None:
        """Forget `bucket`."""
        parameters.delete(self._ssm, self._name(bucket))

    def buckets(self) -> list[str]:
        """The names of the buckets with a record."""
        return sorted(name.rpartition("/")[2] for name in parameters.under(self._ssm, self._path))

    def _name(self, bucket: str) -> str:
        return f"{self._path}/{bucket}"


def encoded(record: BucketRecord) -> str:
    """The record as a parameter's value, which names each destination once.

    Raises:
        RefusalError: It is too long.
    """
    destinations = sorted({arn for arns in record.rules.values() for arn in arns})
    value = json.dumps(
        {
            "created": record.created,
            "statements": {sid: sorted(prints) for sid, prints in sorted(record.statements.items())},
            "destinations": destinations,
            "prefixes": {
                prefix: sorted(destinations.index(arn) for arn in record.rules.get(prefix, ()))
                for prefix in sorted({*record.prefixes, *record.rules})
            },
            "without_logs": sorted({*record.rules} - record.prefixes),
            "kept": sorted(record.kept),
        },
        separators=(",", ":"),
    )
    if len(value) > parameters.MOST_CHARACTERS:
        raise RefusalError(
            f"The onboarding's record of the bucket, with {len(record.prefixes)} log prefixes, would have {len(value)} "
            f"characters, and a parameter takes {parameters.MOST_CHARACTERS}.",
            "Let the load balancers log to several buckets, or share prefixes.",
        )
    return value


def decoded(value: str) -> BucketRecord:
    """The record that `encoded` made `value` of."""
    found = json.loads(value)
    destinations = found["destinations"]
    return BucketRecord(
        bool(found["created"]),
        frozenset(found["prefixes"]) - frozenset(found["without_logs"]),
        {sid: frozenset(prints) for sid, prints in found["statements"].items()},
        {
            prefix: frozenset(destinations[number] for number in numbers)
            for prefix, numbers in found["prefixes"].items()
            if numbers
        },
        # What was saved before there was this member has none.
        frozenset(found.get("kept", ())),
    )
