"""Writes strings: the escapes of quoted strings and of heredocs."""

from __future__ import annotations

import re

from cdktf_app.emitter.errors import EmitError

_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "\\": r"\\"}
_INTRODUCER = re.compile(r"[$%](?=\{)")
_PLAIN = re.compile(r"[ !#-\[\]-~]*")
"""Printable ASCII without quote and backslash: most strings are nothing else."""


def escape_quoted(text: str, *, interpolation_follows: bool = False) -> str:
    """Escape a literal part of a quoted string, which an interpolation may follow."""
    if not _PLAIN.fullmatch(text):
        text = "".join(map(_escape_character, text))
    text = _escape_introducers(text)
    # In `$${x}` the row would be an escape, so a dollar sign in front of an interpolation is written by number.
    if interpolation_follows and text.endswith("$"):
        text = text[:-1] + r"\u0024"
    return text


def escape_heredoc(text: str) -> str:
    """Escape a literal part of a heredoc, where only `${` and `%{` need it."""
    return _escape_introducers(text)


def _escape_introducers(text: str) -> str:
    return _INTRODUCER.sub(lambda found: found.group() * 2, text)


def _escape_character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    number = ord(character)
    if 0xD800 <= number <= 0xDFFF:
        raise EmitError(f"the string holds half a character (surrogate U+{number:04X}): mend its source")
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def fits_heredoc(text: str) -> bool:
    """Tell whether an indented heredoc (`<<-EOT`) stands for exactly this text, with its last line ended.

    HCL takes away the indentation that all lines share; so one line must have none of its own, and none may be
    of white space only. Control characters cannot be written in a heredoc, and a combining character at the
    start of a line would join the indentation.
    """
    lines = text.split("\n")
    filled = [line for line in lines if line]
    return (
        any(not line[0].isspace() for line in filled)
        and all(line.strip() and all(c.isprintable() or c == "\t" for c in line) for line in filled)
        and all(line[0].isascii() or line[0].isalnum() for line in filled)
        and "EOT" not in (line.strip() for line in filled)
    )
