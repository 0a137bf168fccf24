"""The picture of a module: what it can make, and with whom outside of it that has to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cdktf_app.diagrams.graph import Arrow, Graph, Thing, outside_things
from cdktf_app.diagrams.mermaid import flowchart
from cdktf_app.diagrams.words import Outside
from cdktf_app.emitter.module import SynthesizedModule


def picture(module: SynthesizedModule) -> str:
    """Draw what a module makes; empty for a module that makes nothing.

    Raises:
        EmitError: A type of its resources has no rule.
    """
    graph = Graph(module)
    things = graph.things()
    if not things:
        return ""
    arrows = graph.arrows()
    outside = outside_things(module.name, arrows)
    ids = {thing.id: thing.id for thing in things} | {end: found.id for end, found in outside.items()}
    groups: dict[str, list[Thing]] = {}
    for thing in things:
        groups.setdefault(thing.concern.replace("_", " "), []).append(thing)
    return flowchart(
        [_thing(found) for found in dict.fromkeys(outside.values())], groups, _between(arrows, ids)
    )


def _between(arrows: list[Arrow], ids: Mapping[str, str]) -> list[Arrow]:
    """The arrows between things that are shown."""
    return [
        replace(arrow, source=ids[arrow.source], target=ids[arrow.target])
        for arrow in arrows
        if arrow.source in ids and arrow.target in ids
    ]


def _thing(outside: Outside) -> Thing:
    return Thing(outside.id, outside.words, outside.shape)
