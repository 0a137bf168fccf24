"""A decoder for logfmt, with the rules of go-logfmt's (https://github.com/go-logfmt/logfmt/blob/main/decode.go)."""

import json
import re
from collections.abc import Iterator

# Every character up to the space, control characters included, is a gap between pairs.
_GAP = re.compile(r"[\x00-\x20]*")
_KEY = re.compile(r"[^\x00-\x20=\"']+")
_VALUE = re.compile(r"[^\x00-\x20=\"']*")
_DOUBLE_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SINGLE_QUOTED = re.compile(r"'([^']*)'", re.DOTALL)
_GAP_OR_END = re.compile(r"[\x00-\x20]|\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(text: str) -> Iterator[tuple[str, str]]:
    """Return the pairs of all lines of a text, in order, up to the first that breaks the rules.

    A key without `=` has an empty value.
    """
    for record in text.split("\n"):
        line = record.removesuffix("\r")
        position = _skip(_GAP, line, 0)
        while position < len(line):
            key = _KEY.match(line, position)
            if key is None or "\ufffd" in key[0]:
                return
            position = key.end()
            value = ""
            if line.startswith("=", position):
                scanned = _scan_value(line, position + 1)
                if scanned is None:
                    return
                value, position = scanned
            elif not _GAP_OR_END.match(line, position):
                return
            yield key[0], value
            position = _skip(_GAP, line, position)


def _skip(pattern: re.Pattern[str], line: str, position: int) -> int:
    match = pattern.match(line, position)
    return match.end() if match else position


def _scan_value(line: str, position: int) -> tuple[str, int] | None:
    """Return the value at a position and where it ends, None if it is not well formed."""
    if line.startswith('"', position):
        quoted = _DOUBLE_QUOTED.match(line, position)
        value = _unquote(quoted[1]) if quoted else None
        # After a quoted value the next key may follow without a gap.
        return None if quoted is None or value is None else (value, quoted.end())
    if line.startswith("'", position):
        quoted = _SINGLE_QUOTED.match(line, position)
        return None if quoted is None else (quoted[1], quoted.end())
    end = _skip(_VALUE, line, position)
    return (line[position:end], end) if _GAP_OR_END.match(line, end) else None


def _unquote(text: str) -> str | None:
    r"""Resolve the escapes of a value: JSON's, and `\'`. Control characters are allowed only if there are none."""
    if "\\" not in text:
        return text
    if any(character < " " for character in text):
        return None
    try:
        value: str = json.loads('"' + re.sub(r"\\(.)", _json_escape, text) + '"')
    except ValueError:
        return None
    return _SURROGATE.sub("\ufffd", value)


def _json_escape(escape: re.Match[str]) -> str:
    return "'" if escape[1] == "'" else escape[0]
