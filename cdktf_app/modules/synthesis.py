"""Synthesizes the modules in process, for the emitter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cdktf_app.emitter.module import SynthesizedModule

if TYPE_CHECKING:
    from cdktf_app.modules.module import Module


def synthesize_all() -> Iterator[SynthesizedModule]:
    """Synthesize every module, the root module last."""
    from cdktf import App

    from cdktf_app.modules.hub.hub import Hub
    from cdktf_app.modules.root.root import Root
    from cdktf_app.modules.spoke.spoke import Spoke

    app = App(skip_validation=True)
    terraform: dict[str, dict[str, Any]] = {}
    for module in (Hub(app), Spoke(app)):
        terraform[module.name] = module.to_terraform()
        yield _synthesized(
            module, Path("modules", module.name), terraform[module.name], module.about.read_text()
        )
    root = Root(app, terraform["hub"], terraform["spoke"])
    # Its README is the repository's, written by hand but for the tables.
    yield _synthesized(root, Path(), root.to_terraform(), about=None)


def _synthesized(
    module: Module, folder: Path, terraform: dict[str, Any], about: str | None
) -> SynthesizedModule:
    order = tuple(construct.node.path for construct in module.node.find_all())
    return SynthesizedModule(module.name, about, terraform, order, folder)
