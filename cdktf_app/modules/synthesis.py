"""Synthesizes the modules in process, for the emitter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdktf_app.emitter.module import SynthesizedModule


def synthesize_all() -> Iterator[SynthesizedModule]:
    """Synthesize every module."""
    from cdktf import App

    from cdktf_app.modules.hub.hub import Hub
    from cdktf_app.modules.log_delivery.log_delivery import LogDelivery
    from cdktf_app.modules.spoke.spoke import Spoke

    app = App(skip_validation=True)
    for module in (Hub(app), Spoke(app), LogDelivery(app)):
        yield SynthesizedModule(
            name=module.name,
            about=module.about.read_text(),
            terraform=_with_null_defaults(module.to_terraform()),
            order=tuple(construct.node.path for construct in module.node.find_all()),
        )


def _with_null_defaults(terraform: dict[str, Any]) -> dict[str, Any]:
    """Give the inputs that may be null the default that CDKTF drops."""
    for variable in terraform.get("variable", {}).values():
        if variable.get("nullable", True):
            variable.setdefault("default", None)
    return terraform
