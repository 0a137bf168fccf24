"""The function's environment variables, and Lambda's limit of their size."""

from __future__ import annotations

from typing import Any

from cdktf_app.modules.module import Module

LIMIT = 4096
"""Bytes that all variables may take together (AWS Lambda Developer Guide, "Lambda quotas").

Lambda measures them as one JSON object: its error message shows what it has measured. So a quote in a value, as in
the settings that are JSON themselves, counts twice.
"""

_LARGE = (
    "RELABEL_CONFIGS",
    "LOKI_STAGE_CONFIGS",
    "FILTER_RULES",
    "TENANT_RULES",
    "CA_BUNDLE",
    "EXTRA_LABELS",
    "SPOKES",
)


_WITHOUT_NULLS = "[for rule in {} : {{ for name, value in rule : name => value if value != null }}]"
"""A member that is not given must not be said: null is not its default."""


def _json(value: str, form: str) -> str:
    return f'${{length({value}) > 0 ? jsonencode({form.format(value)}) : ""}}'


def _value_or_arn(member: str) -> str:
    arn = f"var.loki_credential_arns.{member}"
    return f"${{{arn} == null ? var.loki_credentials.{member} : {arn}}}"


_ENVIRONMENT: dict[str, Any] = {
    "WRITE_ADDRESS": "${var.loki.write_address}",
    "USERNAME": _value_or_arn("username"),
    "PASSWORD": _value_or_arn("password"),
    "BEARER_TOKEN": _value_or_arn("bearer_token"),
    "SECRET_LIFETIME": "${tostring(var.loki_credential_arns.lifetime)}",
    "CA_BUNDLE": "${var.loki.ca_bundle}",
    "SKIP_TLS_VERIFY": "${tostring(var.loki.skip_tls_verify)}",
    "TENANT_ID": "${var.loki.tenant_id}",
    "TENANT_RULES": _json("var.loki.tenant_rules", _WITHOUT_NULLS),
    "BATCH_SIZE": '${var.loki.batch_size == null ? "" : tostring(var.loki.batch_size)}',
    "PUSH_CONCURRENCY": "${tostring(var.loki.push_concurrency)}",
    "MAX_LINE_SIZE": "${tostring(var.loki.max_line_size)}",
    "LONG_LINES": "${var.loki.long_lines}",
    "KEEP_STREAM": "${tostring(var.loki.keep_stream)}",
    "EXTRA_LABELS": '${join(",", flatten([for name, value in var.loki.extra_labels : [name, value]]))}',
    "OMIT_EXTRA_LABELS_PREFIX": "${tostring(var.loki.omit_extra_labels_prefix)}",
    "DROP_LABELS": '${join(",", var.loki.drop_labels)}',
    "RELABEL_CONFIGS": _json("var.loki.relabel_configs", _WITHOUT_NULLS),
    "LOKI_STAGE_CONFIGS": _json("var.loki.stage_configs", "{}"),
    "SPOKES": "${local.spoke_settings}",
    "STRUCTURED_METADATA": '${join(",", distinct(var.content.structured_metadata))}',
    "LOAD_BALANCER_LABELS": '${join(",", distinct(var.content.labels))}',
    # Whatever is said here makes the function load what parses lines, which takes time at its start.
    "OUTPUT_FORMAT": '${var.content.output_format == "original" ? "" : var.content.output_format}',
    "FILTER_RULES": _json("var.content.filter_rules", "{}"),
    "REDACT": '${join(",", distinct(var.content.redact))}',
    "PRINT_LOG_LINE": "${tostring(var.content.print_log_line)}",
    "REFUSED_DESTINATION": "${var.refused_destination_arn}",
    "LOG_LEVEL": "${var.log_level}",
    # Empty would be the function's default.
    "METRICS_NAMESPACE": '${var.metrics_namespace == "" ? "none" : var.metrics_namespace}',
}

OWN_VARIABLES = tuple(_ENVIRONMENT)
"""Names of the variables that the module sets, which nobody else may."""


def add_environment(module: Module) -> dict[str, Any]:
    """Define the variables as `local.variables` and return the precondition that they fit.

    A variable that is empty counts as not set, so that the function's own default rules.
    """
    module.local("environment", _ENVIRONMENT)
    module.local("variables", "${merge(var.function.environment, local.environment)}")
    module.local(
        "environment_size",
        # Terraform's length() counts characters; every three bytes are four characters of base64.
        '${floor(length(trim(base64encode(jsonencode(local.variables)), "=")) * 3 / 4)}',
        "Lambda measures the variables in bytes, as one JSON object.",
    )
    sizes = ", ".join(f"{name} ${{length(local.environment.{name})}}" for name in _LARGE)
    return {
        "condition": f"${{local.environment_size <= {LIMIT}}}",
        "error_message": f"The function's environment variables take more than the {LIMIT} bytes that Lambda allows "
        "them together, as JSON, in which a quote counts twice. Those that grow have these many characters: "
        f"{sizes}. Shorten the rules and stages in loki and content, and put loki.ca_bundle into a secret, and its "
        "ARN here, or into the function's package. Labels and tenants that many spokes share are shorter as rules in "
        "loki.",
    }
