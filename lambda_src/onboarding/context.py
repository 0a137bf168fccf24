"""What the steps of a run share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from onboarding.aws import Clients
from onboarding.buckets.buckets import Buckets
from onboarding.buckets.need import Need
from onboarding.report import Entry
from onboarding.settings import Place, Settings
from onboarding.state.current_settings import CurrentSettings
from onboarding.state.records import Record, Records, UnreadableRecordError
from onboarding.workers import Workers


@dataclass(slots=True)
class Context:
    """What the steps of a run share, and what they have come to so far.

    Attributes:
        settings: What is wanted.
        clients: AWS.
        place: Where.
        buckets: The buckets.
        records: The saved records.
        current: The mark of the settings that hold.
        workers: The threads.
        deadline: The seconds that are left.
        known: The records as they are saved now, by ARN; in a dry run as they would be.
        unreadable: What is wrong with the saved records that cannot be read, by the ids of their load balancers.
        load_balancers: The report so far.
        bucket_entries: The report so far, by bucket.
        lost: Buckets where a load balancer has stopped to use a prefix in this run.
        failed: Buckets that were refused, or that something went wrong with.
        unwritable: Buckets that Elastic Load Balancing could not write to after all the waiting.
    """

    settings: Settings
    clients: Clients
    place: Place
    buckets: Buckets
    records: Records
    current: CurrentSettings
    workers: Workers
    deadline: Callable[[], float]
    known: dict[str, Record] = field(default_factory=dict)
    unreadable: dict[str, UnreadableRecordError] = field(default_factory=dict)
    load_balancers: list[Entry] = field(default_factory=list)
    bucket_entries: dict[str, Entry] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    unwritable: set[str] = field(default_factory=set)

    def learn(self, record: Record) -> None:
        """Note that a record is saved."""
        self._lose(record.arn, record.uses)
        self.known[record.arn] = record

    def forget(self, arn: str) -> None:
        """Note that a record is deleted."""
        self._lose(arn, frozenset())
        self.known.pop(arn, None)

    def need(self, bucket: str, prefixes: frozenset[str]) -> Need:
        """Return what is wanted of a bucket; that of the settings may be made."""
        wanted = self.settings.bucket
        is_default = bucket == self.settings.bucket_name(self.place)
        return Need(bucket, prefixes, may_create=wanted.create and is_default)

    def _lose(self, arn: str, uses: frozenset[tuple[str, str]]) -> None:
        former = self.known.get(arn)
        if former:
            self.lost |= {bucket for bucket, _prefix in former.uses - uses}
