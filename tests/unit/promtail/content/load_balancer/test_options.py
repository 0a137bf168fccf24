"""Settings of load balancer content."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from promtail.content.load_balancer.fields import FIELDS
from promtail.content.load_balancer.options import (
    parse_load_balancer_labels,
    parse_output_format,
    parse_redact,
    parse_structured_metadata,
)
from promtail.errors import ConfigurationError


def test_lists_of_names_are_read() -> None:
    assert parse_structured_metadata("trace_id, backend_status_code,latency") == (
        "trace_id",
        "backend_status_code",
        "latency",
    )
    assert parse_load_balancer_labels("status_class,log_kind,load_balancer_type") == (
        "status_class",
        "log_kind",
        "load_balancer_type",
    )
    assert parse_redact("client_ip,query_string") == ("client_ip", "query_string")


def test_every_name_of_every_kind_can_be_chosen() -> None:
    for names in FIELDS.values():
        assert parse_structured_metadata(",".join(names)) == names


@pytest.mark.parametrize("parse", [parse_structured_metadata, parse_load_balancer_labels, parse_redact])
def test_an_empty_value_chooses_nothing(parse: Callable[[str], tuple[str, ...]]) -> None:
    assert parse("") == ()


@pytest.mark.parametrize(
    ("parse", "value", "variable", "reason"),
    [
        (parse_structured_metadata, "path,usr_agent", "STRUCTURED_METADATA", "Did you mean user_agent?"),
        (parse_structured_metadata, "Path", "STRUCTURED_METADATA", "Did you mean path?"),
        (parse_structured_metadata, "zzz", "STRUCTURED_METADATA", "Allowed are actions_executed, "),
        (parse_structured_metadata, "path,", "STRUCTURED_METADATA", "'' is not a known name"),
        (parse_structured_metadata, "path,path", "STRUCTURED_METADATA", "there twice"),
        (
            parse_load_balancer_labels,
            "path",
            "LOAD_BALANCER_LABELS",
            "Allowed are load_balancer_type, log_kind",
        ),
        (parse_redact, "client", "REDACT", "Did you mean client_ip?"),
    ],
)
def test_names_that_cannot_be_used_are_refused(
    parse: Callable[[str], tuple[str, ...]], value: str, variable: str, reason: str
) -> None:
    with pytest.raises(ConfigurationError) as error:
        parse(value)
    assert f"{variable} is {value!r}" in str(error.value)
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("value", "output_format"),
    [("", "original"), ("original", "original"), ("json", "json"), ("logfmt", "logfmt")],
)
def test_output_formats_are_read(value: str, output_format: str) -> None:
    assert parse_output_format(value) == output_format


def test_an_unknown_output_format_is_refused() -> None:
    with pytest.raises(
        ConfigurationError, match=r"OUTPUT_FORMAT is 'JSON'\. It must be one of original, json, logfmt"
    ):
        parse_output_format("JSON")


def test_nothing_heavy_is_imported_without_filter_rules() -> None:
    code = (
        "import sys\n"
        "from promtail.content.load_balancer import ContentOptions, content_for\n"
        "from promtail.content.load_balancer.options import parse_filter_rules\n"
        "parse_filter_rules('')\n"
        "assert content_for(ContentOptions(structured_metadata=('path',), labels=('log_kind',)), 'alb_access')\n"
        "print({'re2', 'ipaddress', 'json'} & sys.modules.keys())\n"
    )
    source = Path(__file__).parents[5] / "lambda_src"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=source, capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.strip() == "set()"
