"""Reads what an apply or a destroy of Terraform prints."""

from __future__ import annotations

import re

# The lines of Terraform's human-readable view; the time reads 10s before version 1.12 and 00m10s since.
# https://github.com/hashicorp/terraform/blob/main/internal/command/views/hook_ui.go
_LINE = re.compile(
    r"""^(?P<address>\S.*?):\ (?:
        (?P<complete>(?:Creation|Modifications|Destruction)\ complete)
        | Still\ \w+\.\.\.\ \[(?:.*,\ )?(?P<elapsed>\w+)\ elapsed\]
        | (?:Creating|Modifying|Destroying)\.\.\.
    )""",
    re.MULTILINE | re.VERBOSE,
)
_NAMED = 3


def summary(printed: str) -> str:
    """Say how many resources are done, and which ones Terraform works on, those it names for longest first.

    Empty as long as it works on none.
    """
    done = 0
    working: dict[str, str] = {}
    for line in _LINE.finditer(printed):
        address = line["address"]
        if line["complete"]:
            working.pop(address, None)
            done += 1
        else:
            working[address] = line["elapsed"] or working.get(address, "")
    if not done and not working:
        return ""
    counted = f"{done} resource{'' if done == 1 else 's'} done"
    if not working:
        return counted
    slowest = sorted(working, key=lambda address: not working[address])
    named = [
        f"{address} ({working[address]})" if working[address] else address for address in slowest[:_NAMED]
    ]
    if len(slowest) > _NAMED:
        named.append(f"{len(slowest) - _NAMED} more")
    return f"{counted}, waiting for {', '.join(named)}"
