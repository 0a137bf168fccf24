"""The deployment file: what is in it, and how a mistake in it is told."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cdktf_app import main
from cdktf_app.deployment.file import DeploymentError, read_deployment
from cdktf_app.deployment.model import Deployment

GOOD: dict[str, Any] = {
    "hubs": {
        "eu": {
            "region": "eu-west-1",
            "account_id": "111111111111",
            "loki": {"write_address": "https://loki.example.com/loki/api/v1/push"},
        }
    },
    "spokes": {"shop": {"account_id": "222222222222", "bucket_name": "shop-alb-logs"}},
}
ABSENT = object()

Read = Callable[[str], Deployment]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a deployment file with the given text."""

    def read_text(text: str) -> Deployment:
        file = tmp_path / "deployment.yaml"
        file.write_text(text)
        return read_deployment(file)

    return read_text


def changed(path: str, value: Any) -> str:
    """The good file with one field changed, added or, with ABSENT, taken out; the path is dotted."""
    content = copy.deepcopy(GOOD)
    *parents, last = path.split(".")
    target = content
    for parent in parents:
        target = target.setdefault(parent, {})
    if value is ABSENT:
        del target[last]
    else:
        target[last] = value
    return yaml.safe_dump(content)


def test_the_example_is_valid(repository: Path) -> None:
    deployment = read_deployment(repository / "examples/cdktf-deploy/deployment.yaml")

    hub, shop, billing = deployment.hubs["eu"], deployment.spokes["shop"], deployment.spokes["billing"]
    assert (hub.account_id, hub.profile, hub.loki.tenant_id) == ("111111111111", "hub", "platform")
    assert (shop.bucket_name, shop.expiration_days) == ("shop-alb-logs", 14)
    assert (billing.expiration_days, billing.labels) == (90, {"team": "billing"})


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("hubs.eu.region", "eu-west-9", "is no AWS region that is known here; known are af-south-1, "),
        ("hubs.eu.region", ABSENT, "Field required"),
        ("hubs.eu.regoin", "eu-west-1", "Extra inputs are not permitted"),
        ("hubs", ABSENT, "Field required"),
        ("hubs", {}, "should have at least 1 item"),
        ("spoeks", {}, "Extra inputs are not permitted"),
        ("hubs.eu.account_id", 111111111111, "must be in quotes: YAML reads it as a number"),
        ("hubs.eu.account_id", "11111111111", "must be the 12 digits of an AWS account id"),
        ("hubs.eu.account_id", "1111-1111-1111", "must be the 12 digits of an AWS account id"),
        ("hubs.eu.account_id", ABSENT, "Field required"),
        ("hubs.eu.name", "alb loki", "must be 1 to 40 letters, digits, hyphens or underscores"),
        ("hubs.eu.netwrok", "none", "Extra inputs are not permitted"),
        ("hubs.eu.network", "none", "Input should be a valid dictionary"),
        ("hubs.eu.network", {"mode": "own"}, "Input should be 'none', 'created' or 'existing'"),
        ("hubs.eu.ingestion", {"mode": "kinesis"}, "Input should be 'queue' or 'direct'"),
        ("hubs.eu.ingestion", {"maximum_concurrency": 1}, "greater than or equal to 2"),
        ("hubs.eu.iam", {"path": "platform"}, "must begin and end with a slash"),
        ("hubs.eu.iam", {"permissions_boundary_arn": "boundary"}, "must be the ARN of an IAM policy"),
        ("hubs.eu.kms_key_arn", "alias/logs", "must be the ARN of a key"),
        ("hubs.eu.monitoring", {"alarm_topic_arns": ["alarms"]}, "must be the ARN of an SNS topic"),
        ("spokes.shop.topic_arn", "logs", "must be the ARN of a standard SNS topic"),
        (
            "spokes.shop.topic_arn",
            "arn:aws:sns:eu-west-1:222222222222:logs.fifo",
            "S3 does not publish to FIFO topics",
        ),
        (
            "spokes.shop",
            GOOD["spokes"]["shop"] | {"topic_arn": "arn:aws:sns:eu-west-1:222222222222:logs"},
            "set manage_notification to false",
        ),
        (
            "spokes.shop",
            GOOD["spokes"]["shop"] | {"prefixes": ["web"]},
            "prefixes is what the hub reads beside prefix",
        ),
        (
            "spokes.shop",
            GOOD["spokes"]["shop"] | {"manage_notification": False, "prefixes": ["web", "web"]},
            "prefixes names a prefix twice",
        ),
        (
            "spokes.shop",
            GOOD["spokes"]["shop"] | {"manage_notification": False, "prefixes": [""]},
            "prefixes names a prefix twice, or that of prefix again",
        ),
        ("hubs.eu.organization_id", "123", "must be the id of an AWS organization"),
        ("hubs.eu.assume_role", {"role_arn": "deploy"}, "must be the ARN of an IAM role"),
        (
            "hubs.eu.assume_role",
            {"role_arn": "arn:aws:iam::111111111111:role/deploy", "session_name": "a b"},
            "must be 2 to 64 letters",
        ),
        ("hubs.eu.log_retention_days", "14", "Input should be a valid integer"),
        ("hubs.eu.loki.write_address", "loki.example.com/push", "must be the HTTP(S) URL of Loki's push API"),
        ("hubs.eu.loki.write_address", "https://loki.example.com", "with its path"),
        ("hubs.eu.loki.write_address", "https://a:b@loki/push", "without credentials"),
        ("hubs.eu.loki.batch_size", 0, "Input should be greater than or equal to 1"),
        ("hubs.eu.loki.batch_size", 6_291_457, "Input should be less than or equal to 6291456"),
        ("hubs.eu.loki.tenant_id", "a b", "must be at most 150 letters"),
        ("hubs.eu.loki.tenant_id", "..", "must be neither . nor .."),
        ("hubs.eu.loki.long_lines", "keep", "Input should be 'cut' or 'drop'"),
        ("hubs.eu.loki.drop_labels", ["a-b"], "must be letters, digits and underscores"),
        ("hubs.eu.loki.relabel_configs", [{"source_label": "a"}], "Extra inputs are not permitted"),
        ("hubs.eu.loki.stage_configs", ["drop"], "Input should be a valid dictionary"),
        ("hubs.eu.loki.tenant_rules", [{"bucket": "a"}], "Field required"),
        (
            "hubs.eu.loki_credential_arns",
            {"bearer_token": "s3cret"},
            "must be the whole ARN of a Secrets Manager",
        ),
        ("hubs.eu.loki_credential_arns", {"kms_key_arns": ["alias/a"]}, "must be the ARN of a key"),
        ("hubs.eu.content", {"labels": ["client_ip"]}, "Input should be 'log_kind'"),
        ("hubs.eu.content", {"filter_rules": [{"match": {}, "keep": 1}]}, "should have at least 1 item"),
        (
            "hubs.eu.content",
            {"filter_rules": [{"match": {"path": "/"}, "keep": 2}]},
            "less than or equal to 1",
        ),
        ("hubs.eu.refused_destination_arn", "refused", "must be the ARN of a standard SQS queue"),
        ("hubs.eu.log_level", "trace", "Input should be 'debug', 'info', 'warn' or 'error'"),
        ("hubs.eu.metrics_namespace", "AWS/Lambda", "must not begin with AWS/"),
        ("spokes.shop.prefix", "env=prod", "must be of letters, digits"),
        ("hubs.eu.loki.password", "secret", "Extra inputs are not permitted"),
        ("hubs.eu.loki.extra_labels", ["a"], "Input should be a valid dictionary"),
        ("hubs.eu.function", {"architecture": "x86"}, "Input should be 'arm64' or 'x86_64'"),
        ("hubs.eu.function", {"timeout": 901}, "Input should be less than or equal to 900"),
        ("hubs.eu.function", {"memory_size": 64}, "Input should be greater than or equal to 128"),
        (
            "hubs.eu.function",
            {"zip_path": "none.zip"},
            "none.zip: the path is relative to the deployment file",
        ),
        ("spokes.shop.account_id", 222222222222, "must be in quotes: YAML reads it as a number"),
        ("spokes.shop.account_id", "2222222222222", "must be the 12 digits of an AWS account id"),
        ("spokes.shop.bucket_name", "Shop", "must be a valid S3 bucket name"),
        ("spokes.shop.bucket_name", "ab", "must be a valid S3 bucket name"),
        ("spokes.shop.bucket_name", ABSENT, "Field required"),
        ("spokes.shop.prefix", "logs/", "with no slash at its ends"),
        ("spokes.shop.prefix", "logs/AWSLogs", "must not contain AWSLogs: Elastic Load Balancing adds"),
        ("spokes.shop.expiration_days", 0, "Input should be greater than or equal to 1"),
        ("spokes.shop.force_destroy", "yes", "Input should be a valid boolean"),
        ("spokes.shop.bucket", "x", "Extra inputs are not permitted"),
        ("spokes.shop.log_account_ids", [333333333333], "must be in quotes"),
        ("spokes.shop.demo_load_balancer", True, "Input should be a valid dictionary"),
        ("spokes.shop.labels", {"a-b": "c"}, "must be letters, digits and underscores"),
        ("spokes.shop.tenant_id", "a b", "must be at most 150 letters"),
        ("spokes.shop.access_log", {"prefix": "a"}, "Field required"),
        ("backend", "s3", "must be local, or a bucket with its settings"),
        ("backend", {"gcs": {}}, "must be local, or a bucket with its settings"),
        ("backend.s3", {"bucket": "states"}, "Field required"),
        ("backend.s3", {"bucket": "states", "region": "eu-west-9"}, "is no AWS region"),
        ("defaults.spokes", {}, "Extra inputs are not permitted"),
        ("defaults.spoke", [], "Input should be a valid dictionary"),
    ],
)
def test_a_mistake_is_named_by_its_field(field: str, value: Any, message: str, read: Read) -> None:
    with pytest.raises(DeploymentError) as caught:
        read(changed(field, value))

    (mistake,) = [line for line in str(caught.value).splitlines() if line.startswith("  ")]
    assert mistake.startswith(f"  {field}")
    assert message in mistake


def test_a_topic_and_further_prefixes_are_the_hub_s_matter_and_not_the_spoke_module_s(read: Read) -> None:
    of_hub = {"topic_arn": "arn:aws:sns:eu-west-1:222222222222:logs", "prefixes": ["web", "api"]}

    spoke = read(
        changed("spokes.shop", GOOD["spokes"]["shop"] | of_hub | {"manage_notification": False})
    ).spokes["shop"]

    assert spoke.for_hub() == GOOD["spokes"]["shop"] | of_hub
    assert spoke.module_inputs() == {"bucket_name": "shop-alb-logs", "manage_notification": False}


def test_a_name_of_a_spoke_is_checked_too(read: Read) -> None:
    with pytest.raises(DeploymentError, match=r"spokes\.shop logs.*: must be 1 to 40 letters"):
        read(changed("spokes.shop logs", GOOD["spokes"]["shop"] | {"bucket_name": "other"}))


def test_a_value_that_is_wrong_is_shown(read: Read) -> None:
    with pytest.raises(DeploymentError, match=r"\(given: 'ab'\)"):
        read(changed("spokes.shop.bucket_name", "ab"))


def test_an_account_id_that_yaml_reads_as_an_octal_number_is_refused(read: Read) -> None:
    text = yaml.safe_dump(GOOD).replace("'222222222222'", "012345670123")

    with pytest.raises(DeploymentError, match=r"spokes\.shop\.account_id: must be in quotes"):
        read(text)


def test_all_mistakes_are_told_at_once(read: Read) -> None:
    content = copy.deepcopy(GOOD)
    content["hubs"]["eu"]["account_id"] = "1"
    content["spokes"]["shop"]["bucket_name"] = "No"
    content["unknown"] = 1

    with pytest.raises(DeploymentError) as caught:
        read(yaml.safe_dump(content))

    assert [line.split(":")[0].strip() for line in str(caught.value).splitlines()[1:]] == [
        "hubs.eu.account_id",
        "spokes.shop.bucket_name",
        "unknown",
    ]


def test_two_spokes_may_not_share_a_bucket(read: Read) -> None:
    with pytest.raises(
        DeploymentError,
        match=r"spokes\.other\.bucket_name and spokes\.shop\.bucket_name are all 'shop-alb-logs'",
    ):
        read(changed("spokes.other", GOOD["spokes"]["shop"] | {"account_id": "333333333333"}))


def test_a_function_is_a_zip_or_an_image(read: Read, tmp_path: Path) -> None:
    (tmp_path / "own.zip").touch()

    with pytest.raises(
        DeploymentError, match=r"hubs\.eu\.function: zip_path and image_uri exclude each other"
    ):
        read(changed("hubs.eu.function", {"zip_path": "own.zip", "image_uri": "x"}))


def test_a_zip_is_found_beside_the_file_and_its_path_is_absolute_after(read: Read, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build/own.zip").touch()

    function = read(changed("hubs.eu.function", {"zip_path": "build/own.zip"})).hubs["eu"].function

    assert function.zip_path == str(tmp_path / "build/own.zip")


def test_the_elb_account_cannot_be_granted_in_a_region_without_one(read: Read) -> None:
    content = copy.deepcopy(GOOD)
    content["spokes"]["shop"]["grant_elb_account"] = True
    assert read(yaml.safe_dump(content)).spokes["shop"].grant_elb_account

    content["hubs"]["eu"]["region"] = "eu-central-2"
    with pytest.raises(
        DeploymentError,
        match=r"spokes\.shop\.grant_elb_account is true, but eu-central-2 has no .*: leave it out",
    ):
        read(yaml.safe_dump(content))


def test_a_file_that_is_not_yaml_is_told_with_the_place(read: Read) -> None:
    with pytest.raises(DeploymentError, match=r"deployment\.yaml is not valid YAML: .*(.|\n)*line"):
        read("hubs:\n  eu: [unclosed")


@pytest.mark.parametrize("text", ["", "- a list", "text"])
def test_a_file_without_fields_is_refused(text: str, read: Read) -> None:
    with pytest.raises(DeploymentError, match=r"\(the whole file\): Input should be a valid dictionary"):
        read(text)


def test_a_folder_is_no_deployment_file(tmp_path: Path) -> None:
    with pytest.raises(DeploymentError, match="cannot be read: Is a directory"):
        read_deployment(tmp_path)


def test_a_missing_file_is_told_with_the_remedy_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(main.FILE_VARIABLE, str(tmp_path / "none.yaml"))

    with pytest.raises(SystemExit) as caught:
        main.main()

    message = str(caught.value)
    assert "There is no deployment file" in message
    assert "none.yaml" in message
    assert "Copy examples/cdktf-deploy/deployment.yaml" in message
    assert main.FILE_VARIABLE in message


def test_a_password_in_the_address_is_not_repeated(read: Callable[[str], Deployment]) -> None:
    with pytest.raises(DeploymentError) as caught:
        read(changed("hubs.eu.loki.write_address", "https://reader:s3cret@loki/push"))

    assert "hubs.eu.loki.write_address: must be the HTTP(S) URL" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_secret_in_place_of_its_arn_is_not_repeated(read: Read) -> None:
    with pytest.raises(DeploymentError) as caught:
        read(changed("hubs.eu.loki_credential_arns", {"password": "s3cret"}))

    assert "hubs.eu.loki_credential_arns.password: must be the whole ARN" in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("field", ["hub", "region"])
def test_the_earlier_form_is_told_how_to_become_today_s(field: str, read: Read) -> None:
    with pytest.raises(DeploymentError, match=r"`hubs: \{main: \{region: …, …\}\}`(.|\n)*rename its state"):
        read(changed(field, "eu-west-1"))


def test_a_key_that_is_there_twice_is_refused_with_its_place(read: Read) -> None:
    text = yaml.safe_dump(GOOD) + '  shop: {account_id: "333333333333", bucket_name: other}\n'

    with pytest.raises(
        DeploymentError, match=r"'shop' is there twice: rename or remove one\n.*line \d+, column 3"
    ):
        read(text)


def test_a_role_is_of_the_account_it_is_assumed_in(read: Read) -> None:
    role = {"role_arn": "arn:aws:iam::333333333333:role/deploy"}

    with pytest.raises(
        DeploymentError,
        match=r"spokes\.shop: assume_role\.role_arn is a role of account 333333333333, but account_id is 2222",
    ):
        read(changed("spokes.shop.assume_role", role))


def test_hubs_of_one_account_have_names_of_their_own(read: Read) -> None:
    us = GOOD["hubs"]["eu"] | {"region": "us-east-1"}

    with pytest.raises(
        DeploymentError,
        match=r"hubs\.eu\.name and hubs\.us\.name are all 'alb-loki' in account 111111111111, .*: give each",
    ):
        read(changed("hubs.us", us).replace("bucket_name:", "hub: eu\n    bucket_name:"))
    assert read(
        changed("hubs.us", us | {"name": "alb-loki-us"}).replace("bucket_name:", "hub: eu\n    bucket_name:")
    )


def test_hubs_do_not_share_the_variable_of_their_credentials(read: Read) -> None:
    content = copy.deepcopy(GOOD)
    content["hubs"] = {
        name: GOOD["hubs"]["eu"] | {"account_id": account}
        for name, account in (("eu-1", "111111111111"), ("eu_1", "444444444444"))
    }
    content["spokes"]["shop"]["hub"] = "eu-1"

    with pytest.raises(
        DeploymentError, match=r"hubs\.eu-1 and hubs\.eu_1 would share the variable loki_credentials_eu_1"
    ):
        read(yaml.safe_dump(content))


@pytest.mark.parametrize(
    ("hub", "message"),
    [
        (None, r"spokes\.shop\.hub is left out, but there are several hubs: give one of eu, us"),
        ("ap", r"spokes\.shop\.hub is 'ap', which is none of the hubs: give one of eu, us"),
    ],
)
def test_a_spoke_names_one_of_several_hubs(hub: str | None, message: str, read: Read) -> None:
    content = copy.deepcopy(GOOD)
    content["hubs"]["us"] = GOOD["hubs"]["eu"] | {"region": "us-east-1", "name": "us"}
    if hub:
        content["spokes"]["shop"]["hub"] = hub

    with pytest.raises(DeploymentError, match=message):
        read(yaml.safe_dump(content))


def test_defaults_are_under_each_hub_and_spoke_member_by_member(read: Read) -> None:
    content = copy.deepcopy(GOOD)
    content["defaults"] = {
        "hub": {"loki": {"tenant_id": "all", "extra_labels": {"a": "1"}}, "profile": "hub"},
        "spoke": {"prefix": "logs", "labels": {"env": "prod"}, "assume_role": {"external_id": "x"}},
    }
    content["spokes"]["shop"] |= {
        "labels": {"team": "shop"},
        "assume_role": {"role_arn": "arn:aws:iam::222222222222:role/deploy"},
    }
    content["spokes"]["other"] = {"account_id": "333333333333", "bucket_name": "other", "prefix": ""}
    content["spokes"]["other"]["assume_role"] = {"role_arn": "arn:aws:iam::333333333333:role/deploy"}

    deployment = read(yaml.safe_dump(content))

    hub, shop, other = deployment.hubs["eu"], deployment.spokes["shop"], deployment.spokes["other"]
    assert (hub.profile, hub.loki.tenant_id, hub.loki.extra_labels) == ("hub", "all", {"a": "1"})
    assert (shop.prefix, shop.labels) == ("logs", {"env": "prod", "team": "shop"})
    assert shop.assume_role
    assert shop.assume_role.external_id == "x"
    assert (other.prefix, other.labels) == ("", {"env": "prod"})


def test_a_mistake_in_the_defaults_is_named_where_it_is_and_once(read: Read) -> None:
    content = copy.deepcopy(GOOD)
    content["defaults"] = {"spoke": {"expiration_days": 0}}
    content["spokes"]["other"] = {"account_id": "333333333333", "bucket_name": "other", "expiration_days": -1}
    content["spokes"]["third"] = {"account_id": "333333333333", "bucket_name": "third"}

    with pytest.raises(DeploymentError) as caught:
        read(yaml.safe_dump(content))

    assert [line.split(":")[0].strip() for line in str(caught.value).splitlines()[1:]] == [
        "spokes.other.expiration_days",
        "defaults.spoke.expiration_days",
    ]


def test_a_secret_in_the_defaults_is_not_repeated(read: Read) -> None:
    with pytest.raises(DeploymentError) as caught:
        read(changed("defaults.hub.loki_credential_arns", {"password": "s3cret"}))

    assert "defaults.hub.loki_credential_arns.password: must be the whole ARN" in str(caught.value)
    assert "s3cret" not in str(caught.value)
