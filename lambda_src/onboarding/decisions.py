"""What is to become of a load balancer, by what it is found to do and what is known of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from onboarding.buckets.need import check_prefix
from onboarding.errors import RefusalError
from onboarding.load_balancers.attributes import LogTarget, LogTargets
from onboarding.settings import Kind, OnDestroy, Settings
from onboarding.state.records import Change, Record


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to become of a load balancer.

    Attributes:
        present: Where each kind of its logs goes now.
        targets: The attributes to set, for the kinds where that changes something.
        restores: The attributes to put back, of kinds that are not wanted any more.
        interim: The record while they are being set; it knows the state before and the one after.
        final: The record once they are set.
        found: As in the report.
        decided: As in the report.
        why: As in the report.
    """

    present: LogTargets
    targets: LogTargets
    restores: LogTargets
    interim: Record
    final: Record
    found: list[str]
    decided: str
    why: str

    @property
    def done(self) -> list[str]:
        """As in the report, once it is done."""
        return _done(self.present, {**self.targets, **self.restores})

    def without(self, kinds: Collection[Kind]) -> Decision:
        """Return what is left of this when some kinds of logs could not be set, so that they are none of ours."""
        changes = {kind: change for kind, change in self.final.changes.items() if kind not in kinds}
        targets = {kind: target for kind, target in self.targets.items() if kind not in kinds}
        return replace(self, targets=targets, final=replace(self.final, changes=changes))


@dataclass(frozen=True, slots=True)
class Release:
    """How a load balancer is given back.

    Attributes:
        targets: The attributes to set.
        found: As in the report.
        decided: As in the report.
        done: As in the report, once it is done.
        why: As in the report.
        is_left_alone: Whether somebody else's state was found, and stays.
    """

    decided: str
    why: str
    targets: LogTargets = field(default_factory=dict)
    found: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    is_left_alone: bool = False


def decide(
    arn: str, present: LogTargets, record: Record | None, settings: Settings, default: LogTarget
) -> Decision:
    """Decide about a load balancer that is selected.

    Args:
        arn: The load balancer.
        present: Where each kind of its logs goes now.
        record: What is known of former runs, if anything.
        settings: What is wanted.
        default: Where the logs of a load balancer go that does not log.

    Raises:
        RefusalError: Its logs go where the onboarding cannot follow.
    """
    known = record.changes if record else {}
    own = {kind for kind, change in known.items() if present[kind] in change.ours}
    foreign = {kind: target for kind, target in present.items() if target.enabled and kind not in own}
    moved = {
        kind
        for kind, target in foreign.items()
        if settings.force and kind in settings.kinds and target.bucket != default.bucket
    }
    kept = {kind: target for kind, target in foreign.items() if kind not in moved}
    # By force, what the settings say counts more than kinds of logs that they do not speak of.
    decisive = [target for kind, target in kept.items() if kind in settings.kinds or not settings.force]
    home = next(iter(decisive), default)
    # What we have set moves only from where neither the settings nor other kinds of logs point to any more.
    settled = {kind: present[kind] for kind in own if present[kind] in (default, *decisive)}
    goals = {kind: kept.get(kind) or settled.get(kind) or home for kind in settings.kinds}
    _refuse(goals)

    given_up = {kind: change for kind, change in known.items() if kind not in goals}
    targets = {kind: goal for kind, goal in goals.items() if goal != present[kind]}
    is_restored = settings.on_destroy is OnDestroy.RESTORE
    restores = {kind: change.before for kind, change in given_up.items() if kind in own and is_restored}

    final, interim = dict[Kind, Change](), dict(given_up)
    for kind, goal in goals.items():
        if kind in own:
            final[kind] = Change(known[kind].before, (goal,))
            interim[kind] = Change(known[kind].before, tuple(dict.fromkeys((*known[kind].ours, goal))))
        elif kind in targets:
            # Whatever an older record says: what is there now is somebody's choice, made after it.
            final[kind] = interim[kind] = Change(present[kind], (goal,))
        elif kind in known:
            final[kind] = interim[kind] = known[kind]
    uses = frozenset((goal.bucket, goal.prefix) for goal in goals.values())
    return Decision(
        present=present,
        targets=targets,
        restores=restores,
        interim=Record(arn, interim, uses | (record.uses if record else frozenset())),
        final=Record(arn, final, uses),
        found=_found(present, [kind for kind in Kind if kind in goals or kind in known]),
        decided=_decided(goals, targets),
        why=_why(bool(moved), bool(kept), bool(targets | restores), bool(own)),
    )


def release(present: LogTargets, record: Record, settings: Settings, why: str) -> Release:
    """Decide about a load balancer that is to be given back.

    Args:
        present: Where each kind of its logs goes now.
        record: What is known of former runs.
        settings: What is wanted in the end.
        why: Why it is given back, as a sentence.
    """
    if settings.on_destroy is OnDestroy.KEEP:
        return Release("keep it as it is", f"{why} on_destroy is keep.")
    targets: dict[Kind, LogTarget] = {}
    others: list[str] = []
    for kind, change in record.changes.items():
        if present[kind] in change.ours:
            targets[kind] = change.before
        elif not present[kind].is_same(change.before):
            others.append(
                f"Its {label(kind)} are not as this onboarding has set them ({change.ours[-1]}), so that they stay."
            )
    return Release(
        decided="put back what was there before" if targets else "keep it as it is",
        why=" ".join([why, *others] if targets or others else [why, "There is nothing to put back."]),
        targets=targets,
        found=_found(present, record.changes),
        done=_done(present, targets),
        is_left_alone=bool(others),
    )


def label(kind: Kind) -> str:
    """Return what people call a kind of logs."""
    return kind.replace("_", " ")


def _refuse(goals: LogTargets) -> None:
    for kind, goal in goals.items():
        try:
            check_prefix(goal.prefix)
        except RefusalError as error:
            raise RefusalError(f"Its {label(kind)} go to {goal}. {error.found}", error.remedy) from error


def _found(present: LogTargets, kinds: Mapping[Kind, Change] | list[Kind]) -> list[str]:
    return [
        f"{label(kind)} go to {present[kind]}" if present[kind].enabled else f"{label(kind)} are off"
        for kind in kinds
    ]


def _decided(goals: LogTargets, targets: LogTargets) -> str:
    places = dict.fromkeys(str(goal) for goal in goals.values())
    return f"{'log' if targets else 'keep logging'} to {' and '.join(places)}"


def _done(present: LogTargets, targets: LogTargets) -> list[str]:
    return [f"{label(kind)}: {present[kind]} → {target}" for kind, target in targets.items()]


def _why(is_moved: bool, is_kept: bool, is_changed: bool, is_own: bool) -> str:
    if is_moved:
        return "It logs elsewhere, and force moves it."
    if is_kept:
        return "It logs already, and keeps its bucket and prefix."
    if is_own:
        return "The settings have changed." if is_changed else "This onboarding has set it so before."
    return "It does not log yet."
