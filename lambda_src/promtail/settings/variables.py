"""Every environment variable that the function reads: what stands here is its documentation (`docs/environment.md`).

Names, defaults and meanings of the first group are those of Grafana's lambda-promtail
(https://grafana.com/docs/loki/latest/send-data/lambda-promtail/), so that its users keep theirs.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable.

    Attributes:
        name: Its name.
        default: What holds when it is not set, or set to the empty string; None if it must be set.
        meaning: What it does, and which values it takes.
    """

    name: str
    default: str | None
    meaning: str


DEFAULT_BATCH_SIZE = 1_048_576
# Loki's default burst of a tenant (ingestion_burst_size_mb: 6): a larger push is refused however long one waits.
MAX_BATCH_SIZE = 6 * 1024 * 1024
DEFAULT_PUSH_CONCURRENCY = 4
MAX_PUSH_CONCURRENCY = 16
# Loki's default (max_line_size).
DEFAULT_MAX_LINE_SIZE = 262_144
MIN_LINE_SIZE = 128
DEFAULT_SECRET_LIFETIME = 300
DEFAULT_METRICS_NAMESPACE = "AlbLoki"
EXTRA_LABELS_PREFIX = "__extra_"

_ARN = (
    "a plain value, or the ARN of a Secrets Manager secret or SSM parameter, with `#key` behind it for one member of "
    "a JSON object"
)

CONTRACT = (
    Variable("WRITE_ADDRESS", None, "Loki's push URL, ending in `/loki/api/v1/push`."),
    Variable("USERNAME", "", f"User name of basic authentication: {_ARN}."),
    Variable("PASSWORD", "", f"Password of basic authentication: {_ARN}."),
    Variable(
        "BEARER_TOKEN", "", f"Sent as `Authorization: Bearer`, instead of USERNAME and PASSWORD: {_ARN}."
    ),
    Variable("TENANT_ID", "", "Sent as `X-Scope-OrgID`, for a Loki with several tenants."),
    Variable(
        "KEEP_STREAM",
        "false",
        "`true` adds the label `__aws_cloudwatch_log_stream` to what comes from CloudWatch Logs.",
    ),
    Variable(
        "BATCH_SIZE",
        str(DEFAULT_BATCH_SIZE),
        f"Bytes of log lines in one push, 1 to {MAX_BATCH_SIZE}. lambda-promtail's default is 131072.",
    ),
    Variable(
        "EXTRA_LABELS",
        "",
        f"`name1,value1,name2,value2`: labels of every stream. Each name gets the prefix `{EXTRA_LABELS_PREFIX}`.",
    ),
    Variable("OMIT_EXTRA_LABELS_PREFIX", "false", "`true` leaves that prefix out."),
    Variable("DROP_LABELS", "", "`name1,name2`: labels to take out."),
    Variable(
        "RELABEL_CONFIGS",
        "",
        "JSON list of Prometheus relabel rules, applied to the labels of every stream, with all actions.",
    ),
    Variable(
        "LOKI_STAGE_CONFIGS",
        "",
        "JSON list of Promtail stages for every line: drop, sampling, limit, json, regex, logfmt, labels, "
        "structured_metadata, static_labels, labelallow, labeldrop, timestamp, output, replace, tenant and match.",
    ),
    Variable(
        "PIPELINE_TIMEOUT",
        "",
        "Accepted, without effect: regular expressions are RE2's, which no line can slow down.",
    ),
    Variable(
        "SKIP_TLS_VERIFY",
        "false",
        "`true` takes any certificate of Loki, and warns of it. Better: CA_BUNDLE.",
    ),
    Variable(
        "PRINT_LOG_LINE",
        "false",
        "`true` prints every line to the function's own log, as lambda-promtail does by default.",
    ),
    Variable("LOG_LEVEL", "info", "The function's own log: `debug`, `info`, `warn` or `error`."),
)

ADDITIONS = (
    Variable(
        "STRUCTURED_METADATA",
        "",
        "`field1,field2`: fields of load balancer lines to send as structured metadata, such as "
        "`elb_status_code,client_ip,target_processing_time,method,path,user_agent,trace_id`.",
    ),
    Variable(
        "LOAD_BALANCER_LABELS",
        "",
        "Labels taken from load balancer logs: `log_kind`, `load_balancer_type` and `status_class`, comma-separated.",
    ),
    Variable(
        "OUTPUT_FORMAT", "original", "How load balancer lines are sent: `original`, `json` or `logfmt`."
    ),
    Variable(
        "FILTER_RULES",
        "",
        "JSON list of rules for load balancer lines, of which the first that matches decides: "
        '`[{"match": {"elb_status_code": "5.."}, "keep": 1}, {"match": {"kind": "alb_health_check"}, "keep": 0.01}]`.',
    ),
    Variable(
        "REDACT", "", "What to hide in load balancer lines: `client_ip`, `query_string`, comma-separated."
    ),
    Variable(
        "TENANT_RULES",
        "",
        "JSON list of rules that choose the tenant, of which the first that matches decides, else SPOKES, else "
        "TENANT_ID: "
        '`[{"account": "111111111111", "bucket": "logs-*", "prefix": "team-a/", "tenant": "team-a"}]`.',
    ),
    Variable(
        "SPOKES",
        "",
        'JSON object of what the lines of single buckets get: `{"shop-alb-logs": {"tenant": "shop", "labels": '
        '{"team": "shop"}}}`. The tenant holds where no rule of TENANT_RULES matches; the labels are added to those of '
        "EXTRA_LABELS, with the same prefix, and win over them. Where it is long: its gzip, in base64 "
        "(Terraform's `base64gzip`).",
    ),
    Variable(
        "PUSH_CONCURRENCY",
        str(DEFAULT_PUSH_CONCURRENCY),
        f"Pushes in flight at once, 1 to {MAX_PUSH_CONCURRENCY}.",
    ),
    Variable(
        "MAX_LINE_SIZE",
        str(DEFAULT_MAX_LINE_SIZE),
        f"Bytes of a line that Loki takes (`max_line_size`), {MIN_LINE_SIZE} to 1048576.",
    ),
    Variable(
        "LONG_LINES",
        "cut",
        "What becomes of longer ones: `cut` (with a mark at the end) or `drop`. Both are counted.",
    ),
    Variable(
        "REFUSED_DESTINATION",
        "",
        "ARN of an SQS queue, or of a bucket with an optional `/prefix`, that gets what Loki refused, with the reason.",
    ),
    Variable(
        "CA_BUNDLE",
        "",
        f"Certificates to trust in PEM, or the path of a file of them in the package: {_ARN}.",
    ),
    Variable(
        "SECRET_LIFETIME",
        str(DEFAULT_SECRET_LIFETIME),
        "Seconds for which credentials are kept. A 401 or 403 fetches them at once.",
    ),
    Variable(
        "METRICS_NAMESPACE",
        DEFAULT_METRICS_NAMESPACE,
        "CloudWatch namespace of the metrics; `none` for no metrics.",
    ),
    Variable(
        "PARTIAL_BATCH_RESPONSES",
        "true",
        "`false` where the event source mapping of a queue or stream has no `ReportBatchItemFailures`: then one failed "
        "message fails its whole batch, instead of being lost.",
    ),
)

VARIABLES = CONTRACT + ADDITIONS
