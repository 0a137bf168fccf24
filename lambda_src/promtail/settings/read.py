"""Makes the settings from environment variables.

A variable that is set to the empty string counts as not set: Terraform writes unset inputs that way. What parses a
setting that most functions do not use is imported only when it is set.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, cast

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from ..content.labels import LABEL_NAME, LABEL_NAMES_ALLOWED
from ..content.tenants import TENANT_ID, TENANTS_ALLOWED, parse_tenant_rules
from ..errors import ConfigurationError
from ..secrets import parse_secret
from . import variables
from .settings import BasicAuth, BearerToken, Settings

if TYPE_CHECKING:
    from ..content.load_balancer import ContentOptions
    from ..content.relabel import RelabelRule
    from ..content.spokes import Spoke
    from ..content.stages import Pipeline
    from ..parking import BucketDestination, QueueDestination

# A header's value may hold visible ASCII characters and inner spaces (RFC 9110, section 5.5).
_HEADER_VALUE = re.compile(r"[!-~]([ -~]*[!-~])?")
_LOG_LEVELS = {"debug": "DEBUG", "info": "INFO", "warn": "WARNING", "warning": "WARNING", "error": "ERROR"}
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html and PutMetricData's Namespace
_NAMESPACE = re.compile(r"(?!AWS/)[0-9A-Za-z._/#:-]{1,255}")


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Make the settings from environment variables.

    Raises:
        ConfigurationError: A value cannot be used. The message names the variable, the value (unless it is a secret)
            and what is allowed.
    """

    def value(name: str) -> str:
        return environment.get(name, "")

    omit_prefix = _boolean("OMIT_EXTRA_LABELS_PREFIX", value("OMIT_EXTRA_LABELS_PREFIX"), default=False)
    label_prefix = "" if omit_prefix else variables.EXTRA_LABELS_PREFIX
    return Settings(
        write_address=_write_address(value("WRITE_ADDRESS")),
        credentials=_credentials(value("USERNAME"), value("PASSWORD"), value("BEARER_TOKEN")),
        secret_lifetime=_number(
            "SECRET_LIFETIME",
            value("SECRET_LIFETIME"),
            variables.DEFAULT_SECRET_LIFETIME,
            0,
            86_400,
            "seconds",
        ),
        tenant_id=_tenant_id(value("TENANT_ID")),
        tenant_rules=parse_tenant_rules(value("TENANT_RULES")),
        spokes=_spokes(value("SPOKES"), label_prefix),
        ca_bundle=parse_secret("CA_BUNDLE", value("CA_BUNDLE")) or None,
        skip_tls_verify=_boolean("SKIP_TLS_VERIFY", value("SKIP_TLS_VERIFY"), default=False),
        batch_size=_number(
            "BATCH_SIZE",
            value("BATCH_SIZE"),
            variables.DEFAULT_BATCH_SIZE,
            1,
            variables.MAX_BATCH_SIZE,
            "bytes",
        ),
        push_concurrency=_number(
            "PUSH_CONCURRENCY",
            value("PUSH_CONCURRENCY"),
            variables.DEFAULT_PUSH_CONCURRENCY,
            1,
            variables.MAX_PUSH_CONCURRENCY,
            "pushes",
        ),
        max_line_size=_number(
            "MAX_LINE_SIZE",
            value("MAX_LINE_SIZE"),
            variables.DEFAULT_MAX_LINE_SIZE,
            variables.MIN_LINE_SIZE,
            1_048_576,
            "bytes",
        ),
        long_lines=cast(
            Literal["cut", "drop"], _choice("LONG_LINES", value("LONG_LINES"), "cut", ("cut", "drop"))
        ),
        refused_destination=_refused_destination(value("REFUSED_DESTINATION")),
        keep_stream=_boolean("KEEP_STREAM", value("KEEP_STREAM"), default=False),
        extra_labels=_extra_labels(value("EXTRA_LABELS"), label_prefix),
        drop_labels=frozenset(name for name in re.split(r"\s*,\s*", value("DROP_LABELS").strip()) if name),
        relabel_rules=_relabel_rules(value("RELABEL_CONFIGS")),
        stages=_stages(value("LOKI_STAGE_CONFIGS")),
        content=_content(environment),
        print_log_line=_boolean("PRINT_LOG_LINE", value("PRINT_LOG_LINE"), default=False),
        log_level=_LOG_LEVELS[_choice("LOG_LEVEL", value("LOG_LEVEL").lower(), "info", tuple(_LOG_LEVELS))],
        metrics_namespace=_metrics_namespace(value("METRICS_NAMESPACE")),
        partial_batch_responses=_boolean(
            "PARTIAL_BATCH_RESPONSES", value("PARTIAL_BATCH_RESPONSES"), default=True
        ),
    )


def _refused_destination(value: str) -> "QueueDestination | BucketDestination | None":
    if not value:
        return None
    from ..parking import parse_destination

    return parse_destination(value)


def _spokes(value: str, label_prefix: str) -> "Mapping[str, Spoke]":
    if not value:
        return {}
    from ..content.spokes import parse_spokes

    return parse_spokes(value, label_prefix)


def _relabel_rules(value: str) -> "tuple[RelabelRule, ...]":
    if not value:
        return ()
    from ..content.relabel import parse_relabel_configs

    return parse_relabel_configs(value)


def _stages(value: str) -> "Pipeline | None":
    if not value:
        return None
    from ..content.stages import parse_stage_configs

    return parse_stage_configs(value)


def _content(environment: Mapping[str, str]) -> "ContentOptions | None":
    names = ("STRUCTURED_METADATA", "LOAD_BALANCER_LABELS", "OUTPUT_FORMAT", "FILTER_RULES", "REDACT")
    metadata, labels, output_format, filter_rules, redact = (environment.get(name, "") for name in names)
    if output_format in ("", "original") and not any((metadata, labels, filter_rules, redact)):
        return None
    from ..content.load_balancer import options

    return options.ContentOptions(
        options.parse_structured_metadata(metadata),
        options.parse_load_balancer_labels(labels),
        options.parse_output_format(output_format),
        options.parse_filter_rules(filter_rules),
        options.parse_redact(redact),
    )


def _write_address(value: str) -> str:
    allowed = "the full push URL, such as https://loki.example.com/loki/api/v1/push"
    if not value:
        raise ConfigurationError(f"WRITE_ADDRESS is not set. It must be {allowed}.")
    try:
        url = parse_url(value)
    except LocationParseError:
        url = Url()
    if "@" in value:
        # The value is left out of the message: it holds a password.
        raise ConfigurationError(
            "WRITE_ADDRESS holds credentials (user:password@). Set USERNAME and PASSWORD instead."
        )
    if url.scheme not in ("http", "https") or not url.host or url.fragment or re.search(r"\s", value):
        raise ConfigurationError(
            f"WRITE_ADDRESS is {value!r}, which is not an HTTP(S) URL. It must be {allowed}."
        )
    return value


def _credentials(username: str, password: str, token: str) -> BasicAuth | BearerToken | None:
    if token and (username or password):
        raise ConfigurationError(
            "BEARER_TOKEN is set together with USERNAME or PASSWORD. Set either BEARER_TOKEN or both USERNAME and "
            "PASSWORD."
        )
    if bool(username) != bool(password):
        given, missing = ("USERNAME", "PASSWORD") if username else ("PASSWORD", "USERNAME")
        raise ConfigurationError(f"{given} is set, but {missing} is not. Set both, or neither of them.")
    if token:
        secret = parse_secret("BEARER_TOKEN", token)
        return BearerToken(check_token(secret) if isinstance(secret, str) else secret)
    if not username:
        return None
    name = parse_secret("USERNAME", username)
    return BasicAuth(
        check_username(name) if isinstance(name, str) else name, parse_secret("PASSWORD", password)
    )


def check_token(token: str) -> str:
    """Return a bearer token.

    Raises:
        ConfigurationError: A header cannot carry it.
    """
    if not _HEADER_VALUE.fullmatch(token):
        raise ConfigurationError(
            "BEARER_TOKEN holds characters that an HTTP header cannot carry, such as a line end. It must be the "
            "bare token."
        )
    return token


def check_username(username: str) -> str:
    """Return a user name.

    Raises:
        ConfigurationError: Basic authentication does not allow it.
    """
    if ":" in username:
        raise ConfigurationError(
            "USERNAME holds a colon, which basic authentication does not allow in a user name (RFC 7617)."
        )
    return username


def _tenant_id(value: str) -> str | None:
    if value and not TENANT_ID.fullmatch(value):
        raise ConfigurationError(f"TENANT_ID is {value!r}. Loki allows {TENANTS_ALLOWED}.")
    return value or None


def _boolean(name: str, value: str, *, default: bool) -> bool:
    if not value:
        return default
    if value.lower() not in ("true", "false"):
        # lambda-promtail takes anything else for false.
        raise ConfigurationError(f"{name} is {value!r}. It must be true or false.")
    return value.lower() == "true"


def _number(name: str, value: str, default: int, least: int, most: int, unit: str) -> int:
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise ConfigurationError(
            f"{name} is {value!r}. It must be a whole number of {unit} from {least} to {most}."
        )
    return int(value)


def _choice(name: str, value: str, default: str, allowed: tuple[str, ...]) -> str:
    if not value:
        return default
    if value not in allowed:
        raise ConfigurationError(f"{name} is {value!r}. It must be one of: {', '.join(allowed)}.")
    return value


def _metrics_namespace(value: str) -> str | None:
    if value.lower() == "none":
        return None
    if value and not _NAMESPACE.fullmatch(value):
        raise ConfigurationError(
            f"METRICS_NAMESPACE is {value!r}. CloudWatch allows up to 255 letters, digits and the characters "
            ". - _ / # :, not starting with AWS/; `none` turns the metrics off."
        )
    return value or variables.DEFAULT_METRICS_NAMESPACE


def _extra_labels(value: str, prefix: str) -> dict[str, str]:
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
        if not LABEL_NAME.fullmatch(name):
            raise ConfigurationError(
                f"EXTRA_LABELS is {value!r}; {name!r} is not a label name. Allowed are {LABEL_NAMES_ALLOWED}."
            )
        if prefix + name in labels:
            raise ConfigurationError(f"EXTRA_LABELS is {value!r}; the name {name!r} is there twice.")
        labels[prefix + name] = label_value
    return {name: label_value for name, label_value in labels.items() if label_value}
