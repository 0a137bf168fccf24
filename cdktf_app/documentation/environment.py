"""The function's environment variables and the fields of load balancer lines, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent

from promtail.content.load_balancer.fields import FIELDS
from promtail.settings.variables import ADDITIONS, CONTRACT, Variable


def environment_page() -> str:
    """Return the text of `docs/environment.md`."""
    fields = "\n".join(
        f"| `{kind}` | {', '.join(f'`{name}`' for name in names)} |" for kind, names in FIELDS.items()
    )
    return (
        dedent(
            """\
            <!-- Written by `make docs` from lambda_src/promtail/settings/variables.py. Change it there. -->
            # Environment variables of the function

            The hub module sets them from its inputs. A variable that is set to the empty string counts as not set. All
            are read once, at start; a wrong value fails the start with the variable's name, the value (unless it is a
            secret) and what is allowed.

            ## Those of lambda-promtail

            Labels pass, in this order, through EXTRA_LABELS, DROP_LABELS, RELABEL_CONFIGS and LOKI_STAGE_CONFIGS.

            """
        )
        + _table(CONTRACT)
        + dedent(
            """
            ## Those of this function

            All are off by default, or change nothing that arrives in Loki.

            """
        )
        + _table(ADDITIONS)
        + dedent(
            """
            ## Fields of load balancer lines

            For STRUCTURED_METADATA, and for the rules in FILTER_RULES. A field that a line does not have (`-`) is left
            out.

            | kind | fields |
            | --- | --- |
            """
        )
        + fields
        + "\n"
    )


def _table(variables: Iterable[Variable]) -> str:
    rows = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for variable in variables:
        default = (
            "required" if variable.default is None else f"`{variable.default}`" if variable.default else ""
        )
        rows.append(f"| `{variable.name}` | {default} | {variable.meaning.replace('|', chr(92) + '|')} |")
    return "\n".join(rows) + "\n"
