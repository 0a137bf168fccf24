"""Writes pictures in Mermaid's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from cdktf_app.diagrams.graph import Arrow, Thing
from cdktf_app.diagrams.words import ACTS_AS, PASSIVE, SHOWS


def flowchart(
    outside: Sequence[Thing], groups: Mapping[str, Sequence[Thing]], arrows: Sequence[Arrow]
) -> str:
    """Write a flowchart from left to right. What is optional is dashed.

    Args:
        outside: Things in no group.
        groups: Things in a box, by the title of the box; a box with one thing is left out.
        arrows: Between ids of things. Several between the same two become one, and what a policy allows is left out
            where it is drawn already what is done.
    """
    lines = ["flowchart LR"]
    alone = [*outside]
    for title, things in groups.items():
        if len(things) == 1:
            alone += things
            continue
        lines.append(f'    subgraph {_identifier(title)}["{title}"]')
        lines += [f"        {_thing(thing)}" for thing in things]
        lines.append("    end")
    lines += [f"    {_thing(thing)}" for thing in alone]
    optional = [thing.id for thing in chain(outside, *groups.values()) if thing.optional]
    lines += [f"    {line}" for line in _lines_of_arrows(arrows, {*optional})]
    if optional:
        lines += ["    classDef optional stroke-dasharray: 4 4", f"    class {','.join(optional)} optional"]
    return "\n".join(lines)


def _lines_of_arrows(arrows: Sequence[Arrow], optional: set[str]) -> Iterator[str]:
    joined: dict[tuple[str, str], list[Arrow]] = {}
    for arrow in map(_as_the_lines_go, (*_acts(arrows), *_permissions(arrows))):
        joined.setdefault((arrow.source, arrow.target), []).append(arrow)
    for (source, target), several in joined.items():
        label = ", ".join(dict.fromkeys(arrow.label for arrow in several if arrow.label))
        dashed = {source, target} & optional or all(arrow.optional for arrow in several)
        line = "-.->" if dashed else "-->"
        yield f"{source} {line}{f'|{label}|' if label else ''} {target}"


def _acts(arrows: Sequence[Arrow]) -> list[Arrow]:
    acts = [arrow for arrow in arrows if not arrow.permission]
    there = {(arrow.source, arrow.target) for arrow in acts}
    # A dashboard that shows the alarms shows what they watch.
    behind = {(first.source, second) for first in acts for begin, second in there if begin == first.target}
    return [arrow for arrow in acts if arrow.label != SHOWS or (arrow.source, arrow.target) not in behind]


def _permissions(arrows: Sequence[Arrow]) -> Iterator[Arrow]:
    """What is allowed and not drawn already, of whoever is allowed it or acts as the role that is."""
    acts = _acts(arrows)
    there = {(arrow.source, arrow.target) for arrow in acts}
    always = {(arrow.source, arrow.target) for arrow in acts if not arrow.optional}
    back = {(target, source) for source, target in always}
    actors = {arrow.target: arrow.source for arrow in acts if arrow.label == ACTS_AS}
    for arrow in arrows:
        actor = actors.get(arrow.source, arrow.source)
        # Who acts as a role is allowed no more than it does; others may do it without what is optional, too.
        acts_there = always if actor == arrow.source else there
        if arrow.permission and (actor, arrow.target) not in acts_there | back:
            yield arrow


def _as_the_lines_go(arrow: Arrow) -> Arrow:
    passive = PASSIVE.get(arrow.label)
    return replace(arrow, source=arrow.target, target=arrow.source, label=passive) if passive else arrow


def _thing(thing: Thing) -> str:
    return thing.id + thing.shape.format(thing.words)


def _identifier(title: str) -> str:
    return "group_" + "".join(letter if letter.isalnum() else "_" for letter in title)
