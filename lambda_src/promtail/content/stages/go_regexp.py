r"""Regular expressions as Go's `regexp` package has them, which Promtail and Prometheus use.

They are RE2's (https://github.com/google/re2/wiki/Syntax), so matching takes time linear in the length of the text:
no line can hang the function. That is what lambda-promtail's PIPELINE_TIMEOUT is for, which therefore has no use here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol, cast

import re2  # type: ignore[import-untyped]


class Match(Protocol):
    """A match: the part of Python's `re.Match` that is used."""

    def group(self, group: int) -> str | None:
        """Return the text of a group, None if the group is not part of the match."""

    def groups(self, default: str) -> tuple[str, ...]:
        """Return the texts of all groups but the whole match."""

    def span(self, group: int = 0) -> tuple[int, int]:
        """Return where a group starts and ends, (-1, -1) if it is not part of the match."""


class Regexp(Protocol):
    """A compiled regular expression: the part of Python's `re.Pattern` that is used."""

    @property
    def groups(self) -> int:
        """How many groups there are."""

    @property
    def groupindex(self) -> Mapping[str, int]:
        """The numbers of the named groups."""

    def search(self, text: str) -> Match | None:
        """Return the first match."""

    def finditer(self, text: str) -> Iterator[Match]:
        """Return all matches that do not overlap."""


# RE2 has it, Go has not: it matches a single byte, which may be a part of a character only.
_ANY_BYTE = re.compile(r"(?<!\\)(?:\\\\)*\\C")


def compile_regexp(expression: str) -> Regexp:
    """Compile a regular expression.

    Raises:
        ValueError: It is not valid. The message says why.
    """
    if _ANY_BYTE.search(expression):
        raise ValueError(r"invalid escape sequence: \C")
    options = re2.Options()
    options.log_errors = False
    try:
        return cast(Regexp, re2.compile(expression, options))
    except re2.error as error:
        reason = error.args[0]
        raise ValueError(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason) from None


def compile_anchored(expression: str) -> Regexp:
    """Compile a regular expression that matches whole texts, line ends included, as Prometheus does.

    https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config

    Raises:
        ValueError: It is not valid. The message says why.
    """
    return compile_regexp(f"^(?s:{expression})$")


def find_all(regexp: Regexp, text: str) -> Iterator[Match]:
    """Return the matches that Go's FindAll finds: none that is empty and touches the one before it."""
    end = -1
    for match in regexp.finditer(text):
        start, stop = match.span()
        if start == stop == end:
            continue
        end = stop
        yield match


class Template:
    """A replacement, such as `${1}-$name`, as Go's Expand reads it (https://pkg.go.dev/regexp#Regexp.Expand)."""

    # A name is as long as possible: `$1x` is `${1x}`. A dollar sign before anything else stands for itself.
    _REFERENCE = re.compile(r"\$(?:(\$)|(\w+)|\{(\w+)\})")
    _NUMBER = re.compile(r"0|[1-9][0-9]{0,7}", re.ASCII)

    def __init__(self, template: str, regexp: Regexp) -> None:
        self._parts: list[str | int] = []
        end = 0
        for reference in self._REFERENCE.finditer(template):
            self._parts.append(template[end : reference.start()])
            end = reference.end()
            if reference[1]:
                self._parts.append("$")
            else:
                group = self._group(reference[2] or reference[3], regexp)
                if group is not None:
                    self._parts.append(group)
        self._parts.append(template[end:])

    def _group(self, name: str, regexp: Regexp) -> int | None:
        if self._NUMBER.fullmatch(name):
            return int(name) if int(name) <= regexp.groups else None
        return regexp.groupindex.get(name)

    def expand(self, match: Match) -> str:
        """Return the replacement for a match. What names no group, or one that is not in the match, is left out."""
        return "".join(part if isinstance(part, str) else match.group(part) or "" for part in self._parts)
