"""Cases of the hub's input `content`."""

from tests.modules.cases.case import Case, hub

CASES: list[Case] = [
    *hub(
        "content",
        "Each of content.structured_metadata must be the name of a field",
        *({"structured_metadata": [name]} for name in ("", "Path", "client-ip", "1xx", "a,b", "a b")),
    ),
    *hub("content", None, {}, {"structured_metadata": ["elb_status_code", "client_ip", "tls13"]}),
    *hub(
        "content",
        "Each of content.labels must be log_kind, load_balancer_type or status_class",
        {"labels": ["client_ip"]},
        {"labels": ["log_kind", ""]},
    ),
    *hub("content", None, {"labels": ["log_kind", "load_balancer_type", "status_class"]}),
    *hub(
        "content",
        "content.output_format must be original, json or logfmt",
        {"output_format": ""},
        {"output_format": "JSON"},
    ),
    *hub("content", None, *({"output_format": form} for form in ("original", "json", "logfmt"))),
    *hub(
        "content",
        "Each of content.redact must be client_ip or query_string",
        {"redact": ["client_ip", "path"]},
        {"redact": [""]},
    ),
    *hub("content", None, {"redact": ["client_ip", "query_string"]}),
    *hub(
        "content",
        "Each match in content.filter_rules must name at least one field",
        {"filter_rules": [{"match": {}, "keep": 1}]},
        {"filter_rules": [{"match": {"Path": "/"}, "keep": 1}]},
        {"filter_rules": [{"match": {"path": "/", "": "a"}, "keep": 1}]},
    ),
    *hub(
        "content",
        "Each value of a match in content.filter_rules must be a regular expression",
        *({"filter_rules": [{"match": {"kind": "nlb", "path": p}, "keep": 1}]} for p in ("(", "a(?=b)", "*")),
    ),
    *hub(
        "content",
        "Each keep in content.filter_rules must be a share from 0 (none) to 1 (all)",
        *({"filter_rules": [{"match": {"path": "/"}, "keep": keep}]} for keep in (-0.1, 1.1, 100)),
    ),
    *hub(
        "content",
        None,
        {
            "filter_rules": [
                {"match": {"elb_status_code": "5..", "kind": "alb_access"}, "keep": 1},
                {"match": {"path": "/health/.*"}, "keep": 0.01},
                {"match": {"kind": ".*"}, "keep": 0},
            ]
        },
    ),
]
