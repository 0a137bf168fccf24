"""The picture of everything: a hub and two spokes, as the defaults of their inputs make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cdktf_app.diagrams.graph import Arrow, Graph, Thing
from cdktf_app.diagrams.mermaid import flowchart
from cdktf_app.diagrams.references import References
from cdktf_app.diagrams.words import ACTS_AS, outside_of
from cdktf_app.emitter.module import SynthesizedModule

_SPOKE = "spoke"
_SPOKES = ("spoke account", "another spoke account")


def architecture(modules: Iterable[SynthesizedModule]) -> str:
    """Draw the modules that the root module calls, the spoke twice; what it gives them is what joins them.

    Returns:
        The picture; empty without a root module that calls others.

    Raises:
        EmitError: A type of a resource has no rule.
    """
    by_name = {module.name: module for module in modules}
    called = by_name["root"].terraform.get("module", {}) if "root" in by_name else {}
    return _Architecture(by_name["root"], [by_name[name] for name in called]).drawn() if called else ""


class _Architecture:
    def __init__(self, root: SynthesizedModule, called: Iterable[SynthesizedModule]) -> None:
        self._root = root.terraform
        self._root_references = References(root.terraform)
        self._graphs = {module.name: Graph(module, default=True) for module in called}
        self._things = {
            name: {thing.id: thing for thing in graph.things()} for name, graph in self._graphs.items()
        }
        self._acting = {
            (name, arrow.target): arrow.source
            for name, graph in self._graphs.items()
            for arrow in graph.arrows()
            if arrow.label == ACTS_AS
        }

    def drawn(self) -> str:
        shown: dict[str, Thing] = {}
        arrows: dict[Arrow, None] = {}
        for name in self._graphs:
            shown |= {
                thing.id: thing
                for thing in (
                    self._named(name, thing) for thing in self._things[name].values() if thing.overview
                )
            }
            for arrow in self._graphs[name].arrows():
                for source in self._ends(name, arrow.source):
                    for target in self._ends(name, arrow.target):
                        shown |= {end.id: end for end in (source, target)}
                        if source != target:
                            arrows[replace(arrow, source=source.id, target=target.id)] = None
        spoke = [thing for thing in shown.values() if thing.concern == _SPOKE]
        groups = {
            title: [replace(thing, id=f"{thing.id}_{number}") for thing in spoke]
            for number, title in enumerate(_SPOKES, 1)
        }
        for name in self._graphs.keys() - {_SPOKE}:
            groups[f"{name} account"] = [thing for thing in shown.values() if thing.concern == name]
        outside = [thing for thing in shown.values() if not thing.concern]
        return flowchart(outside, groups, list(_of_each_spoke(arrows, {thing.id for thing in spoke})))

    def _ends(self, name: str, end: str) -> Iterator[Thing]:
        """The things of the picture in whose place an end of an arrow of a module stands."""
        acting = self._acting.get((name, end), end)
        if found := self._things[name].get(acting):
            if found.overview:
                yield self._named(name, found)
        elif outside := outside_of(name, end):
            if outside.overview:
                # A load balancer is a spoke's, Loki is nobody's.
                concern = name if name == _SPOKE else ""
                yield Thing(outside.id, outside.words, outside.shape, concern)
            else:
                yield from self._joined(name, end)

    def _joined(self, name: str, end: str) -> Iterator[Thing]:
        """What the root module gives for an input: what the output of another module refers to."""
        _, variable, *path = end.split(".")
        given = self._root["module"][name].get(variable)
        for reference in self._root_references.of_value(given):
            match reference.target.split("."):
                case ["module", other, output]:
                    graph = self._graphs[other]
                    value = graph.module.terraform["output"][output]["value"]
                    for further in graph.references.of_value(value, path):
                        for target, _ in graph.resolved(further):
                            yield from self._ends(other, target)

    def _named(self, name: str, thing: Thing) -> Thing:
        return replace(thing, id=f"{name}_{thing.id}", concern=name)


def _of_each_spoke(arrows: Iterable[Arrow], ids: set[str]) -> Iterator[Arrow]:
    """The arrows of all spokes together."""
    for arrow in arrows:
        for number, _ in enumerate(_SPOKES, 1):
            yield replace(
                arrow,
                source=f"{arrow.source}_{number}" if arrow.source in ids else arrow.source,
                target=f"{arrow.target}_{number}" if arrow.target in ids else arrow.target,
            )
