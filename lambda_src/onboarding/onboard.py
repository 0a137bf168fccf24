"""Onboards load balancers: decides, has the buckets made ready, and switches the logs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from botocore.exceptions import ClientError

from onboarding.buckets.need import Need
from onboarding.context import Context
from onboarding.decisions import Decision, decide
from onboarding.errors import RefusalError
from onboarding.failures import Failure, failure, unknown_kinds
from onboarding.load_balancers.attributes import (
    LogTarget,
    LogTargets,
    is_bucket_refused,
    read_targets,
    restore_targets,
    write_targets,
)
from onboarding.load_balancers.load_balancer import LoadBalancer
from onboarding.report import Entry, Outcome
from onboarding.settings import Kind
from onboarding.state.records import Record


@dataclass(slots=True)
class _Plan:
    """A load balancer on its way; without a decision its way has ended."""

    entry: Entry
    decision: Decision | None

    def end(self, failure: Failure, about: str = "") -> None:
        self.decision = None
        self.entry.outcome = failure.outcome
        self.entry.why = f"{about}{failure.why}"


def onboard(context: Context, selected: Sequence[LoadBalancer], *, is_full: bool) -> None:
    """Onboard load balancers, as far as that is possible.

    A refusal is known before anything is written for the load balancer that it concerns.

    Args:
        context: The run.
        selected: The load balancers, of all types.
        is_full: Whether they are all of the onboarding, so that what no load balancer uses any more is taken out of
            the buckets.
    """
    applications = [one for one in selected if one.type == "application"]
    context.load_balancers += [_left_alone(one) for one in selected if one.type != "application"]
    plans = _decide(context, applications)
    context.load_balancers += [plan.entry for plan in plans]
    _examine(context, plans)
    if context.settings.dry_run:
        _foretell(context, plans)
        return
    _check_current(context, plans)
    _save(context, plans)
    _prepare(context, plans, is_full=is_full)
    _set(context, plans)


def _left_alone(load_balancer: LoadBalancer) -> Entry:
    return Entry(
        load_balancer.name,
        Outcome.LEFT_ALONE,
        found=[f"it is a {load_balancer.type} load balancer"],
        decided="leave it alone",
        why="Only application load balancers are onboarded.",
        arn=load_balancer.arn,
        type=load_balancer.type,
    )


def _decide(context: Context, load_balancers: Sequence[LoadBalancer]) -> list[_Plan]:
    settings = context.settings
    default = LogTarget(
        enabled=True, bucket=settings.bucket_name(context.place), prefix=settings.bucket.prefix
    )

    def work(load_balancer: LoadBalancer) -> Decision:
        if error := context.unreadable.get(load_balancer.id):
            raise error
        present = read_targets(context.clients.elbv2, load_balancer.arn)
        return decide(load_balancer.arn, present, context.known.get(load_balancer.arn), settings, default)

    plans = []
    for load_balancer, result in context.workers.each(load_balancers, "reading load balancers", work):
        plan = _Plan(Entry(load_balancer.name, arn=load_balancer.arn, type=load_balancer.type), None)
        if isinstance(result, Failure):
            plan.end(result)
            plan.entry.found = [result.found] if result.found else []
        else:
            plan.decision = result
            plan.entry.found, plan.entry.decided, plan.entry.why = result.found, result.decided, result.why
        plans.append(plan)
    return plans


def _examine(context: Context, plans: Sequence[_Plan]) -> None:
    for need, result in context.workers.each(
        _needs(context, plans), "examining buckets", context.buckets.examine
    ):
        _note(context, plans, need, result)


def _check_current(context: Context, plans: Sequence[_Plan]) -> None:
    """End the way of all when other settings hold by now."""
    if not _open(plans):
        return
    try:
        context.current.check()
    except RefusalError as error:
        for plan, _decision in _open(plans):
            plan.end(failure(error))


def _foretell(context: Context, plans: Sequence[_Plan]) -> None:
    for plan, decision in _open(plans):
        plan.entry.done = decision.done
        plan.entry.outcome = Outcome.WOULD_CHANGE if decision.done else Outcome.UNCHANGED
        context.learn(decision.final)


def _save(context: Context, plans: Sequence[_Plan]) -> None:
    """Save what was there before, and what will be, before it is done."""

    def work(open_plan: tuple[_Plan, Decision]) -> Record:
        plan, decision = open_plan
        if plan.entry.arn not in context.known:
            return context.records.save_new(decision.interim)
        # Another run may have saved more since this one has read it.
        present = context.records.get(plan.entry.arn)
        record = decision.interim
        if present and present != context.known[plan.entry.arn]:
            record = record.merged(present)
        context.records.save(record)
        return record

    unsaved = [
        (plan, decision)
        for plan, decision in _open(plans)
        if decision.interim != context.known.get(plan.entry.arn)
    ]
    for (plan, _decision), result in context.workers.each(unsaved, "saving what was there before", work):
        if isinstance(result, Failure):
            plan.end(result)
        else:
            context.learn(result)


def _prepare(context: Context, plans: Sequence[_Plan], *, is_full: bool) -> None:
    def work(need: Need) -> Entry:
        # What a record that cannot be read uses is not known: then nothing goes.
        is_asked = is_full and not context.unreadable
        still_used = (lambda: context.records.prefixes(need.bucket)) if is_asked else None
        return context.buckets.prepare(need, still_used)

    for need, result in context.workers.each(_needs(context, plans), "preparing buckets", work):
        _note(context, plans, need, result)


def _set(context: Context, plans: Sequence[_Plan]) -> None:
    def work(open_plan: tuple[_Plan, Decision]) -> tuple[Record, frozenset[Kind]]:
        plan, decision = open_plan
        unknown = _write(context, plan.entry.arn, decision.targets)
        decision = decision.without(unknown)
        if decision.restores:
            restore_targets(context.clients.elbv2, plan.entry.arn, decision.restores)
        known = context.known[plan.entry.arn]
        # Another run that was faster has saved more than this one had decided; that stays.
        if known != decision.interim or decision.final == known:
            return known, unknown
        context.records.save(decision.final)
        return decision.final, unknown

    for (plan, decision), result in context.workers.each(_open(plans), "setting attributes", work):
        if isinstance(result, Failure):
            plan.end(result)
            continue
        record, unknown = result
        plan.entry.done = decision.without(unknown).done
        plan.entry.outcome = Outcome.CHANGED if plan.entry.done else Outcome.UNCHANGED
        if unknown:
            plan.end(unknown_kinds(unknown, context.place.region))
        context.learn(record)


def _write(context: Context, arn: str, targets: LogTargets) -> frozenset[Kind]:
    """Set attributes; a minute is waited for a bucket, not for each load balancer that logs to it."""
    buckets = {target.bucket for target in targets.values()}
    try:
        return write_targets(
            context.clients.elbv2,
            arn,
            targets,
            context.deadline,
            is_patient=not buckets & context.unwritable,
        )
    except ClientError as error:
        if is_bucket_refused(error):
            context.unwritable |= buckets
        raise


def _open(plans: Sequence[_Plan]) -> list[tuple[_Plan, Decision]]:
    return [(plan, plan.decision) for plan in plans if plan.decision]


def _needs(context: Context, plans: Sequence[_Plan]) -> list[Need]:
    """Return what the load balancers that are on their way want of their buckets."""
    prefixes: dict[str, set[str]] = {}
    for _plan, decision in _open(plans):
        for bucket, prefix in decision.final.uses:
            prefixes.setdefault(bucket, set()).add(prefix)
    return [context.need(bucket, frozenset(found)) for bucket, found in sorted(prefixes.items())]


def _note(context: Context, plans: Sequence[_Plan], need: Need, result: Entry | Failure) -> None:
    """Note how it ended for a bucket; a failure ends the way of each load balancer that logs to it."""
    if not isinstance(result, Failure):
        context.bucket_entries[need.bucket] = result
        return
    context.failed.add(need.bucket)
    context.bucket_entries[need.bucket] = Entry(
        need.bucket,
        result.outcome,
        found=[result.found] if result.found else [],
        decided="leave it as it is",
        why=result.why,
    )
    for plan, decision in _open(plans):
        if need.bucket in {bucket for bucket, _prefix in decision.final.uses}:
            plan.end(result, f"Of its bucket {need.bucket}: ")
