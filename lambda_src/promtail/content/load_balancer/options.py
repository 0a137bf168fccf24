"""What is to be done with load balancer lines, from environment variables.

All of it is off by default: lines then reach Loki as lambda-promtail sends them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from ...errors import ConfigurationError
from .fields import FIELDS
from .names import parse_names

if TYPE_CHECKING:
    from .filters import FilterRule

OutputFormat = Literal["original", "json", "logfmt"]
Label = Literal["log_kind", "load_balancer_type", "status_class"]
Redaction = Literal["client_ip", "query_string"]


@dataclass(frozen=True, slots=True)
class ContentOptions:
    """Checked settings.

    Attributes:
        structured_metadata: The values to attach to each line, by name (see `fields.FIELDS`).
        labels: The labels to add to streams.
        output_format: What a line is sent as: as it is, or as JSON or logfmt of its fields.
        filter_rules: Which lines are kept (`filters.parse_filter_rules`).
        redact: What is taken out of lines.
    """

    structured_metadata: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    output_format: OutputFormat = "original"
    filter_rules: "tuple[FilterRule, ...]" = ()
    redact: tuple[str, ...] = ()


def parse_structured_metadata(value: str) -> tuple[str, ...]:
    """Read STRUCTURED_METADATA, names of values that at least one kind of load balancer log has.

    Raises:
        ConfigurationError: A name is unknown or there twice.
    """
    return parse_names("STRUCTURED_METADATA", value, {name for names in FIELDS.values() for name in names})


def parse_load_balancer_labels(value: str) -> tuple[str, ...]:
    """Read LOAD_BALANCER_LABELS, names of labels.

    Raises:
        ConfigurationError: A name is unknown or there twice.
    """
    return parse_names("LOAD_BALANCER_LABELS", value, get_args(Label))


def parse_filter_rules(value: str) -> "tuple[FilterRule, ...]":
    """Read FILTER_RULES (see `filters.parse_filter_rules`), whose library is not imported if there are none.

    Raises:
        ConfigurationError: It is not a list of rules, or a rule cannot be used.
    """
    if not value:
        return ()
    from . import filters

    return filters.parse_filter_rules(value)


def parse_output_format(value: str) -> OutputFormat:
    """Read OUTPUT_FORMAT. An empty value means `original`.

    Raises:
        ConfigurationError: It is none of the formats.
    """
    for known in get_args(OutputFormat):
        if value == known:
            return known  # type: ignore[no-any-return]
    if value:
        raise ConfigurationError(
            f"OUTPUT_FORMAT is {value!r}. It must be one of {', '.join(get_args(OutputFormat))}."
        )
    return "original"


def parse_redact(value: str) -> tuple[str, ...]:
    """Read REDACT, names of what is taken out of lines.

    Raises:
        ConfigurationError: A name is unknown or there twice.
    """
    return parse_names("REDACT", value, get_args(Redaction))
