"""The function's settings: environment variables, read and checked once.

Names, defaults and meanings are those of Grafana's lambda-promtail
(https://grafana.com/docs/loki/latest/send-data/lambda-promtail/), so that its users keep theirs. A variable that
is set to the empty string counts as not set: Terraform writes unset inputs that way.

Variables of lambda-promtail that change what reaches Loki, and that this version does not support, are refused when
they are set. Three others change nothing that reaches Loki, and are ignored: PRINT_LOG_LINE (log lines are never
written to the function's own log), LOG_LEVEL (the function's own log has one line for each object, at INFO or
above), and PIPELINE_TIMEOUT (it limits the stages of LOKI_STAGE_CONFIGS).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from .errors import ConfigurationError
from .logs import LOGGER

DEFAULT_BATCH_SIZE = 131_072
# Loki's default burst of a tenant (ingestion_burst_size_mb: 6): a larger push is refused however long one waits.
MAX_BATCH_SIZE = 6 * 1024 * 1024

_LABEL_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
# https://grafana.com/docs/loki/latest/operations/multi-tenancy/ (the rule of dskit's tenant package)
_TENANT_ID = re.compile(r"[a-zA-Z0-9!_.*'()-]{1,150}")
_SECRET_ARN = re.compile(r"arn:[a-z0-9-]+:(secretsmanager|ssm):")
# A header's value may hold visible ASCII characters and inner spaces (RFC 9110, section 5.5).
_HEADER_VALUE = re.compile(r"[!-~]([ -~]*[!-~])?")
# Variables of lambda-promtail, and what would happen if they were ignored.
_UNSUPPORTED = {
    "DROP_LABELS": "Loki would be sent the labels that it takes out.",
    "RELABEL_CONFIGS": "Loki would be sent labels unchanged, and streams that a rule drops.",
    "LOKI_STAGE_CONFIGS": "Loki would be sent lines unchanged: none dropped or masked, and no label taken from them.",
}
_UNSUPPORTED_SWITCHES = {
    "OMIT_EXTRA_LABELS_PREFIX": "the names in EXTRA_LABELS would keep their prefix __extra_, and queries without it "
    "would find nothing.",
    "SKIP_TLS_VERIFY": "a Loki whose certificate is not trusted would get nothing: certificates are always verified.",
}


@dataclass(frozen=True, slots=True)
class BasicAuth:
    """User name and password of HTTP basic authentication."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BearerToken:
    """A token sent as `Authorization: Bearer <token>`."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Config:
    """Checked settings.

    Attributes:
        write_address: Loki's push URL, ending in /loki/api/v1/push.
        credentials: How to authenticate at Loki; None sends no credentials.
        tenant_id: Sent as X-Scope-OrgID; None sends no such header.
        keep_stream: Add the log stream's name as a label. It concerns CloudWatch Logs only, so it changes nothing
            for load balancer logs.
        batch_size: Bytes of one push before compression.
        extra_labels: Labels added to every stream, by full name (with the prefix `__extra_`).
    """

    write_address: str
    credentials: BasicAuth | BearerToken | None = None
    tenant_id: str | None = None
    keep_stream: bool = False
    batch_size: int = DEFAULT_BATCH_SIZE
    extra_labels: Mapping[str, str] = field(default_factory=dict)


def read_config(environment: Mapping[str, str]) -> Config:
    """Make the settings from environment variables.

    Raises:
        ConfigurationError: A value cannot be used, or a variable is not supported. The message names the variable,
            the value (unless it is a secret) and what is allowed.
    """
    _refuse_unsupported(environment)
    return Config(
        write_address=_write_address(environment.get("WRITE_ADDRESS", "")),
        credentials=_credentials(environment),
        tenant_id=_tenant_id(environment.get("TENANT_ID", "")),
        keep_stream=_boolean("KEEP_STREAM", environment.get("KEEP_STREAM", "")),
        batch_size=_batch_size(environment.get("BATCH_SIZE", "")),
        extra_labels=_extra_labels(environment.get("EXTRA_LABELS", "")),
    )


def _write_address(value: str) -> str:
    allowed = "the full push URL, such as https://loki.example.com/loki/api/v1/push"
    if not value:
        raise ConfigurationError(f"WRITE_ADDRESS is not set. It must be {allowed}.")
    try:
        url = parse_url(value)
    except LocationParseError:
        url = Url()
    if url.auth:
        # The value is left out of the message: it holds a password.
        raise ConfigurationError(
            "WRITE_ADDRESS holds credentials (user:password@). Set USERNAME and PASSWORD instead."
        )
    if url.scheme not in ("http", "https") or not url.host or url.fragment or re.search(r"\s", value):
        raise ConfigurationError(
            f"WRITE_ADDRESS is {value!r}, which is not an HTTP(S) URL. It must be {allowed}."
        )
    return value


def _credentials(environment: Mapping[str, str]) -> BasicAuth | BearerToken | None:
    username, password, token = (
        _secret(name, environment.get(name, "")) for name in ("USERNAME", "PASSWORD", "BEARER_TOKEN")
    )
    if token and (username or password):
        raise ConfigurationError(
            "BEARER_TOKEN is set together with USERNAME or PASSWORD. Set either BEARER_TOKEN or both USERNAME and "
            "PASSWORD."
        )
    if bool(username) != bool(password):
        given, missing = ("USERNAME", "PASSWORD") if username else ("PASSWORD", "USERNAME")
        raise ConfigurationError(f"{given} is set, but {missing} is not. Set both, or neither of them.")
    if token:
        if not _HEADER_VALUE.fullmatch(token):
            raise ConfigurationError(
                "BEARER_TOKEN holds characters that an HTTP header cannot carry, such as a line end. It must be the "
                "bare token."
            )
        return BearerToken(token)
    if ":" in username:
        raise ConfigurationError(
            "USERNAME holds a colon, which basic authentication does not allow in a user name (RFC 7617)."
        )
    return BasicAuth(username, password) if username else None


def _secret(name: str, value: str) -> str:
    if _SECRET_ARN.match(value):
        raise ConfigurationError(
            f"{name} is the ARN of a Secrets Manager secret or SSM parameter. This version takes plain values only: "
            f"set {name} to the value that is stored there."
        )
    return value


def _tenant_id(value: str) -> str | None:
    if value and (not _TENANT_ID.fullmatch(value) or value in (".", "..")):
        raise ConfigurationError(
            f"TENANT_ID is {value!r}. Loki allows up to 150 letters, digits and the characters ! - _ . * ' ( ), and "
            "neither '.' nor '..'."
        )
    return value or None


def _boolean(name: str, value: str) -> bool:
    """Read a switch as lambda-promtail does: whatever is not `true`, in any case of letters, is false."""
    if value.lower() not in ("", "true", "false"):
        LOGGER.warning("%s is %r, which counts as false. Set it to true or false.", name, value)
    return value.lower() == "true"


def _refuse_unsupported(environment: Mapping[str, str]) -> None:
    for name, otherwise in _UNSUPPORTED.items():
        if environment.get(name):
            raise ConfigurationError(_unsupported(name, otherwise))
    for name, otherwise in _UNSUPPORTED_SWITCHES.items():
        if _boolean(name, environment.get(name, "")):
            raise ConfigurationError(_unsupported(name, otherwise))


def _unsupported(name: str, otherwise: str) -> str:
    return (
        f"{name} is set, but this version does not support it. If it were ignored, {otherwise} Remove {name}."
    )


def _batch_size(value: str) -> int:
    if not value:
        return DEFAULT_BATCH_SIZE
    if not re.fullmatch(r"[0-9]{1,9}", value) or not 1 <= int(value) <= MAX_BATCH_SIZE:
        raise ConfigurationError(
            f"BATCH_SIZE is {value!r}. It must be a whole number of bytes from 1 to {MAX_BATCH_SIZE}."
        )
    return int(value)


def _extra_labels(value: str) -> dict[str, str]:
    """Read `name1,value1,name2,value2`. An empty value leaves its label out: for Loki the two are the same."""
    if not value:
        return {}
    parts = value.split(",")
    if len(parts) % 2:
        raise ConfigurationError(
            f"EXTRA_LABELS is {value!r}, a list of {len(parts)} parts. It must be pairs: name1,value1,name2,value2."
        )
    labels: dict[str, str] = {}
    for name, label_value in zip(parts[::2], parts[1::2], strict=True):
        if not _LABEL_NAME.fullmatch(name):
            raise ConfigurationError(
                f"EXTRA_LABELS is {value!r}; {name!r} is not a label name. Allowed are letters, digits and "
                "underscores, without a digit at the start."
            )
        if f"__extra_{name}" in labels:
            raise ConfigurationError(f"EXTRA_LABELS is {value!r}; the name {name!r} is there twice.")
        labels[f"__extra_{name}"] = label_value
    return {name: label_value for name, label_value in labels.items() if label_value}
