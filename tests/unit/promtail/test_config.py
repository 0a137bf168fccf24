"""Environment variables: what is taken, and what is refused with which words."""

import pytest

from promtail.config import BasicAuth, BearerToken, Config, read_config
from promtail.errors import ConfigurationError
from promtail.logs import LOGGER

URL = "https://loki.example.com/loki/api/v1/push"


def test_the_write_address_is_all_that_is_needed() -> None:
    assert read_config({"WRITE_ADDRESS": URL}) == Config(
        write_address=URL,
        credentials=None,
        tenant_id=None,
        keep_stream=False,
        batch_size=131_072,
        extra_labels={},
    )


def test_empty_variables_count_as_not_set() -> None:
    names = ("USERNAME", "PASSWORD", "BEARER_TOKEN", "TENANT_ID", "KEEP_STREAM", "BATCH_SIZE", "EXTRA_LABELS")
    assert read_config({"WRITE_ADDRESS": URL, **dict.fromkeys(names, "")}) == Config(URL)


def test_all_settings() -> None:
    config = read_config(
        {
            "WRITE_ADDRESS": "http://10.0.0.1:3100/loki/api/v1/push",
            "USERNAME": "user",
            "PASSWORD": "pass:word",
            "TENANT_ID": "team-a",
            "KEEP_STREAM": "True",
            "BATCH_SIZE": "1024",
            "EXTRA_LABELS": "env,prod,team,checkout,nothing,",
        }
    )
    assert config == Config(
        write_address="http://10.0.0.1:3100/loki/api/v1/push",
        credentials=BasicAuth("user", "pass:word"),
        tenant_id="team-a",
        keep_stream=True,
        batch_size=1024,
        extra_labels={"__extra_env": "prod", "__extra_team": "checkout"},
    )


def test_a_bearer_token() -> None:
    assert read_config({"WRITE_ADDRESS": URL, "BEARER_TOKEN": "abc"}).credentials == BearerToken("abc")


def test_secrets_stay_out_of_the_representation() -> None:
    basic = read_config({"WRITE_ADDRESS": URL, "USERNAME": "u", "PASSWORD": "s3cr3t"})
    bearer = read_config({"WRITE_ADDRESS": URL, "BEARER_TOKEN": "s3cr3t"})
    assert "s3cr3t" not in repr(basic) + repr(bearer)


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"WRITE_ADDRESS": ""}, "WRITE_ADDRESS is not set"),
        (
            {"WRITE_ADDRESS": "loki:3100/loki/api/v1/push"},
            "'loki:3100/loki/api/v1/push', which is not an HTTP",
        ),
        ({"WRITE_ADDRESS": "ftp://loki/push"}, "'ftp://loki/push', which is not an HTTP"),
        ({"WRITE_ADDRESS": "https:///loki/api/v1/push"}, "which is not an HTTP"),
        ({"WRITE_ADDRESS": "https://loki:port/push"}, "which is not an HTTP"),
        ({"WRITE_ADDRESS": "https://loki/a b"}, "which is not an HTTP"),
        ({"WRITE_ADDRESS": URL + "\n"}, "which is not an HTTP"),
        ({"WRITE_ADDRESS": URL + "#x"}, "which is not an HTTP"),
        ({"USERNAME": "u"}, "USERNAME is set, but PASSWORD is not"),
        ({"PASSWORD": "s3cr3t"}, "PASSWORD is set, but USERNAME is not"),
        ({"USERNAME": "u", "PASSWORD": "s3cr3t", "BEARER_TOKEN": "t"}, "BEARER_TOKEN is set together with"),
        ({"USERNAME": "u", "BEARER_TOKEN": "t"}, "BEARER_TOKEN is set together with"),
        ({"USERNAME": "a:b", "PASSWORD": "s3cr3t"}, "USERNAME holds a colon"),
        ({"BEARER_TOKEN": "s3cr3t\n"}, "BEARER_TOKEN holds characters"),
        ({"TENANT_ID": "a/b"}, "TENANT_ID is 'a/b'"),
        ({"TENANT_ID": ".."}, "TENANT_ID is '..'"),
        ({"TENANT_ID": "a" * 151}, "TENANT_ID is 'aaa"),
        ({"BATCH_SIZE": "0"}, "BATCH_SIZE is '0'"),
        ({"BATCH_SIZE": "-1"}, "BATCH_SIZE is '-1'"),
        ({"BATCH_SIZE": "128k"}, "BATCH_SIZE is '128k'"),
        ({"BATCH_SIZE": "6291457"}, "from 1 to 6291456"),
        ({"BATCH_SIZE": "9" * 5000}, "BATCH_SIZE is '999"),
        ({"EXTRA_LABELS": "env"}, "EXTRA_LABELS is 'env', a list of 1 parts"),
        ({"EXTRA_LABELS": "a,b,"}, "a list of 3 parts"),
        ({"EXTRA_LABELS": "1a,b"}, "'1a' is not a label name"),
        ({"EXTRA_LABELS": "a,b, c,d"}, "' c' is not a label name"),
        ({"EXTRA_LABELS": ",b"}, "'' is not a label name"),
        ({"EXTRA_LABELS": "a,b,a,c"}, "the name 'a' is there twice"),
    ],
)
def test_a_wrong_value_is_refused_by_name(variables: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_config({"WRITE_ADDRESS": URL, **variables})
    assert message in str(refused.value)
    assert "s3cr3t" not in str(refused.value)


@pytest.mark.parametrize("value", ["yes", "1", "t", "on", " true"])
def test_a_switch_that_is_not_true_is_false_with_a_warning(
    value: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert read_config({"WRITE_ADDRESS": URL, "KEEP_STREAM": value}).keep_stream is False
    assert caplog.messages == [f"KEEP_STREAM is {value!r}, which counts as false. Set it to true or false."]
    assert [(log.levelname, log.name) for log in caplog.records] == [("WARNING", LOGGER.name)]


@pytest.mark.parametrize("value", ["", "true", "TRUE", "false", "False"])
def test_a_switch_that_is_true_or_false_gives_no_warning(
    value: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert read_config({"WRITE_ADDRESS": URL, "KEEP_STREAM": value}).keep_stream is (value.lower() == "true")
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("name", "value", "otherwise"),
    [
        ("DROP_LABELS", "env,team", "Loki would be sent the labels that it takes out"),
        (
            "RELABEL_CONFIGS",
            '[{"action": "drop"}]',
            "Loki would be sent labels unchanged, and streams that a rule",
        ),
        (
            "LOKI_STAGE_CONFIGS",
            '[{"drop": {}}]',
            "Loki would be sent lines unchanged: none dropped or masked",
        ),
        ("OMIT_EXTRA_LABELS_PREFIX", "True", "would keep their prefix __extra_"),
        ("SKIP_TLS_VERIFY", "true", "a Loki whose certificate is not trusted would get nothing"),
    ],
)
def test_what_is_not_supported_is_refused_and_not_ignored(name: str, value: str, otherwise: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_config({"WRITE_ADDRESS": URL, name: value})
    assert str(refused.value).startswith(f"{name} is set, but this version does not support it. ")
    assert otherwise in str(refused.value)
    assert str(refused.value).endswith(f" Remove {name}.")
    assert read_config({"WRITE_ADDRESS": URL, name: ""}) == Config(URL)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OMIT_EXTRA_LABELS_PREFIX", "false"),
        ("SKIP_TLS_VERIFY", "False"),
        ("PRINT_LOG_LINE", "true"),
        ("PRINT_LOG_LINE", "false"),
        ("LOG_LEVEL", "debug"),
        ("PIPELINE_TIMEOUT", "5s"),
    ],
)
def test_what_changes_nothing_that_reaches_loki_is_taken(name: str, value: str) -> None:
    assert read_config({"WRITE_ADDRESS": URL, name: value}) == Config(URL)


def test_credentials_in_the_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigurationError, match="Set USERNAME and PASSWORD instead") as refused:
        read_config({"WRITE_ADDRESS": "https://user:s3cr3t@loki.example.com/push"})
    assert "s3cr3t" not in str(refused.value)


@pytest.mark.parametrize("name", ["USERNAME", "PASSWORD", "BEARER_TOKEN"])
@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf",
        "arn:aws-cn:ssm:cn-north-1:111111111111:parameter/loki",
    ],
)
def test_an_arn_is_not_sent_as_if_it_were_the_secret(name: str, arn: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{name} is the ARN of a Secrets Manager secret"):
        read_config({"WRITE_ADDRESS": URL, name: arn})
