"""Scenarios of what the hub makes of log lines."""

from tests.modules.scenarios.scenario import WRITE_ADDRESS, Scenario, hub

SCENARIOS: dict[str, Scenario] = {
    "hub_pipeline": hub(
        loki={
            "write_address": WRITE_ADDRESS,
            "skip_tls_verify": True,
            "ca_bundle": "certificates/ca.pem",
            "push_concurrency": 8,
            "max_line_size": 65536,
            "long_lines": "drop",
            "extra_labels": {"env": "prod"},
            "omit_extra_labels_prefix": True,
            "drop_labels": ["__aws_log_type", "env"],
            "relabel_configs": [
                {
                    "source_labels": ["__aws_s3_lb_owner", "__aws_s3_lb"],
                    "separator": "",
                    "regex": "(?P<account>[0-9]+)(.*)",
                    # Terraform's way to write ${2}.
                    "replacement": "$${2}",
                    "target_label": "name",
                },
                {"target_label": "__aws_s3_lb_owner", "replacement": ""},
                {"action": "hashmod", "source_labels": ["name"], "modulus": 4, "target_label": "shard"},
            ],
            "stage_configs": [
                {"regex": {"expression": "(?P<status>[0-9]+)$"}},
                {"labels": {"status": None}},
                {"match": {"selector": '{status="404"}', "stages": [{"sampling": {"rate": 0.25}}]}},
            ],
            "tenant_rules": [
                {"account": "012345678901", "prefix": "lb/", "tenant": "bank"},
                {"bucket": "team-*", "tenant": "team"},
            ],
        },
        content={
            "structured_metadata": ["elb_status_code", "client_ip", "elb_status_code"],
            "labels": ["log_kind", "status_class"],
            "output_format": "json",
            "filter_rules": [
                {"match": {"elb_status_code": "5.."}, "keep": 1},
                {"match": {"kind": "alb_access", "path": "/health"}, "keep": 0.01},
            ],
            "redact": ["client_ip", "query_string"],
            "print_log_line": True,
        },
        log_level="debug",
        metrics_namespace="",
    ),
}
