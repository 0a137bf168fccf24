"""Which load balancers the settings select."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from onboarding.load_balancers.load_balancer import LoadBalancer
from onboarding.report import Entry, Outcome
from onboarding.settings import Place, Selection

Tags = Mapping[str, str]


def select(
    selection: Selection,
    load_balancers: Sequence[LoadBalancer],
    tags: Callable[[Sequence[LoadBalancer]], Mapping[str, Tags]],
) -> list[LoadBalancer]:
    """Return those that any part of the selection selects, of all types.

    Args:
        selection: What is selected.
        load_balancers: What there is.
        tags: Looks up tags by ARN; called when the answer depends on them, for those where it does.
    """
    selected = {load_balancer for load_balancer in load_balancers if _selects(selection, load_balancer)}
    rest = [load_balancer for load_balancer in load_balancers if load_balancer not in selected]
    if selection.tags and rest:
        known = tags(rest)
        selected |= {one for one in rest if one.arn in known and _has_tags(known[one.arn], selection.tags)}
    return [load_balancer for load_balancer in load_balancers if load_balancer in selected]


def missing(selection: Selection, load_balancers: Collection[LoadBalancer], place: Place) -> list[Entry]:
    """Return a failure for each load balancer that is selected by name or ARN and does not exist."""
    arns = {load_balancer.arn for load_balancer in load_balancers}
    names = {load_balancer.name for load_balancer in load_balancers}
    entries = [
        Entry(
            name,
            Outcome.FAILED,
            found=["there is no load balancer of this name"],
            why=f"There is no load balancer of this name in account {place.account_id}, region {place.region}. "
            "Take it out of selection.names, or mend the name.",
        )
        for name in dict.fromkeys(selection.names)
        if name not in names
    ]
    for arn in dict.fromkeys(selection.arns):
        if arn not in arns:
            _partition, _service, region, account = arn.split(":")[1:5]
            elsewhere = (region, account) != (place.region, place.account_id)
            entries.append(
                Entry(
                    LoadBalancer.of(arn).name,
                    Outcome.FAILED,
                    found=["it is elsewhere" if elsewhere else "there is no load balancer of this ARN"],
                    why=(
                        f"{arn} is in account {account}, region {region}; this onboarding works in account "
                        f"{place.account_id}, region {place.region}. Take it out of selection.arns, and make an "
                        "onboarding there."
                        if elsewhere
                        else f"{arn} does not exist. Take it out of selection.arns, or mend it."
                    ),
                    arn=arn,
                    type=LoadBalancer.of(arn).type,
                )
            )
    return entries


def _selects(selection: Selection, load_balancer: LoadBalancer) -> bool:
    return (
        selection.all
        or load_balancer.arn in selection.arns
        or load_balancer.name in selection.names
        or any(_pattern(pattern).fullmatch(load_balancer.name) for pattern in selection.name_patterns)
    )


def _has_tags(tags: Tags, wanted: Mapping[str, tuple[str, ...]]) -> bool:
    return all(
        key in tags and any(_pattern(value).fullmatch(tags[key]) for value in values)
        for key, values in wanted.items()
    )


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    # Not fnmatch: it gives brackets a meaning, and tags may have them.
    escaped = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.compile(escaped, re.DOTALL)
