"""A cursor over the text of an expression: white space, tokens, and errors that show the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from cdktf_app.emitter.errors import EmitError

_COMMENT = r"(?:\#|//)[^\n]*|/\*.*?\*/"
_SPACE = re.compile(rf"(?:[ \t\r]|{_COMMENT})*", re.DOTALL)
_SPACE_AND_NEWLINES = re.compile(rf"(?:[ \t\r\n]|{_COMMENT})*", re.DOTALL)

IDENTIFIER = re.compile(r"[^\W\d][\w-]*")
"""Letters, digits, `_` and `-`, not starting with a digit or `-`."""

NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
DIGITS = re.compile(r"\d+")

_SHOWN = 60


class Scanner:
    """Reads `text` from its start. Newlines count as white space, save directly inside of an object's braces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self._newlines_separate = False

    @contextmanager
    def newlines(self, *, separate: bool) -> Iterator[None]:
        """Set whether newlines separate the entries of an object, for as long as the context lasts."""
        before, self._newlines_separate = self._newlines_separate, separate
        try:
            yield
        finally:
            self._newlines_separate = before

    def skip_space(self) -> None:
        """Go past white space and comments."""
        space = _SPACE if self._newlines_separate else _SPACE_AND_NEWLINES
        if found := space.match(self.text, self.position):
            self.position = found.end()

    def take(self, *tokens: str) -> str:
        """Go past white space and the first of `tokens` that stands there; the empty string when none does."""
        self.skip_space()
        for token in tokens:
            if self.text.startswith(token, self.position):
                self.position += len(token)
                return token
        return ""

    def peek(self, *tokens: str) -> bool:
        """Tell whether one of `tokens` comes next, behind white space."""
        self.skip_space()
        return self.text.startswith(tokens, self.position)

    def expect(self, token: str) -> None:
        """Go past `token`.

        Raises:
            EmitError: Something else stands there.
        """
        if not self.take(token):
            raise self.error(f"expected {token!r}")

    def match(self, pattern: re.Pattern[str]) -> str:
        """Go past white space and what `pattern` matches there; the empty string when it does not."""
        self.skip_space()
        found = pattern.match(self.text, self.position)
        if not found:
            return ""
        self.position = found.end()
        return found.group()

    def identifier(self) -> str:
        """Go past an identifier.

        Raises:
            EmitError: There is none.
        """
        name = self.match(IDENTIFIER)
        if not name:
            raise self.error("expected a name")
        return name

    def keyword(self, word: str) -> bool:
        """Go past `word` when it comes next as a whole identifier."""
        start = self.position
        if self.match(IDENTIFIER) == word:
            return True
        self.position = start
        return False

    def error(self, reason: str) -> EmitError:
        """Make an error that quotes the text around the cursor."""
        start = max(0, self.position - _SHOWN)
        before, after = self.text[start : self.position], self.text[self.position : self.position + _SHOWN]
        return EmitError(
            f"cannot read the Terraform expression: {reason} at the mark in {before + '⟨here⟩' + after!r}. "
            "Mend the expression where the construct sets it."
        )
