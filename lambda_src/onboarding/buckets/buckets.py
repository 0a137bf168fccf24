"""What a run does to buckets: looks at them, gets them ready for logs, and leaves them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from onboarding.aws import Clients
from onboarding.buckets import creation, inspection, statements
from onboarding.buckets import plan as planning
from onboarding.buckets.need import Need, check_prefix
from onboarding.buckets.patience import Permissions, on_bucket
from onboarding.buckets.plan import Plan, State, Target
from onboarding.buckets.policy import Document, statements_of
from onboarding.buckets.writing import Writer
from onboarding.errors import OnboardingError, RefusalError
from onboarding.report import Entry, Outcome
from onboarding.settings import OnDestroy, Place, Settings
from onboarding.state.bucket_record import BucketRecord, BucketRecords, encoded
from onboarding.state.lock import Lock, locked

StillUsed = Callable[[], frozenset[str]]
"""Reads which log prefixes of a bucket are in use, by the records of load balancers."""

# Seconds between a write and reading it again: a bucket's configuration is eventually consistent (Amazon S3 User
# Guide, "What is Amazon S3?"). Together less than the lock's lease.
_PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0)


class Buckets:
    """The buckets of an onboarding.

    Each is read, merged and written while a lock is held that all onboardings share, and read again before the lock
    is free: so what one run writes is in what the next one reads.

    Args:
        clients: AWS.
        settings: What is wanted.
        place: Where.
        deadline: The seconds that are left.
        check_current: Raises a RefusalError when other settings hold by now. It is asked while the lock is held, so
            that whoever comes with them writes after this run.
    """

    def __init__(
        self,
        clients: Clients,
        settings: Settings,
        place: Place,
        deadline: Callable[[], float],
        check_current: Callable[[], None] = lambda: None,
    ) -> None:
        self._clients = clients
        self._settings = settings
        self._place = place
        self._deadline = deadline
        self._check_current = check_current
        self._records = BucketRecords(clients.ssm, settings.name)
        self._permissions = Permissions()

    def recorded(self) -> list[str]:
        """The names of the buckets that the onboarding has to do with."""
        return self._records.buckets()

    def examine(self, need: Need, still_used: StillUsed | None = None) -> Entry:
        """Look at a bucket, and report what `prepare` would do.

        Raises:
            RefusalError: The bucket cannot be worked with. Nothing was changed.
            OutOfTimeError: The role was not allowed to look at it, and the time is up.
        """
        # Nothing is locked, so only the run's end counts.
        wait = Lock(math.inf, self._deadline).wait
        return self._permissions.awaited(lambda: self._examine(need, still_used), wait)

    def _examine(self, need: Need, still_used: StillUsed | None) -> Entry:
        former = self._records.load(need.bucket) or BucketRecord()
        prefixes = self._prefixes(need, former, still_used)
        is_there = self._check(need)
        state = self._state(need.bucket) if is_there else State()
        former = self._met(need.bucket, former, state)
        created = not is_there or self._is_own(need, former, state)
        wanted = self._target(need.bucket, prefixes, former, created)
        plan = planning.plan(wanted, state)
        entry = self._entry(wanted, plan, state)
        entry.found += planning.taken_over(self._place, former)
        encoded(wanted.record(created).with_former(former))
        if not is_there:
            entry.found = ["does not exist"]
            entry.done.append(self._created_sentence())
        elif created and need.may_create:
            entry.done += [done for done, _ in self._safety(need.bucket).differences()]
        entry.done += plan.done()
        if entry.done:
            entry.outcome = Outcome.WOULD_CHANGE
        return entry

    def prepare(self, need: Need, still_used: StillUsed | None = None) -> Entry:
        """Get a bucket ready for the logs of the load balancers of this run.

        Args:
            need: What is wanted of it.
            still_used: Of a run for all load balancers: what else is recorded and not in use any more goes. It is
                asked while the lock is held.

        Raises:
            RefusalError: The bucket cannot be worked with.
            OutOfTimeError: The lock was not to be had in time, or AWS was too slow. Running again goes on.
            OnboardingError: What was written is not there.
        """
        with self._locked(need.bucket) as lock:

            def work() -> Entry:
                former = self._records.load(need.bucket)
                lock.discard = former is None
                self._check_current()
                former = former or BucketRecord()
                return self._prepare(need, self._prefixes(need, former, still_used), former, lock)

            return self._permissions.awaited(work, lock.wait)

    def withdraw(self, bucket: str, still_used: StillUsed, *, is_end: bool = True) -> Entry:
        """Take out of a bucket what is ours, unless load balancers of the onboarding still log to it.

        Args:
            bucket: Its name.
            still_used: Reads what is in use; it is asked while the lock is held.
            is_end: Whether the onboarding ends. Before that, `on_destroy = keep` keeps everything.

        Raises:
            RefusalError: The bucket cannot be worked with.
            OutOfTimeError: As of `prepare`.
            OnboardingError: What was taken out is still there.
        """
        with self._locked(bucket) as lock:
            if not is_end:
                self._check_current()
            return self._permissions.awaited(
                lambda: self._withdraw(bucket, still_used, lock, is_end=is_end), lock.wait
            )

    def foretell_withdrawal(self, need: Need, *, is_end: bool) -> Entry:
        """Look at a bucket, and report what `withdraw` would do.

        Args:
            need: The bucket, and which of its log prefixes are in use.
            is_end: Whether the onboarding ends.

        Raises:
            RefusalError: The bucket cannot be worked with. Nothing was changed.
            OutOfTimeError: The role was not allowed to look at it, and the time is up.
        """
        wait = Lock(math.inf, self._deadline).wait
        return self._permissions.awaited(lambda: self._foretell_withdrawal(need, is_end=is_end), wait)

    def _foretell_withdrawal(self, need: Need, *, is_end: bool) -> Entry:
        bucket, used = need.bucket, need.prefixes
        former = self._records.load(bucket) or BucketRecord()
        is_there = inspection.exists(self._clients.s3, self._place, bucket)
        if not is_end and (used or (self._keeps and is_there)):
            return self._examine(need, lambda: used)
        if not is_there:
            return _gone(bucket)
        state = self._state(bucket)
        wanted, entry = self._farewell(bucket, former, used, state)
        entry.done = planning.plan(wanted, state).done()
        if entry.done and entry.outcome is Outcome.UNCHANGED:
            entry.outcome = Outcome.WOULD_CHANGE
        return entry

    def _withdraw(self, bucket: str, still_used: StillUsed, lock: Lock, *, is_end: bool) -> Entry:
        former = self._records.load(bucket)
        lock.discard = former is None
        if former is None:
            return Entry(bucket, decided="nothing of the onboarding is in it")
        used = still_used()
        if self._keeps and not is_end and inspection.exists(self._clients.s3, self._place, bucket):
            used |= former.prefixes
        # In the end, the settings may be no more than a name: what is still used stays as it was put.
        if used and not is_end:
            return self._prepare(Need(bucket, used), used, former, lock)
        return self._leave(bucket, former, used, lock)

    def _prepare(self, need: Need, prefixes: frozenset[str], former: BucketRecord, lock: Lock) -> Entry:
        bucket = need.bucket
        is_there = self._check(need)
        state = on_bucket(lambda: self._state(bucket), lock) if is_there else State()
        former = self._met(bucket, former, state)
        created = not is_there or self._is_own(need, former, state)
        wanted = self._target(bucket, prefixes, former, created)
        plan = planning.plan(wanted, state)
        entry = self._entry(wanted, plan, state)
        entry.found += planning.taken_over(self._place, former)
        record = wanted.record(created)
        meanwhile = record.with_former(former)
        if meanwhile != former:
            self._records.save(bucket, meanwhile)
            lock.discard = False
        try:
            if not is_there:
                entry.found = ["does not exist"]
                creation.create(self._clients.s3, self._place, bucket)
                entry.done.append(self._created_sentence())
            # Who may not make buckets may not look at what makes one safe either.
            if created and need.may_create:
                self._make_safe(bucket, entry, lock, say=is_there)
            entry.done += self._apply(wanted, lock, self._fallback(bucket, state, created))
        except RefusalError:
            lock.discard = self._take_back(bucket, former, created and (is_there or bool(entry.done)))
            raise
        if record != meanwhile:
            self._records.save(bucket, record)
        if entry.done:
            entry.outcome = Outcome.CHANGED
        return entry

    def _leave(self, bucket: str, former: BucketRecord, used: frozenset[str], lock: Lock) -> Entry:
        if not inspection.exists(self._clients.s3, self._place, bucket):
            self._forget(bucket, lock)
            return _gone(bucket)
        state = on_bucket(lambda: self._state(bucket), lock)
        wanted, entry = self._farewell(bucket, former, used, state)
        meanwhile = replace(former, statements=planning.fingerprints(wanted, former, state.policy))
        if meanwhile != former:
            self._records.save(bucket, meanwhile)
        entry.done = self._apply(wanted, lock, state.policy)
        if entry.done and entry.outcome is Outcome.UNCHANGED:
            entry.outcome = Outcome.CHANGED
        rest = meanwhile.below(used | former.kept)
        if not used:
            self._forget(bucket, lock)
        elif rest != meanwhile:
            self._records.save(bucket, rest)
        return entry

    def _forget(self, bucket: str, lock: Lock) -> None:
        self._records.delete(bucket)
        lock.discard = True

    def _farewell(
        self, bucket: str, former: BucketRecord, used: frozenset[str], state: State
    ) -> tuple[Target, Entry]:
        wanted = planning.farewell(self._settings, self._place, bucket, former, used, state.policy)
        plan = planning.plan(wanted, state)
        entry = self._entry(wanted, plan, state)
        entry.decided = planning.decided_in_the_end(self._settings, former, used)
        entry.why = (
            "Load balancers that could not be given back still log to it. Running again takes out the rest."
            if used
            else "No load balancer of this onboarding logs to it any more."
        )
        if plan.left:
            entry.outcome = Outcome.LEFT_ALONE
            entry.why = f"Somebody has changed {' and '.join(plan.left)} since: it stays as it is."
        return wanted, entry

    def _apply(self, wanted: Target, lock: Lock, fallback: Document | None) -> list[str]:
        """Write until what is read again is as wanted: whoever has no lock may have written in between."""
        writer = Writer(self._clients.s3, self._place, wanted.bucket, lock)
        done: dict[str, None] = {}
        for pause in _PAUSES:
            time.sleep(pause)
            plan = self._plan(wanted, lock)
            if not plan.differs:
                return list(done)
            writer.write(plan, fallback)
            done |= dict.fromkeys(plan.done())
        if self._plan(wanted, lock).differs:
            raise OnboardingError(
                f"Bucket {wanted.bucket}: what was written to its policy and notifications was not there when it was "
                "read again, several times: somebody else writes them too. Run again when that has ended."
            )
        return list(done)

    def _plan(self, wanted: Target, lock: Lock) -> Plan:
        return planning.plan(wanted, on_bucket(lambda: self._state(wanted.bucket), lock))

    def _check(self, need: Need) -> bool:
        """Whether the bucket is there; it is such as load balancers can log to, or may be made."""
        for prefix in sorted(need.prefixes):
            check_prefix(prefix)
        if inspection.exists(self._clients.s3, self._place, need.bucket):
            inspection.check_encryption(self._clients.s3, self._place, need.bucket)
            return True
        if not need.may_create:
            raise RefusalError(
                f"Bucket {need.bucket} does not exist.",
                "Make it, or let the onboarding make it (bucket.create = true), or name another one."
                if need.bucket == self._settings.bucket_name(self._place)
                else "Make it again, or set force, which moves the load balancers that log to it.",
            )
        return False

    def _met(self, bucket: str, former: BucketRecord, state: State) -> BucketRecord:
        """What is remembered of a bucket; of one that is met for the first time, what its policy tells.

        An onboarding that ended with `on_destroy = keep` is forgotten, and its load balancers log on.
        """
        if former != BucketRecord():
            return former
        return BucketRecord(
            kept=statements.delivered_prefixes(self._settings.name, self._place, bucket, state.policy)
        )

    def _is_own(self, need: Need, former: BucketRecord, state: State) -> bool:
        """Whether the onboarding has made the bucket: also before it was destroyed, with the bucket kept."""
        sid = statements.deny_plain_http_sid(self._settings.name)
        return former.created or (
            need.may_create and any(found.get("Sid") == sid for found in statements_of(state.policy))
        )

    def _make_safe(self, bucket: str, entry: Entry, lock: Lock, *, say: bool) -> None:
        for done, put in on_bucket(self._safety(bucket).differences, lock):
            lock.check()
            on_bucket(put, lock)
            if say:
                entry.done.append(done)

    def _take_back(self, bucket: str, former: BucketRecord, created: bool) -> bool:
        """Remember what was before a refusal, but for the making of the bucket; return whether that is nothing."""
        nothing = former == BucketRecord() and not created
        if nothing:
            self._records.delete(bucket)
        else:
            self._records.save(bucket, replace(former, created=created))
        return nothing

    def _fallback(self, bucket: str, state: State, created: bool) -> Document | None:
        if state.policy or not created:
            return state.policy
        deny = statements.deny_plain_http(self._settings, self._place, bucket)
        return {"Version": "2012-10-17", "Statement": [deny]}

    def _entry(self, wanted: Target, plan: Plan, state: State) -> Entry:
        entry = Entry(wanted.bucket, found=list(plan.found))
        if wanted.prefixes:
            entry.found += planning.warnings(self._settings, self._place, wanted, state)
            entry.found += [f"its {left} is not the onboarding's any more, and stays" for left in plan.left]
            entry.decided = planning.decided(self._settings, self._place, wanted.prefixes)
        return entry

    def _created_sentence(self) -> str:
        return (
            "created it: public access blocked, ACLs off, SSE-S3, TLS only, logs expire after "
            f"{self._settings.bucket.expiration_days} days"
        )

    def _target(self, bucket: str, prefixes: frozenset[str], former: BucketRecord, created: bool) -> Target:
        return planning.target(self._settings, self._place, bucket, prefixes, former, created=created)

    def _state(self, bucket: str) -> State:
        s3 = self._clients.s3
        return State(
            inspection.policy(s3, self._place, bucket), inspection.notifications(s3, self._place, bucket)
        )

    def _safety(self, bucket: str) -> creation.Safety:
        return creation.Safety(
            self._clients.s3, self._place, bucket, self._settings.name, self._settings.bucket
        )

    def _locked(self, bucket: str) -> AbstractContextManager[Lock]:
        return locked(self._clients.ssm, f"/alb-loki/locks/{bucket}", self._deadline)

    def _prefixes(self, need: Need, former: BucketRecord, still_used: StillUsed | None) -> frozenset[str]:
        rest = former.prefixes - need.prefixes
        # Nobody is asked in vain: that takes as many calls as there are load balancers, for each bucket.
        if rest and still_used and not self._keeps:
            rest &= still_used()
        return need.prefixes | rest

    @property
    def _keeps(self) -> bool:
        """Whether load balancers that are given up go on logging."""
        return self._settings.on_destroy is OnDestroy.KEEP


def _gone(bucket: str) -> Entry:
    return Entry(bucket, Outcome.GONE, found=["does not exist any more"], decided="forgotten")
