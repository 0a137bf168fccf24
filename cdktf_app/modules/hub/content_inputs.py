"""The hub's input `content`: what is made of load balancer log lines."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import is_one_of, is_regular_expression, matches

_LABELS = ("log_kind", "load_balancer_type", "status_class")
_REDACTIONS = ("client_ip", "query_string")


def add_content_inputs(scope: Construct) -> None:
    """Declare the input `content`."""
    variable(
        scope,
        "content",
        type="""
            object({
              structured_metadata = optional(list(string), [])
              labels              = optional(list(string), [])
              output_format       = optional(string, "original")
              redact              = optional(list(string), [])
              print_log_line      = optional(bool, false)

              filter_rules = optional(list(object({
                match = map(string)
                keep  = number
              })), [])
            })
        """,
        default={},
        description="""
            What is made of load balancer log lines. By default they reach Loki as they are.
            - `structured_metadata`: names of fields that each line carries as structured metadata, such as
              `elb_status_code`, `client_ip`, `target_processing_time`, `method`, `path`, `user_agent` or `trace_id`.
            - `labels`: labels of few values: `log_kind`, `load_balancer_type` (application, network or classic),
              `status_class` (2xx to 5xx).
            - `output_format`: `original`, or each line as `json` or `logfmt`.
            - `redact`: `client_ip` zeroes the end of each client's address, `query_string` takes query strings out of
              URLs; in the line and in all that is made of it.
            - `print_log_line`: also writes every line to the function's own log, which CloudWatch charges for.
            - `filter_rules`: which lines are kept; the first rule that fits a line decides, and a line without one is
              kept. `match`: regular expressions (RE2) by field, each for the whole value; `kind` is the kind of log.
              `keep`: the share that is kept, 0 to 1. All errors, and one of a hundred health checks:
              `[{ match = { elb_status_code = "5.." }, keep = 1 }, { match = { path = "/health" }, keep = 0.01 }]`.
        """,
        validations=(
            Validation(
                f"alltrue([for name in var.content.structured_metadata : {matches(patterns.FIELD_NAME, 'name')}])",
                "Each of content.structured_metadata must be the name of a field, in small letters, digits and "
                "underscores, such as elb_status_code.",
            ),
            Validation(
                f"alltrue([for name in var.content.labels : {is_one_of(_LABELS, 'name')}])",
                f"Each of content.labels must be {', '.join(_LABELS[:-1])} or {_LABELS[-1]}. A field with many values "
                "belongs into content.structured_metadata.",
            ),
            Validation(
                is_one_of(("original", "json", "logfmt"), "var.content.output_format"),
                "content.output_format must be original, json or logfmt.",
            ),
            Validation(
                f"alltrue([for name in var.content.redact : {is_one_of(_REDACTIONS, 'name')}])",
                f"Each of content.redact must be {' or '.join(_REDACTIONS)}.",
            ),
            Validation(
                "alltrue([for rule in var.content.filter_rules : length(rule.match) > 0 && "
                f"alltrue([for name in keys(rule.match) : {matches(patterns.FIELD_NAME, 'name')}])])",
                "Each match in content.filter_rules must name at least one field, or kind, in small letters, digits "
                "and underscores.",
            ),
            Validation(
                "alltrue([for rule in var.content.filter_rules : "
                f"alltrue([for value in values(rule.match) : {is_regular_expression('value')}])])",
                "Each value of a match in content.filter_rules must be a regular expression in RE2's syntax: without "
                "look-around and back references.",
            ),
            Validation(
                "alltrue([for rule in var.content.filter_rules : rule.keep >= 0 && rule.keep <= 1])",
                "Each keep in content.filter_rules must be a share from 0 (none) to 1 (all).",
            ),
        ),
    )
