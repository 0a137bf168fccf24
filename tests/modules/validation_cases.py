"""Values of the modules' inputs at the edges of their rules: what is refused, with which words, and what passes."""

from dataclasses import dataclass, field
from typing import Any

REQUIRED: dict[str, dict[str, Any]] = {
    "hub": {
        "loki": {"write_address": "https://loki.example.com/loki/api/v1/push"},
        "loki_credentials": {"anonymous": True},
    },
    "spoke": {
        "bucket_name": "shop-alb-logs",
        "hub": {
            "function_arn": "arn:aws:lambda:eu-west-1:111111111111:function:alb-loki",
            "role_arn": "arn:aws:iam::111111111111:role/alb-loki",
        },
    },
}
"""A value for each input that has no default."""


@dataclass(frozen=True, eq=False)
class Case:
    """One value of one input.

    Attributes:
        module: The module's folder below modules/.
        variable: The input.
        value: What it is given; all other inputs have good values.
        refused: A telling part of the message with which it is refused; None for a value that has to pass.
        others: Values of other inputs that the rule looks at.
    """

    module: str
    variable: str
    value: Any
    refused: str | None
    others: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        value = self.value if len(repr(self.value)) <= 70 else f"{repr(self.value)[:70]}…"
        return f"{self.module}.{self.variable} = {value!r}"


def hub(variable: str, refused: str | None, *values: Any) -> list[Case]:
    return [Case("hub", variable, value, refused) for value in values]


def spoke(variable: str, refused: str | None, *values: Any) -> list[Case]:
    return [Case("spoke", variable, value, refused) for value in values]


def arns(refused: str | None, *values: Any, **others: Any) -> list[Case]:
    """Cases of the hub's input `loki_credential_arns`, with nothing in `loki_credentials` unless it is given."""
    return [
        Case("hub", "loki_credential_arns", value, refused, {"loki_credentials": {}} | others)
        for value in values
    ]


def relabel(refused: str | None, *rules: dict[str, Any]) -> list[Case]:
    """Cases of the hub's input `loki` with one relabel rule behind a good one."""
    good = {"action": "keep", "source_labels": ["__aws_log_type"], "regex": "s3_lb"}
    return hub("loki", refused, *(loki(relabel_configs=[good, rule]) for rule in rules))


def a_spoke(**changes: Any) -> dict[str, Any]:
    """The hub's input `spokes` with one spoke."""
    return {"shop": {"account_id": "222222222222", "bucket_name": "shop-alb-logs"} | changes}


def loki(**changes: Any) -> dict[str, Any]:
    """The hub's input `loki`."""
    return {**REQUIRED["hub"]["loki"], **changes}


def the_hub(**changes: Any) -> dict[str, Any]:
    """The spoke's input `hub`."""
    return {**REQUIRED["spoke"]["hub"], **changes}


BAD_BUCKETS = (
    "ab",
    "a" * 64,
    "Shop-Logs",
    "shop_logs",
    "-shop",
    "shop-",
    ".shop",
    "shop..logs",
    "192.168.5.4",
    "xn--shop",
    "sthree-shop",
    "amzn-s3-demo-shop",
    "shop-s3alias",
    "shop--ol-s3",
    "arn:aws:s3:::shop",
    "shop\n",
    "",
)
GOOD_BUCKETS = ("abc", "a" * 63, "shop.alb-logs.1", "1shop1", "192.168.5.4a", "xn-shop", "shop-s3alias-1")

BAD_ACCOUNTS = ("22222222222", "2222222222222", "22222222222a", " 222222222222", "222222222222\n", "", 222)
GOOD_ACCOUNTS = ("222222222222", "012345678901", "000000000001")

BAD_PREFIXES = (
    *("/logs", "logs/", "a//b", "/", "AWSLogs", "logs/AWSLogs", "logs-AWSLogs-1/b"),
    # A notification's filter or a policy would take these for something else than they are in a key.
    *("team a", "env=prod", "a*", "a?", "a&b", "a:b", "$x", "é"),
)
GOOD_PREFIXES = ("", "logs", "logs/team-a", "a/b/c", "awslogs", "AWSLog", "A_b!.'(c)-1")

SECRET = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:team/loki-a1B2c3"
PARAMETER = "arn:aws:ssm:eu-west-1:111111111111:parameter/loki/token"
KEY = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
PRIVATE_KEY = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"

BAD_SECRET_ARNS = (
    "",
    "s3cret",
    "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki",
    "arn:aws:secretsmanager:eu-west-1:1111:secret:loki-a1B2c3",
    "arn:aws:ssm:eu-west-1:111111111111:document/loki",
    "arn:aws:s3:::loki",
    f"{SECRET}#",
    f"{SECRET}\n",
    f" {SECRET}",
)
GOOD_SECRET_ARNS = (
    SECRET,
    f"{SECRET}#password",
    f"{SECRET}#a key",
    PARAMETER,
    f"{PARAMETER}#token",
    "arn:aws-cn:ssm:cn-north-1:111111111111:parameter/token",
    "arn:aws-us-gov:secretsmanager:us-gov-west-1:111111111111:secret:loki-a1B2c3",
)

CASES: list[Case] = [
    # --- hub
    *hub("name", "name must be 1 to 40 letters", "", "a" * 41, "alb loki", "alb.loki", "alb/loki"),
    *hub("name", None, "a", "a" * 40, "Alb_Loki-1"),
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
    *hub(
        "loki_credentials",
        "username and password go together: set both, or neither",
        {"username": "reader"},
        {"password": "secret"},
    ),
    *arns("username and password go together", {"username": PARAMETER}, {"password": SECRET}),
    *hub(
        "loki_credentials",
        "must hold together exactly one kind",
        {},
        {"anonymous": False},
        {"username": "", "password": "", "bearer_token": ""},
        {"username": "reader", "password": "secret", "bearer_token": "token"},
        {"username": "reader", "password": "secret", "anonymous": True},
        {"bearer_token": "token", "anonymous": True},
    ),
    *hub(
        "loki_credentials",
        "loki_credentials must hold the values themselves",
        {
            "username": "reader",
            "password": "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-a1b2c3",
        },
        {"bearer_token": "arn:aws-cn:ssm:cn-north-1:111111111111:parameter/token"},
    ),
    *arns(
        "must hold together exactly one kind",
        {},
        {"username": PARAMETER, "password": SECRET, "bearer_token": SECRET},
    ),
    *arns(
        "must hold together exactly one kind", {"bearer_token": SECRET}, loki_credentials={"anonymous": True}
    ),
    *arns(
        "must hold together exactly one kind",
        {"bearer_token": SECRET},
        loki_credentials={"username": "reader", "password": "secret"},
    ),
    *arns(
        "Each of loki_credential_arns must be the whole ARN", *({"bearer_token": a} for a in BAD_SECRET_ARNS)
    ),
    *arns(
        "Each of loki_credential_arns must be the whole ARN",
        {"username": SECRET, "password": "s3cret"},
        {"username": "reader", "password": SECRET},
    ),
    *arns(None, *({"bearer_token": arn} for arn in GOOD_SECRET_ARNS)),
    *arns(
        None,
        {"username": f"{SECRET}#username", "password": f"{SECRET}#password", "kms_key_arns": [KEY]},
        {"bearer_token": PARAMETER, "kms_key_arns": [KEY.replace("key/", "key/mrk-")], "lifetime": 0},
        {"bearer_token": PARAMETER, "lifetime": 86400},
    ),
    *arns(None, {"password": SECRET}, loki_credentials={"username": "12345"}),
    *arns(None, {}, {"bearer_token": None}, loki_credentials={"anonymous": True}),
    *arns(
        "loki_credential_arns and loki_credentials must not both hold the same",
        {"bearer_token": SECRET},
        loki_credentials={"bearer_token": "token"},
    ),
    *arns(
        "loki_credential_arns and loki_credentials must not both hold the same",
        {"password": SECRET},
        {"username": SECRET, "password": SECRET},
        loki_credentials={"username": "reader", "password": "secret"},
    ),
    *arns(
        "Each of loki_credential_arns.kms_key_arns must be the ARN of a key",
        {"bearer_token": SECRET, "kms_key_arns": [KEY, "arn:aws:kms:eu-west-1:111111111111:alias/loki"]},
        {"bearer_token": SECRET, "kms_key_arns": ["1234abcd-12ab-34cd-56ef-1234567890ab"]},
        {"bearer_token": SECRET, "kms_key_arns": ["*"]},
    ),
    *arns(
        "kms_key_arns are the keys of secrets, and there is no secret",
        {"kms_key_arns": [KEY]},
        loki_credentials={"anonymous": True},
    ),
    *arns(None, {"kms_key_arns": [KEY]}, loki_credentials={"anonymous": True}, loki=loki(ca_bundle=SECRET)),
    *arns(
        "loki_credential_arns.lifetime must be a whole number of seconds",
        *({"bearer_token": SECRET, "lifetime": n} for n in (-1, 86401, 1.5)),
    ),
    *hub(
        "loki_credentials",
        "HTTP cannot carry them",
        {"bearer_token": "token\n"},
        {"bearer_token": " token"},
        {"bearer_token": "tökén"},
        {"username": "a:b", "password": "secret"},
    ),
    *hub(
        "loki_credentials",
        None,
        {"username": "reader", "password": "se:cret wörd"},
        {"bearer_token": "t ok~!n"},
        {"anonymous": True},
        {"username": None, "password": None, "bearer_token": "token"},
    ),
    *hub(
        "spokes",
        "Each name in spokes must be 1 to 80 letters",
        {"": a_spoke()["shop"]},
        {"a" * 81: a_spoke()["shop"]},
        {"shop logs": a_spoke()["shop"]},
        {"shop.logs": a_spoke()["shop"]},
    ),
    *hub("spokes", None, {}, {"a" * 80: a_spoke()["shop"]}, {"Shop_1-b": a_spoke()["shop"]}),
    *hub(
        "spokes",
        "account_id must be a 12-digit AWS account id, in quotes",
        *(a_spoke(account_id=account) for account in BAD_ACCOUNTS),
    ),
    *hub("spokes", None, *(a_spoke(account_id=account) for account in GOOD_ACCOUNTS)),
    *hub(
        "spokes",
        "bucket_name must be a valid S3 bucket name",
        *(a_spoke(bucket_name=bucket) for bucket in BAD_BUCKETS),
    ),
    *hub("spokes", None, *(a_spoke(bucket_name=bucket) for bucket in GOOD_BUCKETS)),
    *hub(
        "spokes",
        "prefix must be of letters, digits and !_.'()- between single slashes",
        *(a_spoke(prefix=prefix) for prefix in BAD_PREFIXES),
    ),
    *hub("spokes", None, *(a_spoke(prefix=prefix) for prefix in GOOD_PREFIXES)),
    *hub("spokes", "Two spokes name the same bucket", a_spoke() | {"other": a_spoke()["shop"]}),
    *hub("spokes", None, a_spoke() | {"other": a_spoke(bucket_name="other-alb-logs")["shop"]}),
    *hub("function", "function.architecture must be arm64 or x86_64", {"architecture": "x86"}),
    *hub("function", None, {}, {"architecture": "arm64"}, {"architecture": "x86_64"}),
    *hub(
        "function", "function.memory_size must be 128 to 10240", {"memory_size": 127}, {"memory_size": 10241}
    ),
    *hub("function", None, {"memory_size": 128}, {"memory_size": 10240}),
    *hub("function", "function.timeout must be 1 to 900", {"timeout": 0}, {"timeout": 901}),
    *hub("function", None, {"timeout": 1}, {"timeout": 900}),
    *hub(
        "function",
        "function.runtime must be a Python runtime of Lambda, python3.11 or newer",
        *(
            {"runtime": runtime, "zip_path": "promtail.zip"}
            for runtime in ("python3.10", "python3", "3.13", "nodejs22.x")
        ),
    ),
    *hub(
        "function",
        "The zip in this module is built for function.runtime python3.13",
        {"runtime": "python3.12"},
        {"runtime": "python3.14"},
    ),
    *hub(
        "function",
        None,
        {"runtime": "python3.13"},
        {"runtime": "python3.11", "zip_path": "promtail.zip"},
        {"runtime": "python3.14", "zip_path": "promtail.zip"},
    ),
    *hub(
        "function",
        "function.zip_path and function.image_uri exclude each other",
        {
            "zip_path": "promtail.zip",
            "image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail:1",
        },
    ),
    *hub("function", None, {"zip_path": "promtail.zip"}),
    *hub(
        "function",
        "function.image_uri must be the URI of an image in Amazon ECR",
        {"image_uri": "grafana/lambda-promtail:main"},
        {"image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail"},
        {"image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail@sha256:123"},
        {"image_uri": "11111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail:1"},
        {"image_uri": "public.ecr.aws/grafana/lambda-promtail:main"},
        {"image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail:a b"},
    ),
    *hub(
        "function",
        None,
        {"image_uri": "111111111111.dkr.ecr.eu-west-1.amazonaws.com/team/promtail:1.2"},
        {"image_uri": "111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn/promtail:1"},
        {"image_uri": f"111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail@sha256:{'0a' * 32}"},
        {"image_uri": f"111111111111.dkr.ecr.eu-west-1.amazonaws.com/promtail:1@sha256:{'0a' * 32}"},
        {"image_uri": "111111111111.dkr.ecr-fips.us-gov-west-1.amazonaws.com/promtail:1"},
        {"image_uri": "111111111111.dkr-ecr.eu-west-1.on.aws/promtail:1"},
    ),
    *hub("network", "network.mode must be none (no VPC) or created", {"mode": "existing"}, {"mode": ""}),
    *hub("network", None, {}, {"mode": "none"}, {"mode": "created"}),
    *hub(
        "network",
        "must be IPv4 ranges in CIDR notation, such as 10.100.0.0/16",
        {"cidr_block": "10.100.0.0"},
        {"private_subnet_cidr_block": "10.100.0.0/33"},
        {"public_subnet_cidr_block": "10.100.0/16"},
        {"cidr_block": "2001:db8::/56"},
    ),
    *hub("network", None, {"cidr_block": "10.0.0.0/24", "private_subnet_cidr_block": "10.0.0.0/25"}),
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
    *hub(
        "refused_destination_arn",
        "refused_destination_arn must be the ARN of a standard SQS queue, or of an S3 bucket",
        "refused-logs",
        "arn:aws:sqs:eu-west-1:111111111111:refused.fifo",
        "arn:aws:sqs:eu-west-1:1111:refused",
        "arn:aws:sns:eu-west-1:111111111111:refused",
        "arn:aws:s3:::refused-logs/",
        "arn:aws:s3:::refused-logs/loki/",
        "arn:aws:s3:::refused-logs/*",
        "arn:aws:s3:::Refused",
        "https://sqs.eu-west-1.amazonaws.com/111111111111/refused",
    ),
    *hub(
        "refused_destination_arn",
        None,
        "",
        "arn:aws:sqs:eu-west-1:111111111111:refused_Lines-1",
        "arn:aws:s3:::refused-logs",
        "arn:aws-cn:s3:::refused.logs/loki/prod",
    ),
    *hub("log_level", "log_level must be debug, info, warn or error", "", "INFO", "warning", "trace"),
    *hub("log_level", None, "debug", "info", "warn", "error"),
    *hub(
        "metrics_namespace",
        "metrics_namespace must be at most 255 letters",
        *("AWS/Lambda", ":a", "a b", "a\n", "é", "a" * 256, "a*"),
    ),
    *hub("metrics_namespace", None, "", "AlbLoki", "Team/logs.prod_1#2:x-y", "a" * 255, "AWSome"),
    *hub("log_retention_days", "must be a retention that CloudWatch Logs offers", 0, 2, 15, 3654),
    *hub("log_retention_days", None, 1, 14, 3653),
    # --- spoke
    *spoke("bucket_name", "bucket_name must be a valid S3 bucket name", *BAD_BUCKETS),
    *spoke("bucket_name", None, *GOOD_BUCKETS),
    *spoke(
        "hub",
        "hub.function_arn must be the ARN of a Lambda function",
        the_hub(function_arn="alb-loki"),
        the_hub(function_arn="arn:aws:lambda:eu-west-1:11111111111:function:alb-loki"),
        the_hub(function_arn="arn:aws:sqs:eu-west-1:111111111111:alb-loki"),
        the_hub(function_arn=""),
    ),
    *spoke(
        "hub",
        "hub.role_arn must be the ARN of an IAM role",
        the_hub(role_arn="alb-loki"),
        the_hub(role_arn="arn:aws:iam::111111111111:user/alb-loki"),
        the_hub(role_arn="arn:aws:iam::1111:role/alb-loki"),
        the_hub(role_arn="arn:aws:iam::111111111111:role/"),
    ),
    *spoke(
        "hub",
        None,
        {
            "function_arn": "arn:aws-cn:lambda:cn-north-1:111111111111:function:alb_loki-1",
            "role_arn": "arn:aws-cn:iam::111111111111:role/path/alb-loki",
        },
    ),
    *spoke(
        "prefix", "no AWSLogs in it: Elastic Load Balancing adds /AWSLogs/<account> itself", *BAD_PREFIXES
    ),
    *spoke("prefix", None, *GOOD_PREFIXES),
    *spoke("expiration_days", "expiration_days must be a whole number of days, at least 1", 0, -1, 1.5),
    *spoke("expiration_days", None, 1, 3650),
    *spoke(
        "demo_load_balancer",
        "demo_load_balancer.name must be 1 to 32 letters, digits and hyphens",
        {"name": ""},
        {"name": "a" * 33},
        {"name": "-demo"},
        {"name": "demo-"},
        {"name": "alb_demo"},
        {"name": "internal-demo"},
    ),
    *spoke("demo_load_balancer", None, {}, {"name": "a"}, {"name": "a" * 32}, {"name": "internally"}),
    *spoke(
        "demo_load_balancer",
        "demo_load_balancer.cidr_block must be an IPv4 range in CIDR notation of at least a /24",
        {"cidr_block": "10.200.0.0/25"},
        {"cidr_block": "10.200.0.0"},
        {"cidr_block": "10.200/16"},
        {"cidr_block": "2001::/20"},
    ),
    *spoke("demo_load_balancer", None, {"cidr_block": "10.200.0.0/24"}, {"cidr_block": "10.200.0.0/16"}),
]
