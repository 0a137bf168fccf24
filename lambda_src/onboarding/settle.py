"""Takes out of buckets what no load balancer needs any more."""

from __future__ import annotations

from collections.abc import Sequence

from onboarding.context import Context
from onboarding.failures import Failure
from onboarding.report import Entry, Outcome
from onboarding.state.records import prefixes


def settle(context: Context, buckets: Sequence[str], *, is_end: bool) -> None:
    """Withdraw from buckets, as far as no load balancer on record uses them.

    Args:
        context: The run, with all records known.
        buckets: Those that something may have to be taken out of.
        is_end: Whether the onboarding ends.
    """
    if context.settings.dry_run:

        def work(bucket: str) -> Entry:
            used = prefixes(context.known.values(), bucket)
            return context.buckets.foretell_withdrawal(context.need(bucket, used), is_end=is_end)

    else:

        def work(bucket: str) -> Entry:
            return context.buckets.withdraw(bucket, lambda: context.records.prefixes(bucket), is_end=is_end)

    for bucket, result in context.workers.each(buckets, "withdrawing from buckets", work):
        _add(context, _failed(bucket, result) if isinstance(result, Failure) else result)


def _failed(bucket: str, failure: Failure) -> Entry:
    return Entry(
        bucket,
        failure.outcome,
        found=[failure.found] if failure.found else [],
        decided="withdraw",
        why=failure.why,
    )


def _add(context: Context, entry: Entry) -> None:
    """Report an entry; a bucket that was prepared before, in this run, has one already."""
    former = context.bucket_entries.get(entry.name)
    if former is None:
        context.bucket_entries[entry.name] = entry
        return
    # A dry run foretells the same twice.
    former.done += [done for done in entry.done if done not in former.done]
    if entry.outcome.is_failure or former.outcome is Outcome.UNCHANGED:
        former.outcome, former.decided, former.why = entry.outcome, entry.decided, entry.why
