"""The README of a module: its text by hand, then tables of what it takes, gives and makes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from cdktf_app.emitter.expression.layout import layout
from cdktf_app.emitter.expression.parser import parse_expression
from cdktf_app.emitter.header import markdown_header
from cdktf_app.emitter.module import SynthesizedModule
from cdktf_app.emitter.value import literal_of

_NONE = "n/a"
_MARKDOWN = re.compile(r"[|`*\\\[\]]|(?<!\w)_|_(?!\w)")
"""What Markdown would still take for markup inside of HTML: an underscore not inside of a word."""

_LEGEND = "What is dashed, the defaults of the inputs leave out."

_LIST_ITEMS = ("- ", "* ")


def readme(module: SynthesizedModule, addresses: dict[str, list[str]], diagram: str = "") -> str:
    """Render a README that is emitted as a whole.

    Args:
        module: The module.
        addresses: The addresses of its resources, data sources and module calls, by file.
        diagram: A picture of it, as Mermaid's source.
    """
    parts = [markdown_header(module.name), (module.about or "").strip()]
    if diagram:
        parts += ["## What it makes", mermaid(diagram), _LEGEND]
    parts.append(tables(module, addresses))
    return "\n\n".join(filter(None, parts)) + "\n"


def mermaid(diagram: str) -> str:
    """Set a diagram as Markdown."""
    return f"```mermaid\n{diagram.strip()}\n```"


def tables(module: SynthesizedModule, addresses: dict[str, list[str]], level: int = 2) -> str:
    """Render the tables of what a module needs, takes, gives and makes, each below a heading of that level."""
    terraform = module.terraform
    sections = [
        ("Requirements", _table(("Name", "Version"), _requirements(terraform.get("terraform", {})))),
        (
            "Inputs",
            _table(
                ("Name", "Description", "Type", "Default", "Required"), _inputs(terraform.get("variable", {}))
            ),
        ),
        ("Outputs", _table(("Name", "Description"), _outputs(terraform.get("output", {})))),
        ("Resources", _table(("Address", "File"), _resources(addresses))),
    ]
    return "\n\n".join(f"{'#' * level} {title}\n\n{table}" for title, table in sections if table)


def _requirements(settings: dict[str, Any]) -> Iterable[tuple[str, ...]]:
    if "required_version" in settings:
        yield "Terraform", _code(settings["required_version"])
    for name, provider in settings.get("required_providers", {}).items():
        yield provider.get("source", name), _code(provider.get("version", "any"))


def _inputs(variables: dict[str, Any]) -> Iterable[tuple[str, ...]]:
    for name, variable in variables.items():
        type_lines = layout(parse_expression(variable.get("type", "any")))
        default = layout(literal_of(variable["default"])) if "default" in variable else None
        yield (
            _code(name),
            _prose(variable.get("description", "")),
            _code("\n".join(type_lines)),
            _NONE if default is None else _code("\n".join(default)),
            "yes" if default is None else "no",
        )


def _outputs(outputs: dict[str, Any]) -> Iterable[tuple[str, ...]]:
    for name, output in outputs.items():
        yield _code(name), _prose(output.get("description", ""))


def _resources(addresses: dict[str, list[str]]) -> Iterable[tuple[str, ...]]:
    for file, names in addresses.items():
        for name in names:
            yield _code(name), f"[{file}]({file})"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [_row(row) for row in rows]
    return "\n".join([_row(head), _row(tuple("---" for _ in head)), *lines]) if lines else ""


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    """Set code in a table's cell: Markdown's own form where it can hold it, else HTML's."""
    if "\n" not in text and "`" not in text:
        return f"`{_bars(text)}`"
    # In HTML, Markdown would still see emphasis, bars and the like.
    escaped = html.escape(text, quote=False)
    escaped = _MARKDOWN.sub(lambda found: f"&#{ord(found.group())};", escaped)
    if "\n" in text:
        return f"<pre>{escaped.replace(chr(10), '<br>')}</pre>"
    return f"<code>{escaped}</code>"


def _prose(text: str) -> str:
    """Set a description, which is Markdown, in a table's cell: paragraphs and list items become HTML's lines."""
    lines: list[str] = []
    for line in map(str.strip, text.strip().splitlines()):
        if lines and lines[-1] and line and not line.startswith(_LIST_ITEMS):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return _bars("<br>".join(lines))


def _bars(text: str) -> str:
    return text.replace("|", "\\|")
