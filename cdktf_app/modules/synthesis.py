"""Synthesizes the modules in process, for the emitter."""

from __future__ import annotations

from collections.abc import Iterator

from cdktf_app.emitter.module import SynthesizedModule


def synthesize_all() -> Iterator[SynthesizedModule]:
    """Synthesize every module."""
    from cdktf import App

    from cdktf_app.modules.hub.hub import Hub
    from cdktf_app.modules.spoke.spoke import Spoke

    app = App(skip_validation=True)
    for module in (Hub(app), Spoke(app)):
        yield SynthesizedModule(
            name=module.name,
            about=module.about.read_text(),
            terraform=module.to_terraform(),
            order=tuple(construct.node.path for construct in module.node.find_all()),
        )
