"""A run: from the settings to the report.

Calls to AWS, for n load balancers that are selected or recorded, of a total of a in the account:

| step | calls |
| --- | --- |
| begin | 1 GetParameter, and 1 PutParameter if the settings are others than those of the last run |
| list | a/400 DescribeLoadBalancers, a/20 DescribeTags if tags select, n/10 GetParametersByPath |
| read | n DescribeLoadBalancerAttributes |
| ask whether the settings still hold | 1 GetParameter, and 1 for each bucket |
| save | 1 PutParameter for each that is new or changes, and 1 GetParameter if it changes |
| set | 1 ModifyLoadBalancerAttributes for each that changes, and 1 for each that a kind of logs is given up of |
| move | 1 PutParameter more for each that moves from one bucket of ours to another |
| leave out | 1 ModifyLoadBalancerAttributes more for each kind of logs that AWS does not know, and 1 PutParameter |
| give back | 1 ModifyLoadBalancerAttributes and 1 DeleteParameter for each |

beside one GetParameter a second at most, by which a run of module or template notices that the onboarding has ended;
so that a load balancer takes three of its own at most when it is onboarded, and one when nothing changes. What a bucket
takes does not depend on how many load balancers use it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from onboarding.action import Action
from onboarding.aws import Clients
from onboarding.buckets.buckets import Buckets
from onboarding.context import Context
from onboarding.destinations import check_regions
from onboarding.errors import EndedError
from onboarding.give_back import give_back
from onboarding.load_balancers import discovery
from onboarding.load_balancers.load_balancer import LoadBalancer
from onboarding.onboard import onboard
from onboarding.report import Entry, Outcome, Report
from onboarding.seldom import Seldom
from onboarding.selection import Tags, missing, select
from onboarding.settings import Place, Settings
from onboarding.settle import settle
from onboarding.state.current_settings import CurrentSettings
from onboarding.state.records import Records
from onboarding.workers import Progress, Workers

NOT_SELECTED = "It is no longer selected."
# Right after it was made, AWS may not know a load balancer everywhere: as a failure, it is tried again.
NOT_THERE = "It has been made, and AWS does not know it: it is too new, or deleted. Run again if it is there."
WAS_DELETED = "It was deleted soon after it was made."
# Seconds after which AWS knows what was made. Lambda's last try, three minutes after its first one, comes later.
_KNOWN_EVERYWHERE = 120.0


def perform(
    action: Action,
    settings: Settings,
    clients: Clients,
    place: Place,
    *,
    only: Collection[str] = (),
    age: float = 0.0,
    progress: Progress = lambda _done, _total, _what: None,
    deadline: Callable[[], float] = lambda: math.inf,
    check: Callable[[], None] = lambda: None,
) -> Report:
    """Do what `action` says, and report it.

    Failures of single load balancers and buckets are in the report and do not end the run.

    Args:
        action: What the run is for.
        settings: What is wanted. Its `dry_run` holds for every action.
        clients: AWS, in the account and region of `place`.
        place: Where.
        only: With `Action.CREATED`, the ARNs of the load balancers that have just been made.
        age: With `Action.CREATED`, how many seconds ago they were made, at least.
        progress: Is told how far the run is.
        deadline: The seconds that are left; nothing new is begun shortly before they end.
        check: Asked before anything is begun, and at the end: raises `EndedError` once the onboarding has ended. Then
            the run stops, and takes everything back, since the deletion may have looked before it was done.

    Raises:
        EndedError: The onboarding has ended before the run.
        SettingsError: S3 cannot notify the destination. Nothing was looked at.
        botocore.exceptions.ClientError: The load balancers or the saved state cannot be listed at all.
        botocore.exceptions.BotoCoreError: AWS cannot be reached.
    """
    if action is not Action.DELETE:
        check_regions(settings, place)
    check()
    seldom = Seldom(check)

    def seconds() -> float:
        seldom()
        return deadline()

    context = _context(settings, clients, place, seconds, progress)
    if action is Action.DELETE:
        _delete(context)
    elif action is Action.CREATED:
        _onboard_created(context, only, age)
    else:
        _reconcile(context)
    try:
        # Not seldom: the deletion has seen what was done before its mark, and only that.
        check()
    except EndedError as error:
        last = _context(settings, clients, place, deadline, progress)
        _delete(last)
        return replace(_report(last, action), aborted=str(error))
    return _report(context, action)


def _context(
    settings: Settings, clients: Clients, place: Place, deadline: Callable[[], float], progress: Progress
) -> Context:
    current = CurrentSettings(clients.ssm, settings)
    return Context(
        settings,
        clients,
        place,
        Buckets(clients, settings, place, deadline, current.check),
        Records(clients.ssm, settings.name),
        current,
        Workers(deadline, progress),
        deadline,
    )


def _reconcile(context: Context) -> None:
    """Bring everything to what the settings say."""
    if not context.settings.dry_run:
        context.current.begin()
    # First the records: what another run onboards after that is none that this one could take for given up.
    context.known, context.unreadable = context.records.readable()
    there = discovery.all_load_balancers(context.clients.elbv2)
    selected = _selected(context, there)
    selected_arns = {one.arn for one in selected}
    given_up = [record for arn, record in sorted(context.known.items()) if arn not in selected_arns]
    context.load_balancers += missing(context.settings.selection, there, context.place)

    onboard(context, selected, is_full=True)
    give_back(context, given_up, NOT_SELECTED)
    _fail_unreadable(context, [one.id for one in selected])

    reached = set(context.bucket_entries)
    settle(
        context,
        [
            bucket
            for bucket in context.buckets.recorded()
            if bucket not in reached or bucket in context.lost - context.failed
        ],
        is_end=False,
    )


def _onboard_created(context: Context, arns: Collection[str], age: float) -> None:
    """Onboard load balancers that have just been made, if they are selected."""

    def tags(rest: Sequence[LoadBalancer]) -> Mapping[str, Tags]:
        found = discovery.tags(context.clients.elbv2, rest)
        context.load_balancers += [
            Entry(one.name, Outcome.GONE, arn=one.arn, type=one.type) for one in rest if one.arn not in found
        ]
        return found

    made = [LoadBalancer.of(arn) for arn in sorted(arns)]
    selected = select(context.settings.selection, made, tags)
    records = (context.records.get(one.arn) for one in selected)
    context.known = {record.arn: record for record in records if record}
    onboard(context, selected, is_full=False)
    for entry in context.load_balancers:
        if entry.outcome is Outcome.GONE and age < _KNOWN_EVERYWHERE:
            entry.outcome, entry.why = Outcome.FAILED, NOT_THERE
        elif entry.outcome is Outcome.GONE:
            entry.why = WAS_DELETED


def _delete(context: Context) -> None:
    """Take everything back."""
    if not context.settings.dry_run:
        context.current.end()
    context.known, context.unreadable = context.records.readable()
    give_back(context, [record for _arn, record in sorted(context.known.items())], "The onboarding ends.")
    _fail_unreadable(context)
    settle(context, context.buckets.recorded(), is_end=True)


def _fail_unreadable(context: Context, reported: Collection[str] = ()) -> None:
    """Report those that are on record and cannot be given back; `reported` are the ids of others."""
    context.load_balancers += [
        Entry(error.load_balancer, Outcome.FAILED, decided="leave it as it is", why=str(error))
        for load_balancer_id, error in context.unreadable.items()
        if load_balancer_id not in reported
    ]


def _selected(context: Context, there: Sequence[LoadBalancer]) -> list[LoadBalancer]:
    return select(context.settings.selection, there, lambda rest: discovery.tags(context.clients.elbv2, rest))


def _report(context: Context, action: Action) -> Report:
    names = set(context.buckets.recorded())
    if context.settings.dry_run:
        names |= {bucket for record in context.known.values() for bucket, _prefix in record.uses}
    return Report(
        name=context.settings.name,
        action=action,
        dry_run=context.settings.dry_run,
        load_balancers=sorted(context.load_balancers, key=lambda entry: (entry.name, entry.arn)),
        buckets=sorted(context.bucket_entries.values(), key=lambda entry: entry.name),
        bucket_names=sorted(names),
    )
