"""The first line of every emitted file: it warns the reader, and tells the emitter its own files from others'."""

from __future__ import annotations

_MARK = "Emitted by cdktf_app. Do not edit"


def hcl_header(module: str) -> str:
    """The first line of an emitted `.tf` file; a comment in YAML, too."""
    return f"# {_text(module)}"


def markdown_header(module: str) -> str:
    """The first line of an emitted README, which a rendered page does not show."""
    return f"<!-- {_text(module)} -->"


def is_emitted(content: str) -> bool:
    """Tell whether a file is one that the emitter wrote."""
    return _MARK in content.partition("\n")[0]


def _text(module: str) -> str:
    package = module.replace("-", "_")
    return f"{_MARK}: change cdktf_app/modules/{package} and run `make modules`."
