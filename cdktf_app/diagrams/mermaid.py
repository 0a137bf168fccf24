"""Writes pictures in Mermaid's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from cdktf_app.diagrams.graph import Arrow, Thing


def flowchart(
    outside: Sequence[Thing], groups: Mapping[str, Sequence[Thing]], arrows: Sequence[Arrow]
) -> str:
    """Write a flowchart from left to right. What is optional is dashed.

    Args:
        outside: Things in no group.
        groups: Things in a box, by the title of the box; a box with one thing is left out.
        arrows: Between ids of things. Several between the same two become one, and what a policy allows is left out
            where the same two are joined by what they do.
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
    acts = {frozenset((arrow.source, arrow.target)) for arrow in arrows if not arrow.permission}
    joined: dict[tuple[str, str], list[Arrow]] = {}
    for arrow in arrows:
        if not arrow.permission or frozenset((arrow.source, arrow.target)) not in acts:
            joined.setdefault((arrow.source, arrow.target), []).append(arrow)
    for (source, target), several in joined.items():
        label = ", ".join(dict.fromkeys(arrow.label for arrow in several if arrow.label))
        dashed = {source, target} & optional or all(arrow.optional for arrow in several)
        line = "-.->" if dashed else "-->"
        yield f"{source} {line}{f'|{label}|' if label else ''} {target}"


def _thing(thing: Thing) -> str:
    return thing.id + thing.shape.format(thing.words)


def _identifier(title: str) -> str:
    return "group_" + "".join(letter if letter.isalnum() else "_" for letter in title)
