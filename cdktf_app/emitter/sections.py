"""Sections of a file that is written by hand: the emitter replaces what is between two lines, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from cdktf_app.emitter.errors import EmitError


@dataclass(frozen=True, slots=True)
class Sections:
    """The emitted sections of one Markdown file, by their names."""

    texts: dict[str, str]

    def placed_in(self, content: str, file: str) -> str:
        """Put the sections into a file's content.

        Args:
            content: What the file holds now.
            file: How a message names it.

        Raises:
            EmitError: The content does not have the two lines of a section exactly once, in their order.
        """
        for name, text in self.texts.items():
            begin, end = f"<!-- BEGIN {name} -->\n", f"<!-- END {name} -->\n"
            head, found, rest = content.partition(begin)
            _, ended, tail = rest.partition(end)
            if not (found and ended) or begin in rest or end in head + tail:
                raise EmitError(
                    f"{file}: put the lines {begin.strip()!r} and {end.strip()!r} into it, once and in this order, "
                    "where the emitted section is to stand"
                )
            content = f"{head}{begin}\n{text.strip()}\n\n{end}{tail}"
        return content
