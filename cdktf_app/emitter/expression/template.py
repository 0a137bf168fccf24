r"""Parses templates: quoted strings, and the bare strings of Terraform's JSON syntax.

Directives (`%{if …}`), strip markers (`${~ … ~}`) and heredocs inside of an expression are refused: the modules
do without, because conditionals, `for` expressions and strings with `\n` say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from cdktf_app.emitter.expression.nodes import Expression, Interpolation, Marker, Template
from cdktf_app.emitter.expression.scanner import Scanner

Parse: TypeAlias = Callable[[Scanner], Expression]
"""The parser of the expressions inside of a template, which in turn calls the functions of this module."""

_TOKEN = re.compile(r"TfToken\[[a-zA-Z0-9:._-]+\]\}")
"""What follows the `${` of a CDKTF token in a string (`VALID_KEY_CHARS` of cdktf/lib/tokens/private/encoding.js)."""

_INTRODUCER = re.compile(r"(\$+|%+)\{")
_QUOTED_STOP = re.compile(r'["\\]|(?:\$+|%+)\{|\n')
_ESCAPE = re.compile(r'\\(?:([nrt"\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def bare(text: str, parse: Parse) -> Template:
    """Parse a template without quotes, in which a backslash stands for itself."""
    scanner = Scanner(text)
    parts: list[str | Interpolation] = []
    while scanner.position < len(text):
        found = _INTRODUCER.search(text, scanner.position)
        parts.append(text[scanner.position : found.start() if found else len(text)])
        if not found:
            break
        scanner.position = found.end()
        parts.append(_introduced(scanner, parse, found.group(1)))
    return _template(parts)


def quoted(scanner: Scanner, parse: Parse) -> Template:
    """Parse a quoted string; the cursor is behind its opening quote."""
    parts: list[str | Interpolation] = []
    while True:
        found = _QUOTED_STOP.search(scanner.text, scanner.position)
        if not found or found.group() == "\n":
            raise scanner.error("a quoted string does not end")
        parts.append(scanner.text[scanner.position : found.start()])
        scanner.position = found.end()
        match found.group():
            case '"':
                return _template(parts)
            case "\\":
                scanner.position -= 1
                parts.append(_escaped(scanner))
            case introducer:
                parts.append(_introduced(scanner, parse, introducer[:-1]))


def _escaped(scanner: Scanner) -> str:
    found = _ESCAPE.match(scanner.text, scanner.position)
    if not found:
        raise scanner.error("an unknown escape sequence")
    scanner.position = found.end()
    simple, short, long = found.groups()
    return _ESCAPES[simple] if simple else chr(int(short or long, 16))


def _introduced(scanner: Scanner, parse: Parse, introducer: str) -> str | Interpolation:
    # `$${` and `%%{` are escapes; of a longer row, the last but one character escapes and the rest are literal.
    if len(introducer) > 1:
        return introducer[1:] + "{"
    if introducer == "%":
        raise scanner.error("template directives are not supported (use `?` or `for`; `%%{` is plain text)")
    if found := token(scanner):
        return Interpolation(found)
    with scanner.newlines(separate=False):
        if scanner.peek("~"):
            raise scanner.error("strip markers are not supported (use trimspace())")
        value = parse(scanner)
        # No white space is skipped here: behind the brace, it belongs to the string.
        scanner.expect("}")
    return Interpolation(value)


def token(scanner: Scanner) -> Marker | None:
    """Parse a token of CDKTF's; the cursor is behind its `${`."""
    found = _TOKEN.match(scanner.text, scanner.position)
    if not found:
        return None
    scanner.position = found.end()
    return Marker("${" + found.group())


def _template(parts: list[str | Interpolation]) -> Template:
    """Join neighbouring literal parts."""
    joined: list[str | Interpolation] = []
    for part in parts:
        if part == "":
            continue
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return Template(tuple(joined))
