"""Gives load balancers back: what was there before is put back where the present state is still the onboarding's."""

from __future__ import annotations

from collections.abc import Sequence

from botocore.exceptions import ClientError

from onboarding.aws import error_code
from onboarding.context import Context
from onboarding.decisions import Release, release
from onboarding.errors import RefusalError
from onboarding.failures import Failure
from onboarding.load_balancers.attributes import LogTargets, read_targets, restore_targets
from onboarding.load_balancers.load_balancer import LoadBalancer
from onboarding.report import Entry, Outcome
from onboarding.settings import OnDestroy
from onboarding.state.records import Record


def give_back(context: Context, records: Sequence[Record], why: str) -> None:
    """Give load balancers back and forget them.

    One that something goes wrong with stays on record, so that running again goes on with it.

    Args:
        context: The run.
        records: What is known of them.
        why: Why they are given back, as a sentence.
    """

    def work(record: Record) -> Release | None:
        decision = _given_back(context, record, why)
        if not context.settings.dry_run:
            context.records.delete(record.arn)
        return decision

    for record, result in context.workers.each(records, "giving load balancers back", work):
        context.load_balancers.append(_entry(context, record, result))
        if not isinstance(result, Failure):
            context.forget(record.arn)


def _given_back(context: Context, record: Record, why: str) -> Release | None:
    """Put back what was there before; None for a load balancer that does not exist any more."""
    if context.settings.on_destroy is OnDestroy.KEEP:
        return release({}, record, context.settings, why)
    elbv2 = context.clients.elbv2
    try:
        decision = release(read_targets(elbv2, record.arn), record, context.settings, why)
        if decision.targets and not context.settings.dry_run:
            _restore(context, record.arn, decision.targets)
    except ClientError as error:
        if error_code(error) == "LoadBalancerNotFound":
            return None
        raise
    return decision


def _restore(context: Context, arn: str, targets: LogTargets) -> None:
    try:
        restore_targets(context.clients.elbv2, arn, targets)
    except ClientError as error:
        places = sorted({str(target) for target in targets.values() if target.enabled})
        if error_code(error) != "InvalidConfigurationRequest" or not places:
            raise
        said = error.response.get("Error", {}).get("Message", "")
        raise RefusalError(
            f"It logged to {' and '.join(places)} before, and Elastic Load Balancing does not take that any more: "
            f"{said.rstrip('.')}.",
            "Make the bucket again, or its policy as it was, then run again. Or switch the load balancer's logs off or "
            "to another place by hand: then it is left alone. Or set on_destroy to keep, in a stack or state before it "
            "is deleted: then all load balancers go on logging as they do now.",
        ) from error


def _entry(context: Context, record: Record, result: Release | Failure | None) -> Entry:
    load_balancer = LoadBalancer.of(record.arn)
    entry = Entry(load_balancer.name, arn=record.arn, type=load_balancer.type)
    if result is None:
        entry.outcome, entry.found = Outcome.GONE, ["it does not exist any more"]
        entry.decided, entry.why = "forget it", "It was deleted."
    elif isinstance(result, Failure):
        entry.outcome, entry.decided, entry.why = result.outcome, "put back what was there before", result.why
    else:
        entry.found, entry.decided, entry.done, entry.why = (
            result.found,
            result.decided,
            result.done,
            result.why,
        )
        if result.targets:
            entry.outcome = Outcome.WOULD_CHANGE if context.settings.dry_run else Outcome.CHANGED
        elif result.is_left_alone or context.settings.on_destroy is OnDestroy.KEEP:
            entry.outcome = Outcome.LEFT_ALONE
    return entry
