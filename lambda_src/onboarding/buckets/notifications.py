"""A bucket's notifications: rules of ours are put among those of others, and taken out again, by their ids."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from onboarding.buckets.rules import LISTS, Configuration, Rule, rules_of, service_of
from onboarding.errors import RefusalError

MOST_RULES = 100
"""Of a bucket ("Amazon S3 event notifications", Amazon S3 User Guide)."""


@dataclass(slots=True)
class Merged:
    """Notifications with rules of ours among them.

    Attributes:
        configuration: All of them.
        added: The rules that are new.
        changed: Those that were there with another content.
        removed: Those that are not wanted any more.
        handed_over: Those that are not wanted any more, but needed by another onboarding, each with its new id.
        left: Those that are not wanted any more, but were changed by somebody else since.
        told_already: Those that are not needed, each with the rule of others that does the same.
    """

    configuration: Configuration
    added: list[Rule] = field(default_factory=list)
    changed: list[Rule] = field(default_factory=list)
    removed: list[Rule] = field(default_factory=list)
    handed_over: list[tuple[Rule, str]] = field(default_factory=list)
    left: list[Rule] = field(default_factory=list)
    told_already: list[tuple[Rule, Rule]] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether they are others than before."""
        return bool(self.added or self.changed or self.removed or self.handed_over)

    @property
    def only_takes_out(self) -> bool:
        """Whether nothing is told to anybody that was not told before."""
        return not (self.added or self.changed)


def merged(
    configuration: Configuration,
    wanted: Sequence[Rule],
    recorded: Collection[Rule],
    bucket: str,
    heir: Callable[[Rule], str] = lambda _: "",
) -> Merged:
    """Put the rules of ours that are wanted into a configuration, and take out those that are not.

    All others, and the delivery to EventBridge, stay as they are.

    Args:
        configuration: The notifications as they are.
        wanted: The rules of ours.
        recorded: Our rules as put, of earlier runs too. One of their ids that is another rule now is somebody's
            work, and is not taken out.
        bucket: The bucket's name, for messages.
        heir: The id that a rule of ours gets that another onboarding needs, since S3 took none of its own beside it;
            empty for a rule that nobody needs.

    Raises:
        RefusalError: S3 would not take a rule beside those of others.
    """
    missing = {rule.id: rule for rule in wanted}
    own_ids = {rule.id for rule in recorded} | set(missing)
    others = [rule for rule, _ in rules_of(configuration) if rule.id not in own_ids]
    result = Merged({key: value for key, value in configuration.items() if key not in _MEMBERS})
    _leave_to_others(missing, others, result, bucket)
    kept: dict[str, list[dict[str, Any]]] = {member: [] for member in _MEMBERS}
    for rule, raw in rules_of(configuration):
        member = LISTS[service_of(rule.destination)][0]
        wanted_rule = missing.get(rule.id)
        if rule.id not in own_ids or (wanted_rule and wanted_rule.does_the_same(rule)):
            kept[member].append(raw)
            missing.pop(rule.id, None)
        elif wanted_rule:
            result.changed.append(wanted_rule)
        elif any(rule.does_the_same(put) for put in recorded if put.id == rule.id):
            if new_id := heir(rule):
                kept[member].append(raw | {"Id": new_id})
                result.handed_over.append((rule, new_id))
            else:
                result.removed.append(rule)
        else:
            kept[member].append(raw)
            result.left.append(rule)
    for rule in missing.values():
        kept[LISTS[service_of(rule.destination)][0]].append(rule.raw())
        if rule not in result.changed:
            result.added.append(rule)
    result.configuration |= {member: rules for member, rules in kept.items() if rules}
    _check_count(kept, result, bucket)
    return result


_MEMBERS = tuple(member for member, _ in LISTS.values())


def _leave_to_others(missing: dict[str, Rule], others: Sequence[Rule], result: Merged, bucket: str) -> None:
    for rule in list(missing.values()):
        overlapping = [other for other in others if other.overlaps(rule)]
        same = [other for other in overlapping if other.tells_all_logs_of(rule)]
        if same:
            result.told_already.append((rule, same[0]))
            del missing[rule.id]
        elif overlapping:
            raise RefusalError(
                f"Bucket {bucket} has the notification rule {overlapping[0]}, which overlaps with the onboarding's "
                f"{rule}: S3 tells an event to one destination.",
                "Let that rule's destination be an SNS topic, which tells both, and give the topic to the onboarding, "
                "or narrow the rule to other keys.",
            )


def _check_count(kept: dict[str, list[dict[str, Any]]], result: Merged, bucket: str) -> None:
    count = sum(map(len, kept.values()))
    if count > MOST_RULES and result.added:
        raise RefusalError(
            f"Bucket {bucket} would have {count} notification rules with {result.added[0].id}, and S3 takes "
            f"{MOST_RULES}.",
            "Delete rules of the bucket that are not needed any more, or let load balancers log to another bucket.",
        )
