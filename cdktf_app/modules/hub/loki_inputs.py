"""The hub's input `loki`: which Loki, how lines are pushed to it, and with which labels."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import (
    if_given,
    is_one_of,
    is_regular_expression,
    is_whole_number,
    matches,
)

# https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
_ACTIONS_ON_A_TARGET = ("replace", "lowercase", "uppercase", "hashmod", "keepequal", "dropequal")
_OTHER_ACTIONS = ("keep", "drop", "labelmap", "labeldrop", "labelkeep")

STAGES = (
    "drop",
    "json",
    "labelallow",
    "labeldrop",
    "labels",
    "limit",
    "logfmt",
    "match",
    "output",
    "regex",
    "replace",
    "sampling",
    "static_labels",
    "structured_metadata",
    "tenant",
    "timestamp",
)
"""The stages of Promtail that the function has."""


def add_loki_inputs(scope: Construct) -> None:
    """Declare the input `loki`."""
    variable(
        scope,
        "loki",
        type="""
            object({
              write_address            = string
              tenant_id                = optional(string, "")
              skip_tls_verify          = optional(bool, false)
              ca_bundle                = optional(string, "")
              batch_size               = optional(number)
              push_concurrency         = optional(number, 4)
              max_line_size            = optional(number, 262144)
              long_lines               = optional(string, "cut")
              keep_stream              = optional(bool, false)
              extra_labels             = optional(map(string), {})
              omit_extra_labels_prefix = optional(bool, false)
              drop_labels              = optional(list(string), [])
              stage_configs            = optional(any, [])

              relabel_configs = optional(list(object({
                source_labels = optional(list(string))
                separator     = optional(string)
                target_label  = optional(string)
                regex         = optional(string)
                modulus       = optional(number)
                replacement   = optional(string)
                action        = optional(string)
              })), [])

              tenant_rules = optional(list(object({
                account = optional(string)
                bucket  = optional(string)
                prefix  = optional(string)
                tenant  = string
              })), [])
            })
        """,
        description="""
            The Loki that receives the log lines, how they are pushed and with which labels. Labels are made in this
            order: `extra_labels`, `drop_labels`, `relabel_configs`, `stage_configs`.
            - `write_address`: its push URL, with the path; for example `https://loki.example.com/loki/api/v1/push`.
              With a created network it has to be known at plan: its port becomes a rule.
            - `tenant_id`: sent as `X-Scope-OrgID`, for a Loki with several tenants.
            - `skip_tls_verify`: takes any certificate, so that anybody on the way can read and change the lines; for
              a test only. `ca_bundle` is the way to trust a certificate of your own.
            - `ca_bundle`: the certificates to trust instead of the public ones, in PEM: the text itself, the path of
              a file in the function's package, or the ARN of a secret as in `loki_credential_arns`.
            - `batch_size`: bytes of log lines in one push; without it, the function's own default.
            - `push_concurrency`: how many pushes are under way at once, 1 to 16.
            - `max_line_size`: bytes of the longest line that Loki takes; its own `limits_config.max_line_size`.
            - `long_lines`: what becomes of longer lines: `cut`, with a mark, or `drop`.
            - `keep_stream`: adds the label `__aws_cloudwatch_log_stream` to what comes from CloudWatch Logs.
            - `extra_labels`: labels of every line; Loki sees each name with the prefix `__extra_`.
            - `omit_extra_labels_prefix`: leaves that prefix out.
            - `drop_labels`: names of labels to leave out.
            - `stage_configs`: Promtail's pipeline stages, each an object with one member, the stage's name, as in
              `[{ drop = { expression = "health" } }, { labels = { level = null } }]`. The type is `any` because each
              stage has members of its own, which Terraform cannot describe in one list; the function checks them
              when it starts.
            - `relabel_configs`: Prometheus's relabel rules. What is left out has Prometheus's default;
              `replacement = ""` takes the label away. In HCL a group's reference is
              written with two dollar signs: `$${1}`.
            - `tenant_rules`: a tenant for each source; the first rule of which all given members fit decides, else
              `tenant_id`: `account` (owner of the load balancer), `bucket` (a name, or a glob such as `team-a-*`),
              `prefix` (how the object's key begins).
        """,
        validations=(*_pushing(), *_labels(), *_relabel_configs(), *_tenant_rules()),
    )


def _pushing() -> tuple[Validation, ...]:
    return (
        Validation(
            matches(patterns.WRITE_ADDRESS, "var.loki.write_address") + " && "
            'try(tonumber(regex("^https?://[^/]+:([0-9]+)/", var.loki.write_address)[0]), 443) <= 65535',
            "loki.write_address must be the HTTP(S) URL of Loki's push API, with its path and without "
            "credentials or a fragment in it, such as https://loki.example.com/loki/api/v1/push.",
        ),
        Validation(
            f'{matches(patterns.TENANT_ID, "var.loki.tenant_id")} && !contains([".", ".."], var.loki.tenant_id)',
            "loki.tenant_id must be at most 150 letters, digits and !_.*'()- as Loki wants it, and neither . nor "
            "..; or empty for a Loki with one tenant.",
        ),
        Validation(
            'var.loki.ca_bundle == "" || '
            '(strcontains(var.loki.ca_bundle, "-----BEGIN CERTIFICATE-----") && '
            '!strcontains(var.loki.ca_bundle, "PRIVATE KEY")) || '
            f"{matches(patterns.CREDENTIAL_ARN, 'var.loki.ca_bundle')} || "
            'can(regex("^[a-zA-Z0-9_./-]+$", var.loki.ca_bundle))',
            "loki.ca_bundle must be certificates in PEM without a private key, the path of such a file in the "
            "function's package, or the whole ARN of a Secrets Manager secret or SSM parameter.",
        ),
        Validation(
            if_given(
                "var.loki.batch_size", f"try({is_whole_number('var.loki.batch_size', 1, 6291456)}, false)"
            ),
            "loki.batch_size must be a whole number of bytes from 1 to 6291456 (Loki's burst limit, above "
            "which it never takes a push); leave it out for the function's own default.",
        ),
        Validation(
            is_whole_number("var.loki.push_concurrency", 1, 16),
            "loki.push_concurrency must be a whole number of pushes from 1 to 16.",
        ),
        Validation(
            is_whole_number("var.loki.max_line_size", 128, 1048576),
            "loki.max_line_size must be a whole number of bytes from 128 to 1048576; give Loki's own "
            "limits_config.max_line_size, 262144 by default.",
        ),
        Validation(
            is_one_of(("cut", "drop"), "var.loki.long_lines"),
            "loki.long_lines must be cut (keep the beginning, with a mark) or drop.",
        ),
    )


def _labels() -> tuple[Validation, ...]:
    return (
        Validation(
            f"alltrue([for name, value in var.loki.extra_labels : {matches(patterns.LABEL_NAME, 'name')} && "
            'can(regex("^[^,]+$", value))])',
            "Each name in loki.extra_labels must be letters, digits and underscores, not starting with a "
            "digit, and each value must be without commas and not empty: the function gets them as one "
            "comma-separated list.",
        ),
        Validation(
            f"alltrue([for name in var.loki.drop_labels : {matches(patterns.LABEL_NAME, 'name')}])",
            "Each name in loki.drop_labels must be the whole name of a label: letters, digits and underscores, not "
            "starting with a digit, with its prefix, such as __extra_team.",
        ),
        Validation(
            f"""
            try(startswith(jsonencode(var.loki.stage_configs), "[") && alltrue([for stage in var.loki.stage_configs :
              length(keys(stage)) == 1 && {is_one_of(STAGES, "keys(stage)[0]")}
            ]), false)
            """,
            "loki.stage_configs must be a list of objects, each with one member, named for a stage that the function "
            f"has: {', '.join(STAGES[:-1])} or {STAGES[-1]}. Two stages are two objects of the list.",
        ),
    )


def _relabel_configs() -> tuple[Validation, ...]:
    def each(condition: str) -> str:
        return f"alltrue([for rule in var.loki.relabel_configs : {condition}])"

    action = 'coalesce(rule.action, "replace")'
    actions = (*_ACTIONS_ON_A_TARGET, *_OTHER_ACTIONS)
    return (
        Validation(
            each(if_given("rule.action", f"try({is_one_of(actions, 'rule.action')}, false)")),
            "Each action in loki.relabel_configs must be one of Prometheus's, in small letters: "
            f"{', '.join(actions[:-1])} or {actions[-1]}.",
        ),
        Validation(
            each(f"{is_one_of(_OTHER_ACTIONS, action)} || try(length(rule.target_label) > 0, false)"),
            "Each of loki.relabel_configs whose action is "
            f"{', '.join(_ACTIONS_ON_A_TARGET[:-1])} or {_ACTIONS_ON_A_TARGET[-1]} needs a target_label; without "
            "an action it is replace.",
        ),
        Validation(
            each(
                f'{action} != "hashmod" || '
                "try(rule.modulus >= 1 && floor(rule.modulus) == rule.modulus, false)"
            ),
            "Each of loki.relabel_configs whose action is hashmod needs a modulus, a whole number of at least 1.",
        ),
        Validation(
            each(if_given("rule.regex", is_regular_expression("rule.regex"))),
            "Each regex in loki.relabel_configs must be a regular expression in RE2's syntax: without look-around "
            "and back references.",
        ),
    )


def _tenant_rules() -> tuple[Validation, ...]:
    def each(condition: str) -> str:
        return f"alltrue([for rule in var.loki.tenant_rules : {condition}])"

    return (
        Validation(
            each("anytrue([for part in [rule.account, rule.bucket, rule.prefix] : part != null])"),
            "Each of loki.tenant_rules must say which objects it is for, by account, bucket or prefix; the tenant of "
            "all others is loki.tenant_id.",
        ),
        Validation(
            each(
                " && ".join(
                    if_given(f"rule.{name}", matches(pattern, f"rule.{name}"))
                    for name, pattern in (
                        ("account", patterns.ACCOUNT_ID),
                        ("bucket", patterns.BUCKET_GLOB),
                        ("prefix", patterns.KEY_PREFIX),
                    )
                )
            ),
            "In loki.tenant_rules account must be a 12-digit AWS account id in quotes, bucket a bucket's name or a "
            "glob of it, and prefix how an object's key begins, without a slash in front.",
        ),
        Validation(
            each(f'{matches(patterns.TENANT_ID, "rule.tenant")} && !contains(["", ".", ".."], rule.tenant)'),
            "Each tenant in loki.tenant_rules must be 1 to 150 letters, digits and !_.*'()- as Loki wants it, and "
            "neither . nor ..",
        ),
    )
