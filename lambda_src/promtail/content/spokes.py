"""What the lines of one bucket get besides: the tenant and the labels of its spoke.

Terraform writes the setting: `jsonencode(...)`, or `base64gzip(jsonencode(...))` where there are many spokes, since all
environment variables of a function have 4 KB together:
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import ConfigurationError, EventError
from ..triggers.gunzip import gunzip
from .labels import LABEL_NAME, LABEL_NAMES_ALLOWED
from .tenants import TENANT_ID, TENANTS_ALLOWED

MAX_BYTES = 256 * 1024
"""The most that SPOKES may expand to: some thousand spokes, and little for the memory of a function."""

_MEMBERS = frozenset({"tenant", "labels"})
_ALLOWED = (
    'It must be a JSON object such as {"<bucket>": {"tenant": "team-a", "labels": {"team": "a"}}}, in which both '
    "members may be missing; or, in base64, the gzip of one."
)


@dataclass(frozen=True, slots=True)
class Spoke:
    """What the lines of a bucket get.

    Attributes:
        tenant: Their tenant, where no rule of TENANT_RULES has another one; None for that of all.
        labels: Labels by full name. They win over those of EXTRA_LABELS, also with an empty value, which is no label.
    """

    tenant: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


def parse_spokes(value: str, prefix: str) -> dict[str, Spoke]:
    """Read SPOKES.

    Args:
        value: The variable's value.
        prefix: What the names of labels begin with, as those of EXTRA_LABELS do.

    Returns:
        What the lines of each bucket get, by the bucket's name. An empty value is no spokes.

    Raises:
        ConfigurationError: It cannot be unpacked, is no object of spokes, or a spoke has a member that cannot be used.
    """
    if not value:
        return {}
    text = value if value.startswith("{") else _unpack(value)
    try:
        spokes = json.loads(text)
        # A lone surrogate, which JSON can name, would make every line that gets it impossible to send.
        json.dumps(spokes, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"SPOKES is {text!r}, which is not JSON ({error}). {_ALLOWED}") from error
    if not isinstance(spokes, dict):
        raise ConfigurationError(f"SPOKES is {text!r}, which is not an object. {_ALLOWED}")
    return {bucket: _spoke(bucket, spoke, prefix) for bucket, spoke in spokes.items()}


def _unpack(value: str) -> str:
    try:
        return gunzip(base64.b64decode(value, validate=True), MAX_BYTES).decode()
    except (binascii.Error, EventError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"SPOKES is {value!r}, which does not begin with {{, and is no gzip in base64 either ({error}). {_ALLOWED}"
        ) from error


def _spoke(bucket: str, spoke: object, prefix: str) -> Spoke:
    def refuse(reason: str) -> ConfigurationError:
        return ConfigurationError(
            f"SPOKES holds {json.dumps(spoke)} for the bucket {bucket!r}: {reason} {_ALLOWED}"
        )

    if not bucket:
        raise refuse("the bucket's name must not be empty.")
    if not isinstance(spoke, dict) or not spoke.keys() <= _MEMBERS:
        raise refuse("it must be an object with the members tenant and labels.")
    tenant, labels = spoke.get("tenant"), spoke.get("labels", {})
    if "tenant" in spoke and not (isinstance(tenant, str) and TENANT_ID.fullmatch(tenant)):
        raise refuse(f"`tenant` must be a string; Loki allows {TENANTS_ALLOWED}.")
    if not isinstance(labels, dict) or not all(isinstance(label, str) for label in labels.values()):
        raise refuse("`labels` must be an object of strings.")
    for name in labels:
        if not LABEL_NAME.fullmatch(name):
            raise refuse(f"{name!r} is not a label name; allowed are {LABEL_NAMES_ALLOWED}.")
    return Spoke(tenant, {prefix + name: label for name, label in labels.items()})
