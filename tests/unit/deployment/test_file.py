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
    "region": "eu-west-1",
    "hub": {
        "account_id": "111111111111",
        "loki": {"write_address": "https://loki.example.com/loki/api/v1/push"},
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

    assert deployment.hub.account_id == "111111111111"
    assert deployment.hub.profile == "hub"
    assert [spoke.bucket_name for spoke in deployment.spokes.values()] == ["shop-alb-logs"]


def test_what_is_left_out_has_the_modules_defaults(read: Read) -> None:
    deployment = read(yaml.safe_dump(GOOD))

    hub, shop = deployment.hub, deployment.spokes["shop"]
    assert (hub.name, hub.network, hub.log_retention_days) == ("alb-loki", "none", 14)
    assert (hub.function.architecture, hub.function.memory_size, hub.function.timeout) == ("arm64", 256, 60)
    assert (shop.prefix, shop.expiration_days, shop.force_destroy) == ("", 30, False)
    assert (shop.grant_elb_account, shop.demo_load_balancer) == (False, False)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("region", "eu-west-9", "unknown AWS region 'eu-west-9'; known are af-south-1, "),
        ("region", ABSENT, "Field required"),
        ("regoin", "eu-west-1", "Extra inputs are not permitted"),
        ("hub", ABSENT, "Field required"),
        ("hub.account_id", 111111111111, "must be in quotes: YAML reads it as a number"),
        ("hub.account_id", "11111111111", "must be the 12 digits of an AWS account id"),
        ("hub.account_id", "1111-1111-1111", "must be the 12 digits of an AWS account id"),
        ("hub.account_id", ABSENT, "Field required"),
        ("hub.name", "alb loki", "must be 1 to 40 letters, digits, hyphens or underscores"),
        ("hub.netwrok", "none", "Extra inputs are not permitted"),
        ("hub.network", "existing", "Input should be 'none' or 'created'"),
        ("hub.log_retention_days", "14", "Input should be a valid integer"),
        ("hub.loki.write_address", "loki.example.com/push", "must be the HTTP(S) URL of Loki's push API"),
        ("hub.loki.write_address", "https://loki.example.com", "with its path"),
        ("hub.loki.write_address", "https://a:b@loki/push", "without credentials"),
        ("hub.loki.batch_size", 0, "Input should be greater than or equal to 1"),
        ("hub.loki.batch_size", 6_291_457, "Input should be less than or equal to 6291456"),
        ("hub.loki.tenant_id", "a b", "must be at most 150 letters"),
        ("hub.loki.tenant_id", "..", "must be neither . nor .."),
        ("hub.loki.long_lines", "keep", "Input should be 'cut' or 'drop'"),
        ("hub.loki.drop_labels", ["a-b"], "must be letters, digits and underscores"),
        ("hub.loki.relabel_configs", [{"source_label": "a"}], "Extra inputs are not permitted"),
        ("hub.loki.stage_configs", ["drop"], "Input should be a valid dictionary"),
        ("hub.loki.tenant_rules", [{"bucket": "a"}], "Field required"),
        (
            "hub.loki_credential_arns",
            {"bearer_token": "s3cret"},
            "must be the whole ARN of a Secrets Manager",
        ),
        ("hub.loki_credential_arns", {"kms_key_arns": ["alias/a"]}, "must be the ARN of a key"),
        ("hub.content", {"labels": ["client_ip"]}, "Input should be 'log_kind'"),
        ("hub.content", {"filter_rules": [{"match": {}, "keep": 1}]}, "should have at least 1 item"),
        ("hub.content", {"filter_rules": [{"match": {"path": "/"}, "keep": 2}]}, "less than or equal to 1"),
        ("hub.refused_destination_arn", "refused", "must be the ARN of a standard SQS queue"),
        ("hub.log_level", "trace", "Input should be 'debug', 'info', 'warn' or 'error'"),
        ("hub.metrics_namespace", "AWS/Lambda", "must not begin with AWS/"),
        ("spokes.shop.prefix", "env=prod", "must be of letters, digits"),
        ("hub.loki.password", "secret", "Extra inputs are not permitted"),
        ("hub.loki.extra_labels", ["a"], "Input should be a valid dictionary"),
        ("hub.function", {"architecture": "x86"}, "Input should be 'arm64' or 'x86_64'"),
        ("hub.function", {"timeout": 901}, "Input should be less than or equal to 900"),
        ("hub.function", {"memory_size": 64}, "Input should be greater than or equal to 128"),
        ("hub.function", {"zip_path": "none.zip"}, "none.zip: the path is relative to the deployment file"),
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
    ],
)
def test_a_mistake_is_named_by_its_field(field: str, value: Any, message: str, read: Read) -> None:
    with pytest.raises(DeploymentError) as caught:
        read(changed(field, value))

    (mistake,) = [line for line in str(caught.value).splitlines() if line.startswith("  ")]
    assert mistake.startswith(f"  {field}")
    assert message in mistake


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
    content["hub"]["account_id"] = "1"
    content["spokes"]["shop"]["bucket_name"] = "No"
    content["unknown"] = 1

    with pytest.raises(DeploymentError) as caught:
        read(yaml.safe_dump(content))

    assert [line.split(":")[0].strip() for line in str(caught.value).splitlines()[1:]] == [
        "hub.account_id",
        "spokes.shop.bucket_name",
        "unknown",
    ]


def test_two_spokes_may_not_share_a_bucket(read: Read) -> None:
    with pytest.raises(DeploymentError, match="several spokes name the bucket 'shop-alb-logs'"):
        read(changed("spokes.other", GOOD["spokes"]["shop"] | {"account_id": "333333333333"}))


def test_a_function_is_a_zip_or_an_image(read: Read, tmp_path: Path) -> None:
    (tmp_path / "own.zip").touch()

    with pytest.raises(DeploymentError, match=r"hub\.function: zip_path and image_uri exclude each other"):
        read(changed("hub.function", {"zip_path": "own.zip", "image_uri": "x"}))


def test_a_zip_is_found_beside_the_file_and_its_path_is_absolute_after(read: Read, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build/own.zip").touch()

    function = read(changed("hub.function", {"zip_path": "build/own.zip"})).hub.function

    assert function.zip_path == str(tmp_path / "build/own.zip")


def test_the_elb_account_cannot_be_granted_in_a_region_without_one(read: Read) -> None:
    content = copy.deepcopy(GOOD)
    content["spokes"]["shop"]["grant_elb_account"] = True
    assert read(yaml.safe_dump(content)).spokes["shop"].grant_elb_account

    content["region"] = "eu-central-2"
    with pytest.raises(
        DeploymentError,
        match=r"spokes\.shop\.grant_elb_account is true, but eu-central-2 has no .*: leave it out",
    ):
        read(yaml.safe_dump(content))


def test_a_file_that_is_not_yaml_is_told_with_the_place(read: Read) -> None:
    with pytest.raises(DeploymentError, match=r"deployment\.yaml is not valid YAML: .*(.|\n)*line 2"):
        read("region: eu-west-1\nhub: [unclosed")


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
        read(changed("hub.loki.write_address", "https://reader:s3cret@loki/push"))

    assert "hub.loki.write_address: must be the HTTP(S) URL" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_secret_in_place_of_its_arn_is_not_repeated(read: Read) -> None:
    with pytest.raises(DeploymentError) as caught:
        read(changed("hub.loki_credential_arns", {"password": "s3cret"}))

    assert "hub.loki_credential_arns.password: must be the whole ARN" in str(caught.value)
    assert "s3cret" not in str(caught.value)
