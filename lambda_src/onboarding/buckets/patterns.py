"""Patterns of IAM, in which `*` stands for any characters and `?` for one."""

from __future__ import annotations

import re


def matches(pattern: str, text: str) -> bool:
    """Whether `pattern` matches the whole of `text`."""
    expression = "".join({"*": ".*", "?": "."}.get(letter) or re.escape(letter) for letter in pattern)
    return re.fullmatch(expression, text, re.DOTALL) is not None


def intersect(first: str, second: str) -> bool:
    """Whether some text matches both patterns."""
    # reachable[j]: whether what was read of `first` and second[:j] match a text in common.
    reachable = [True]
    for letter in second:
        reachable.append(reachable[-1] and letter == "*")
    for letter in first:
        following = [reachable[0] and letter == "*"]
        for position, other in enumerate(second):
            if letter == "*" or other == "*":
                following.append(reachable[position + 1] or following[position])
            else:
                following.append(reachable[position] and (letter == other or "?" in (letter, other)))
        reachable = following
    return reachable[-1]
