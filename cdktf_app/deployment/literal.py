"""Values of the deployment file as Terraform has to be given them to take them as they are."""

from __future__ import annotations

import json
from typing import Any


def literal(value: Any) -> Any:
    """Escape what Terraform would evaluate: in a regular expression or a replacement, `${1}` means something else."""
    match value:
        case str():
            return value.replace("${", "$${").replace("%{", "%%{")
        case dict():
            return {literal(key): literal(item) for key, item in value.items()}
        case list():
            return [literal(item) for item in value]
        case _:
            return value


def with_nulls(value: Any) -> str:
    """Pass a value that may hold nulls, which CDKTF would drop: a stage's `{level: null}` says something."""
    return "${jsondecode(" + json.dumps(literal(json.dumps(value))) + ")}"
