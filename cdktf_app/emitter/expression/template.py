"""Parses templates: quoted strings, heredocs, and the bare strings of Terraform's JSON syntax."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from cdktf_app.emitter.errors import EmitError
from cdktf_app.emitter.expression.nodes import (
    Directive,
    Expression,
    Interpolation,
    Marker,
    Template,
)
from cdktf_app.emitter.expression.scanner import Scanner

Parse: TypeAlias = Callable[[Scanner], Expression]
"""The parser of the expressions inside of a template, which in turn calls the functions of this module."""

_TOKEN = re.compile(r"TfToken\[[a-zA-Z0-9:._-]+\]\}")
"""What follows the `${` of a CDKTF token in a string (`VALID_KEY_CHARS` of cdktf/lib/tokens/private/encoding.js)."""

_INTRODUCER = re.compile(r"(\$+|%+)\{")
_QUOTED_STOP = re.compile(r'["\\]|(?:\$+|%+)\{|\n')
_ESCAPE = re.compile(r'\\(?:([nrt"\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_HEREDOC = re.compile(r"<<(-?)([^\W\d][\w-]*)[ \t]*\r?\n")


def bare(text: str, parse: Parse) -> Template:
    """Parse a template without quotes, in which a backslash stands for itself."""
    scanner = Scanner(text)
    parts: list[str | Interpolation | Directive] = []
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
    parts: list[str | Interpolation | Directive] = []
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


def _introduced(scanner: Scanner, parse: Parse, introducer: str) -> str | Interpolation | Directive:
    # `$${` and `%%{` are escapes; of a longer row, the last but one character escapes and the rest are literal.
    if len(introducer) > 1:
        return introducer[1:] + "{"
    if found := token(scanner):
        return Interpolation(found)
    with scanner.newlines(separate=False):
        left = _strip_mark(scanner)
        read = _directive if introducer == "%" else _interpolation
        part = read(scanner, parse, left=left)
        # No white space is skipped here: behind the brace, it belongs to the string.
        scanner.expect("}")
    return part


def token(scanner: Scanner) -> Marker | None:
    """Parse a token of CDKTF's; the cursor is behind its `${`."""
    found = _TOKEN.match(scanner.text, scanner.position)
    if not found:
        return None
    scanner.position = found.end()
    return Marker("${" + found.group())


def _strip_mark(scanner: Scanner) -> bool:
    return bool(scanner.take("~"))


def _interpolation(scanner: Scanner, parse: Parse, *, left: bool) -> Interpolation:
    value = parse(scanner)
    return Interpolation(value, left, _strip_mark(scanner))


def _directive(scanner: Scanner, parse: Parse, *, left: bool) -> Directive:
    keyword = scanner.identifier()
    names: list[str] = []
    value = None
    match keyword:
        case "if":
            value = parse(scanner)
        case "for":
            names.append(scanner.identifier())
            if scanner.take(","):
                names.append(scanner.identifier())
            if not scanner.keyword("in"):
                raise scanner.error("expected 'in'")
            value = parse(scanner)
        case "else" | "endif" | "endfor":
            pass
        case _:
            raise scanner.error(f"unknown template directive {keyword!r}")
    return Directive(keyword, tuple(names), value, left, _strip_mark(scanner))


def heredoc(scanner: Scanner, parse: Parse) -> Template:
    """Parse a heredoc; the cursor is at its `<<`.

    Raises:
        EmitError: It does not end, or it is indented (`<<-`) and an interpolation in it has several lines, so
            that its indentation cannot be told from the interpolation's own.
    """
    found = _HEREDOC.match(scanner.text, scanner.position)
    if not found:
        raise scanner.error("a heredoc needs a name and a new line")
    flush, name = found.groups()
    end = re.compile(rf"^[ \t]*{re.escape(name)}(?=[ \t]*\r?$)", re.MULTILINE).search(
        scanner.text, found.end()
    )
    if not end:
        raise scanner.error(f"the heredoc {name} does not end")
    body = scanner.text[found.end() : end.start()]
    scanner.position = end.end()
    if flush:
        _refuse_spanning_parts(name, body, parse)
        body = _dedented(body)
    return bare(body, parse)


def _refuse_spanning_parts(name: str, body: str, parse: Parse) -> None:
    for line in body.splitlines():
        try:
            bare(line, parse)
        except EmitError as error:
            raise EmitError(
                f"in the indented heredoc <<-{name}, an interpolation goes over the end of a line, or does not "
                f"parse: write it on one line ({error})"
            ) from error


def _dedented(body: str) -> str:
    """Take away the indentation that all lines with content share, as HCL does for `<<-`."""
    lines = body.splitlines(keepends=True)
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    shared = min(indents, default=0)
    return "".join(line[shared:] if line.strip() else line for line in lines)


def _template(parts: list[str | Interpolation | Directive]) -> Template:
    """Join neighbouring literal parts."""
    joined: list[str | Interpolation | Directive] = []
    for part in parts:
        if part == "":
            continue
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return Template(tuple(joined))
