"""Environment variables: what is taken, and what is refused with which words."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from promtail.content.load_balancer import ContentOptions
from promtail.content.tenants import TenantRule
from promtail.errors import ConfigurationError
from promtail.parking import BucketDestination, QueueDestination
from promtail.secrets import SecretReference
from promtail.settings import BasicAuth, BearerToken, Settings, read_settings
from promtail.settings.variables import VARIABLES

URL = "https://loki.example.com/loki/api/v1/push"
SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf"
PARAMETER_ARN = "arn:aws-cn:ssm:cn-north-1:111111111111:parameter/loki"
SWITCHES = {
    "KEEP_STREAM": "keep_stream",
    "SKIP_TLS_VERIFY": "skip_tls_verify",
    "PRINT_LOG_LINE": "print_log_line",
    "PARTIAL_BATCH_RESPONSES": "partial_batch_responses",
}


def read(**variables: str) -> Settings:
    return read_settings({"WRITE_ADDRESS": URL, **variables})


def refusal(**variables: str) -> str:
    with pytest.raises(ConfigurationError) as refused:
        read(**variables)
    return str(refused.value)


def test_the_write_address_is_all_that_is_needed() -> None:
    assert dataclasses.asdict(read()) == {
        "write_address": URL,
        "credentials": None,
        "secret_lifetime": 300,
        "tenant_id": None,
        "tenant_rules": (),
        "spokes": {},
        "ca_bundle": None,
        "skip_tls_verify": False,
        "batch_size": 1_048_576,
        "push_concurrency": 4,
        "max_line_size": 262_144,
        "long_lines": "cut",
        "refused_destination": None,
        "keep_stream": False,
        "extra_labels": {},
        "drop_labels": frozenset(),
        "relabel_rules": (),
        "stages": None,
        "content": None,
        "print_log_line": False,
        "log_level": "INFO",
        "metrics_namespace": "AlbLoki",
        "partial_batch_responses": True,
    }
    assert read() == Settings(URL)


def test_empty_variables_count_as_not_set() -> None:
    assert read(**{each.name: "" for each in VARIABLES if each.name != "WRITE_ADDRESS"}) == Settings(URL)


def test_other_variables_are_of_no_interest() -> None:
    assert read(PATH="/bin", BATCHSIZE="many", PIPELINE_TIMEOUT="soon") == Settings(URL)


def test_many_settings_at_once() -> None:
    assert read_settings(
        {
            "WRITE_ADDRESS": "http://10.0.0.1:3100/loki/api/v1/push",
            "USERNAME": "user",
            "PASSWORD": "pass:word",
            "TENANT_ID": "team-a",
            "KEEP_STREAM": "True",
            "BATCH_SIZE": "1024",
            "EXTRA_LABELS": "env,prod,team,checkout,nothing,",
        }
    ) == Settings(
        write_address="http://10.0.0.1:3100/loki/api/v1/push",
        credentials=BasicAuth("user", "pass:word"),
        tenant_id="team-a",
        keep_stream=True,
        batch_size=1024,
        extra_labels={"__extra_env": "prod", "__extra_team": "checkout"},
    )


@pytest.mark.parametrize(
    ("variables", "attribute", "value"),
    [
        ({"SECRET_LIFETIME": "0"}, "secret_lifetime", 0),
        ({"SECRET_LIFETIME": "86400"}, "secret_lifetime", 86_400),
        ({"TENANT_ID": "A!-_.*'()9"}, "tenant_id", "A!-_.*'()9"),
        ({"TENANT_ID": "a" * 150}, "tenant_id", "a" * 150),
        (
            {"TENANT_RULES": '[{"bucket": "logs-*", "tenant": "a"}]'},
            "tenant_rules",
            (TenantRule("a", bucket="logs-*"),),
        ),
        ({"CA_BUNDLE": "ca.pem"}, "ca_bundle", "ca.pem"),
        ({"BATCH_SIZE": "1"}, "batch_size", 1),
        ({"BATCH_SIZE": "6291456"}, "batch_size", 6_291_456),
        ({"PUSH_CONCURRENCY": "1"}, "push_concurrency", 1),
        ({"PUSH_CONCURRENCY": "16"}, "push_concurrency", 16),
        ({"MAX_LINE_SIZE": "128"}, "max_line_size", 128),
        ({"MAX_LINE_SIZE": "1048576"}, "max_line_size", 1_048_576),
        ({"LONG_LINES": "cut"}, "long_lines", "cut"),
        ({"LONG_LINES": "drop"}, "long_lines", "drop"),
        (
            {"REFUSED_DESTINATION": "arn:aws:sqs:eu-west-1:111111111111:refused"},
            "refused_destination",
            QueueDestination(
                "arn:aws:sqs:eu-west-1:111111111111:refused", "eu-west-1", "111111111111", "refused"
            ),
        ),
        (
            {"REFUSED_DESTINATION": "arn:aws:s3:::parked/loki"},
            "refused_destination",
            BucketDestination("parked", "loki"),
        ),
        ({"EXTRA_LABELS": "env,prod"}, "extra_labels", {"__extra_env": "prod"}),
        ({"EXTRA_LABELS": "env,prod", "OMIT_EXTRA_LABELS_PREFIX": "true"}, "extra_labels", {"env": "prod"}),
        ({"EXTRA_LABELS": "_a9,x y=z"}, "extra_labels", {"__extra__a9": "x y=z"}),
        ({"DROP_LABELS": "env,team"}, "drop_labels", {"env", "team"}),
        ({"DROP_LABELS": " env , team,, "}, "drop_labels", {"env", "team"}),
        (
            {"STRUCTURED_METADATA": "elb_status_code", "LOAD_BALANCER_LABELS": "log_kind"},
            "content",
            ContentOptions(structured_metadata=("elb_status_code",), labels=("log_kind",)),
        ),
        ({"OUTPUT_FORMAT": "json"}, "content", ContentOptions(output_format="json")),
        ({"REDACT": "client_ip"}, "content", ContentOptions(redact=("client_ip",))),
        ({"LOG_LEVEL": "debug"}, "log_level", "DEBUG"),
        ({"LOG_LEVEL": "Info"}, "log_level", "INFO"),
        ({"LOG_LEVEL": "warn"}, "log_level", "WARNING"),
        ({"LOG_LEVEL": "WARNING"}, "log_level", "WARNING"),
        ({"LOG_LEVEL": "error"}, "log_level", "ERROR"),
        ({"METRICS_NAMESPACE": "Logs/a_b.c#d:e-f"}, "metrics_namespace", "Logs/a_b.c#d:e-f"),
        ({"METRICS_NAMESPACE": "n" * 255}, "metrics_namespace", "n" * 255),
        ({"METRICS_NAMESPACE": "None"}, "metrics_namespace", None),
    ],
)
def test_a_good_value_is_taken(variables: dict[str, str], attribute: str, value: Any) -> None:
    assert dataclasses.replace(Settings(URL), **{attribute: value}) == read(**variables)


@pytest.mark.parametrize(
    "address",
    [
        "http://loki/loki/api/v1/push",
        "HTTPS://loki.example.com:443/push",
        "https://[2001:db8::1]:3100/loki/api/v1/push",
        "https://loki/push?tenant=a",
    ],
)
def test_write_addresses(address: str) -> None:
    assert read(WRITE_ADDRESS=address).write_address == address


def test_relabel_rules_are_parsed() -> None:
    (rule,) = read(RELABEL_CONFIGS='[{"action": "labeldrop", "regex": "env"}]').relabel_rules
    assert rule.action == "labeldrop"


def test_stages_are_parsed() -> None:
    assert read(LOKI_STAGE_CONFIGS='[{"labeldrop": ["env"]}]').stages is not None


def test_filter_rules_are_parsed() -> None:
    content = read(FILTER_RULES='[{"match": {"kind": "nlb"}, "keep": 0}]').content
    assert content is not None
    assert len(content.filter_rules) == 1


def test_a_bearer_token() -> None:
    assert read(BEARER_TOKEN="abc def~").credentials == BearerToken("abc def~")


def test_secrets_may_be_elsewhere() -> None:
    basic = read(USERNAME=PARAMETER_ARN, PASSWORD=f"{SECRET_ARN}#password").credentials
    assert basic == BasicAuth(
        SecretReference(PARAMETER_ARN, None, "ssm", "cn-north-1"),
        SecretReference(SECRET_ARN, "password", "secretsmanager", "eu-west-1"),
    )
    assert read(BEARER_TOKEN=SECRET_ARN).credentials == BearerToken(
        SecretReference(SECRET_ARN, None, "secretsmanager", "eu-west-1")
    )
    assert read(CA_BUNDLE=PARAMETER_ARN).ca_bundle == SecretReference(
        PARAMETER_ARN, None, "ssm", "cn-north-1"
    )


@pytest.mark.parametrize("name", ["PASSWORD", "BEARER_TOKEN", "CA_BUNDLE"])
@pytest.mark.parametrize("before", [" ", "\n", ""])
@pytest.mark.parametrize("start", ["arn:aws:secretsmanager:", "arn::ssm:"])
def test_what_is_meant_as_an_arn_is_not_sent_as_if_it_were_the_secret(
    name: str, before: str, start: str
) -> None:
    others = {"USERNAME": "u"} if name == "PASSWORD" else {}
    message = refusal(**{name: f"{before}{start}s3cr3t"}, **others)
    assert message.startswith(
        f"{name} begins like the ARN of a secret or parameter, but is not a complete one"
    )
    assert "s3cr3t" not in message


def test_secrets_stay_out_of_the_representation() -> None:
    basic = read(USERNAME="u", PASSWORD="s3cr3t")
    bearer = read(BEARER_TOKEN="s3cr3t")
    assert "s3cr3t" not in repr(basic) + repr(bearer)


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"WRITE_ADDRESS": ""}, "WRITE_ADDRESS is not set. It must be the full push URL"),
        (
            {"WRITE_ADDRESS": "loki:3100/loki/api/v1/push"},
            "WRITE_ADDRESS is 'loki:3100/loki/api/v1/push', which is not an HTTP(S) URL. It must be the full",
        ),
        ({"WRITE_ADDRESS": "ftp://loki/push"}, "'ftp://loki/push', which is not an HTTP"),
        ({"WRITE_ADDRESS": "https:///loki/api/v1/push"}, "which is not an HTTP"),
        ({"WRITE_ADDRESS": "https://loki:port/push"}, "which is not an HTTP"),
        ({"WRITE_ADDRESS": "https://loki/a b"}, "which is not an HTTP"),
        ({"WRITE_ADDRESS": URL + "\n"}, "which is not an HTTP"),
        ({"WRITE_ADDRESS": URL + "#x"}, "which is not an HTTP"),
        ({"USERNAME": "u"}, "USERNAME is set, but PASSWORD is not. Set both, or neither"),
        ({"PASSWORD": "s3cr3t"}, "PASSWORD is set, but USERNAME is not. Set both, or neither"),
        ({"USERNAME": "u", "PASSWORD": "s3cr3t", "BEARER_TOKEN": "t"}, "BEARER_TOKEN is set together with"),
        ({"USERNAME": "u", "BEARER_TOKEN": "t"}, "BEARER_TOKEN is set together with"),
        ({"USERNAME": "a:b", "PASSWORD": "s3cr3t"}, "USERNAME holds a colon"),
        ({"BEARER_TOKEN": "s3cr3t\n"}, "BEARER_TOKEN holds characters"),
        ({"BEARER_TOKEN": "s3cr3té"}, "BEARER_TOKEN holds characters"),
        ({"BEARER_TOKEN": " s3cr3t"}, "BEARER_TOKEN holds characters"),
        (
            {"SECRET_LIFETIME": "86401"},
            "SECRET_LIFETIME is '86401'. It must be a whole number of seconds from 0 to",
        ),
        ({"SECRET_LIFETIME": "5m"}, "SECRET_LIFETIME is '5m'"),
        ({"TENANT_ID": "a/b"}, "TENANT_ID is 'a/b'. Loki allows up to 150 letters"),
        ({"TENANT_ID": "."}, "TENANT_ID is '.'"),
        ({"TENANT_ID": ".."}, "TENANT_ID is '..'"),
        ({"TENANT_ID": "a" * 151}, "TENANT_ID is 'aaa"),
        ({"TENANT_ID": "a\n"}, "TENANT_ID is 'a\\n'"),
        ({"TENANT_RULES": "team-a"}, "TENANT_RULES is 'team-a', which is not JSON"),
        ({"BATCH_SIZE": "0"}, "BATCH_SIZE is '0'. It must be a whole number of bytes from 1 to 6291456."),
        ({"BATCH_SIZE": "-1"}, "BATCH_SIZE is '-1'"),
        ({"BATCH_SIZE": "128k"}, "BATCH_SIZE is '128k'"),
        ({"BATCH_SIZE": "1_000"}, "BATCH_SIZE is '1_000'"),
        ({"BATCH_SIZE": "\u0661"}, "BATCH_SIZE is '\u0661'"),
        ({"BATCH_SIZE": "6291457"}, "from 1 to 6291456"),
        ({"BATCH_SIZE": "9" * 5000}, "BATCH_SIZE is '999"),
        (
            {"PUSH_CONCURRENCY": "0"},
            "PUSH_CONCURRENCY is '0'. It must be a whole number of pushes from 1 to 16.",
        ),
        ({"PUSH_CONCURRENCY": "17"}, "PUSH_CONCURRENCY is '17'"),
        (
            {"MAX_LINE_SIZE": "127"},
            "MAX_LINE_SIZE is '127'. It must be a whole number of bytes from 128 to 1048576.",
        ),
        ({"MAX_LINE_SIZE": "1048577"}, "MAX_LINE_SIZE is '1048577'"),
        ({"LONG_LINES": "split"}, "LONG_LINES is 'split'. It must be one of: cut, drop."),
        ({"REFUSED_DESTINATION": "parked"}, "REFUSED_DESTINATION is 'parked'"),
        ({"EXTRA_LABELS": "env"}, "EXTRA_LABELS is 'env', a list of 1 parts. It must be pairs"),
        ({"EXTRA_LABELS": "a,b,"}, "a list of 3 parts"),
        ({"EXTRA_LABELS": "1a,b"}, "'1a' is not a label name. Allowed are letters"),
        ({"EXTRA_LABELS": "a,b, c,d"}, "' c' is not a label name"),
        ({"EXTRA_LABELS": ",b"}, "'' is not a label name"),
        ({"EXTRA_LABELS": "a\n,b"}, "is not a label name"),
        ({"EXTRA_LABELS": "a,b,a,c"}, "the name 'a' is there twice"),
        ({"EXTRA_LABELS": "a,,a,"}, "the name 'a' is there twice"),
        ({"RELABEL_CONFIGS": "{"}, "RELABEL_CONFIGS"),
        ({"LOKI_STAGE_CONFIGS": "{"}, "LOKI_STAGE_CONFIGS is not valid JSON"),
        ({"STRUCTURED_METADATA": "colour"}, "STRUCTURED_METADATA"),
        ({"LOAD_BALANCER_LABELS": "colour"}, "LOAD_BALANCER_LABELS"),
        ({"OUTPUT_FORMAT": "xml"}, "OUTPUT_FORMAT is 'xml'"),
        ({"FILTER_RULES": "all"}, "FILTER_RULES"),
        ({"REDACT": "all"}, "REDACT"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is 'loud'. It must be one of: debug, info, warn, warning, error."),
        (
            {"METRICS_NAMESPACE": "AWS/Lambda"},
            "METRICS_NAMESPACE is 'AWS/Lambda'. CloudWatch allows up to 255",
        ),
        ({"METRICS_NAMESPACE": "a b"}, "METRICS_NAMESPACE is 'a b'"),
        ({"METRICS_NAMESPACE": "n" * 256}, "METRICS_NAMESPACE is 'nnn"),
    ],
)
def test_a_wrong_value_is_refused_by_name(variables: dict[str, str], message: str) -> None:
    refused = refusal(**variables)
    assert message in refused
    assert "s3cr3t" not in refused


def test_credentials_in_the_address_are_refused_and_not_repeated() -> None:
    message = refusal(WRITE_ADDRESS="https://user:s3cr3t@loki.example.com/push")
    assert "WRITE_ADDRESS holds credentials (user:password@). Set USERNAME and PASSWORD instead" in message
    assert "s3cr3t" not in message


@pytest.mark.parametrize("name", SWITCHES)
@pytest.mark.parametrize("value", ["yes", "1", "t", "on", " true"])
def test_a_switch_is_true_or_false(name: str, value: str) -> None:
    assert f"{name} is {value!r}. It must be true or false." in refusal(**{name: value})


@pytest.mark.parametrize(
    "address",
    [
        "https://user:s3cr3t@host:abc/push",
        "https://user:s3/cr3t@host/push",
        "https://user:s3#cr3t@host/push",
        "user:s3cr3t@host/push",
    ],
)
def test_credentials_in_an_address_that_is_none_are_not_repeated_either(address: str) -> None:
    message = refusal(WRITE_ADDRESS=address)
    assert "WRITE_ADDRESS holds credentials" in message
    assert "cr3t" not in message


@pytest.mark.parametrize("name", SWITCHES)
@pytest.mark.parametrize("value", ["true", "TRUE", "false", "False"])
def test_a_switch_may_be_written_in_capitals(name: str, value: str) -> None:
    assert getattr(read(**{name: value}), SWITCHES[name]) is (value.lower() == "true")


@pytest.mark.parametrize("value", ["5s", "soon"])
def test_a_timeout_of_the_pipeline_is_taken_without_effect(value: str) -> None:
    assert read(PIPELINE_TIMEOUT=value) == Settings(URL)


def test_what_nobody_set_is_not_imported(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import json, sys\n"
        "from promtail.settings import read_settings\n"
        f"read_settings({{'WRITE_ADDRESS': {URL!r}}})\n"
        "heavy = ('re2', 'jmespath', 'botocore', 'boto3', 'promtail.content.spokes', 'promtail.parking')\n"
        "print(json.dumps([name for name in heavy if name in sys.modules]))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={"PYTHONPATH": str(Path(read_settings.__code__.co_filename).parents[2])},
        capture_output=True,
        check=True,
        text=True,
    )
    assert json.loads(done.stdout) == []
