"""Modules as they are synthesized, written down in a few lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cdktf_app.emitter.module import SynthesizedModule

Make = Callable[..., SynthesizedModule]


@pytest.fixture
def make() -> Make:
    """Makes a module of its resources, by address and with the concern that each is of."""

    def module(
        resources: dict[str, dict[str, Any]], name: str = "hub", **terraform: Any
    ) -> SynthesizedModule:
        blocks: dict[str, dict[str, Any]] = {}
        order: list[str] = []
        for address, content in resources.items():
            type_name, _, own = address.partition(".")
            path = f"{name}/{content.get('concern', 'main')}/{address}"
            order.append(path)
            arguments = {key: value for key, value in content.items() if key != "concern"}
            blocks.setdefault(type_name, {})[own] = {**arguments, "//": {"metadata": {"path": path}}}
        return SynthesizedModule(name, "# x", {"resource": blocks, **terraform}, tuple(order), Path())

    return module
