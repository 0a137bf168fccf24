"""Cases of the hub's input `loki`."""

from tests.modules.cases.case import CERTIFICATE, GOOD_SECRET_ARNS, PRIVATE_KEY, Case, hub, loki, relabel

CASES: list[Case] = [
    *hub(
        "loki",
        "loki.write_address must be the HTTP(S) URL of Loki's push API",
        loki(write_address=""),
        loki(write_address="loki.example.com/loki/api/v1/push"),
        loki(write_address="ftp://loki.example.com/loki/api/v1/push"),
        loki(write_address="https:///loki/api/v1/push"),
        loki(write_address="https://loki.example.com"),
        loki(write_address="https://loki.example.com?x=/push"),
        loki(write_address="https://reader:secret@loki.example.com/loki/api/v1/push"),
        loki(write_address="https://loki.example.com/loki api/push"),
        loki(write_address="https://loki.example.com/loki/api/v1/push#x"),
        loki(write_address="https://loki.example.com:65536/loki/api/v1/push"),
    ),
    *hub(
        "loki",
        None,
        loki(write_address="http://loki:3100/loki/api/v1/push"),
        loki(write_address="https://10.0.0.1/"),
        loki(write_address="https://loki.example.com:65535/loki/api/v1/push"),
        loki(write_address="https://[2001:db8::1]:3100/loki/api/v1/push"),
        loki(write_address="https://loki.example.com/push?tenant=a@b"),
    ),
    *hub(
        "loki", "loki.batch_size must be a whole number", *(loki(batch_size=n) for n in (0, -1, 1.5, 6291457))
    ),
    *hub("loki", None, loki(batch_size=1), loki(batch_size=6291456), loki(batch_size=None)),
    *hub(
        "loki",
        "loki.push_concurrency must be a whole number",
        *(loki(push_concurrency=n) for n in (0, 17, 1.5)),
    ),
    *hub("loki", None, loki(push_concurrency=1), loki(push_concurrency=16)),
    *hub(
        "loki",
        "loki.max_line_size must be a whole number",
        *(loki(max_line_size=n) for n in (127, 1048577, 2000.5)),
    ),
    *hub("loki", None, loki(max_line_size=128), loki(max_line_size=1048576)),
    *hub("loki", "loki.long_lines must be cut", loki(long_lines=""), loki(long_lines="keep")),
    *hub("loki", None, loki(long_lines="cut"), loki(long_lines="drop")),
    *hub(
        "loki",
        "loki.ca_bundle must be certificates in PEM",
        loki(ca_bundle="a certificate"),
        loki(ca_bundle=CERTIFICATE + PRIVATE_KEY),
        loki(ca_bundle=PRIVATE_KEY),
        loki(ca_bundle="arn:aws:acm:eu-west-1:111111111111:certificate/1"),
        loki(ca_bundle="https://example.com/ca.pem"),
    ),
    *hub(
        "loki",
        None,
        loki(ca_bundle=""),
        loki(ca_bundle=CERTIFICATE),
        loki(ca_bundle="# Our own\n" + CERTIFICATE * 2),
        loki(ca_bundle="certificates/ca.pem"),
        *(loki(ca_bundle=arn) for arn in GOOD_SECRET_ARNS),
    ),
    *hub(
        "loki",
        "loki.tenant_id must be at most 150",
        *(loki(tenant_id=t) for t in ("a b", "a/b", "a" * 151, ".", "..")),
    ),
    *hub("loki", None, *(loki(tenant_id=t) for t in ("", "a" * 150, "A1!_.*'()-", "...", "a."))),
    *hub(
        "loki",
        "Each of loki.tenant_rules must say which objects it is for",
        loki(tenant_rules=[{"account": "111111111111", "tenant": "a"}, {"tenant": "b"}]),
    ),
    *hub(
        "loki",
        "In loki.tenant_rules account must be a 12-digit",
        *(loki(tenant_rules=[{"account": account, "tenant": "a"}]) for account in ("", "1111", 222)),
        *(loki(tenant_rules=[{"bucket": bucket, "tenant": "a"}]) for bucket in ("", "Shop", "a/b", "{a,b}")),
        *(loki(tenant_rules=[{"prefix": prefix, "tenant": "a"}]) for prefix in ("", "/logs", "a b")),
    ),
    *hub(
        "loki",
        "Each tenant in loki.tenant_rules must be 1 to 150",
        *(loki(tenant_rules=[{"bucket": "shop", "tenant": t}]) for t in ("", ".", "..", "a b", "a" * 151)),
    ),
    *hub(
        "loki",
        None,
        loki(
            tenant_rules=[
                {"account": "012345678901", "tenant": "a" * 150},
                {"bucket": "team-?-[ab]*.logs", "prefix": "logs/team-a/", "tenant": "A1!_.*'()-"},
                {"prefix": "AWSLogs", "bucket": None, "tenant": "a"},
            ]
        ),
    ),
    *hub(
        "loki",
        "Each name in loki.drop_labels must be the whole name",
        *(loki(drop_labels=[name]) for name in ("", "a-b", "1a", "a,b", "a b")),
        loki(drop_labels=["good", "not good"]),
    ),
    *hub("loki", None, loki(drop_labels=["__extra_env", "Env2"])),
    *hub(
        "loki",
        "loki.stage_configs must be a list of objects, each with one member",
        loki(stage_configs="drop"),
        loki(stage_configs='[{"drop": {}}]'),
        loki(stage_configs={"drop": {}}),
        loki(stage_configs={"first": {"drop": {}}}),
        loki(stage_configs=[{"docker": {}}]),
        loki(stage_configs=[{"drop": {}}, {"json": {}, "labels": {}}]),
        loki(stage_configs=[{}]),
        loki(stage_configs=["drop"]),
        loki(stage_configs=[{"Drop": {}}]),
    ),
    *hub(
        "loki",
        None,
        loki(stage_configs=[]),
        loki(
            stage_configs=[
                {"regex": {"expression": "(?P<status>[0-9]+)$"}},
                {"labels": {"status": None, "level": "severity"}},
                {"sampling": {"rate": 0.25}},
                {"match": {"selector": '{a="b"}', "stages": [{"drop": {}}], "action": "keep"}},
            ]
        ),
    ),
    *relabel(
        "Each action in loki.relabel_configs must be one of Prometheus's",
        *({"action": action, "target_label": "a"} for action in ("Replace", "", "rename")),
    ),
    *relabel(
        "needs a target_label; without an action it is replace",
        {},
        {"target_label": ""},
        *(
            {"action": action, "modulus": 2}
            for action in ("replace", "lowercase", "uppercase", "hashmod", "keepequal", "dropequal")
        ),
    ),
    *relabel(
        "needs a modulus, a whole number of at least 1",
        *({"action": "hashmod", "target_label": "shard", "modulus": n} for n in (None, 0, 1.5)),
    ),
    *relabel(
        "Each regex in loki.relabel_configs must be a regular expression",
        *({"target_label": "a", "regex": regex} for regex in ("(", "a(?!b)", r"(a)\1", "*", "a)(b")),
    ),
    *relabel(
        None,
        {"target_label": "a", "replacement": ""},
        {"target_label": "a", "regex": "", "separator": ""},
        {
            "target_label": "$${1}_x",
            "source_labels": ["a", "b"],
            "regex": "(?P<x>a)/(b)",
            "replacement": "$2",
        },
        {"target_label": "shard", "action": "hashmod", "source_labels": ["a"], "modulus": 8},
        *(
            {"action": action, "regex": "a.*"}
            for action in ("keep", "drop", "labelmap", "labeldrop", "labelkeep")
        ),
        *(
            {"action": action, "target_label": "a", "source_labels": ["b"]}
            for action in ("lowercase", "uppercase", "keepequal", "dropequal")
        ),
    ),
    *hub(
        "loki",
        "Each name in loki.extra_labels must be letters, digits and underscores",
        loki(extra_labels={"team-a": "x"}),
        loki(extra_labels={"1team": "x"}),
        loki(extra_labels={"": "x"}),
        loki(extra_labels={"team": ""}),
        loki(extra_labels={"team": "a,b"}),
        loki(extra_labels={"good": "x", "not good": "x"}),
    ),
    *hub("loki", None, loki(extra_labels={"_team": "a b", "Team2": "é=1"}), loki(extra_labels={})),
]
