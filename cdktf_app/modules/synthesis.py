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

    from cdktf_app.modules.alb_onboarding.alb_onboarding import AlbOnboarding
    from cdktf_app.modules.hub.hub import Hub
    from cdktf_app.modules.log_delivery.log_delivery import LogDelivery
    from cdktf_app.modules.root.root import Root
    from cdktf_app.modules.spoke.spoke import Spoke

    app = App(skip_validation=True)
    terraform: dict[str, dict[str, Any]] = {}
    for module in (Hub(app), Spoke(app), LogDelivery(app), AlbOnboarding(app)):
        made = _synthesized(module, Path("modules", module.name), module.about.read_text())
        terraform[made.name] = made.terraform
        yield made
    # Its README is the repository's, written by hand but for the tables.
    yield _synthesized(Root(app, terraform["hub"], terraform["spoke"]), Path(), about=None)


def _synthesized(module: Module, folder: Path, about: str | None) -> SynthesizedModule:
    terraform = _with_null_defaults(module.to_terraform())
    order = tuple(construct.node.path for construct in module.node.find_all())
    return SynthesizedModule(module.name, about, terraform, order, folder, module.files())


def _with_null_defaults(terraform: dict[str, Any]) -> dict[str, Any]:
    """Give the inputs that may be null the default that CDKTF drops."""
    for variable in terraform.get("variable", {}).values():
        if variable.get("nullable", True):
            variable.setdefault("default", None)
    return terraform
