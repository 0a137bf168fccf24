"""What the spoke makes of its inputs."""

import pytest

from tests.modules.results import Applied, managed
from tests.modules.scenarios.scenario import HUB_ARNS, REGION_WITHOUT_ELB_ACCOUNT

CORE = {
    "aws_s3_bucket.this",
    "aws_s3_bucket_lifecycle_configuration.this",
    "aws_s3_bucket_notification.this",
    "aws_s3_bucket_ownership_controls.this",
    "aws_s3_bucket_policy.this",
    "aws_s3_bucket_public_access_block.this",
    "aws_s3_bucket_server_side_encryption_configuration.this",
}
DEMO = {
    "aws_vpc.demo[0]",
    "aws_internet_gateway.demo[0]",
    "aws_subnet.demo[0]",
    "aws_subnet.demo[1]",
    "aws_route_table.demo[0]",
    "aws_route.demo_internet[0]",
    "aws_route_table_association.demo[0]",
    "aws_route_table_association.demo[1]",
    "aws_security_group.demo[0]",
    "aws_vpc_security_group_ingress_rule.demo_http[0]",
    "aws_lb.demo[0]",
    "aws_lb_listener.demo[0]",
}


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("spoke_default", CORE),
        ("spoke_prefix", CORE),
        ("spoke_elb_account", CORE),
        ("spoke_china", CORE),
        ("spoke_demo", CORE | DEMO),
    ],
)
def test_it_consists_of(scenario: str, expected: set[str], applied: Applied) -> None:
    assert managed(applied.scenarios[scenario].values) == expected


def test_the_bucket_is_private_encrypted_and_forgets(applied: Applied) -> None:
    default, changed = applied.scenarios["spoke_default"], applied.scenarios["spoke_prefix"]

    block = default["aws_s3_bucket_public_access_block.this"]
    assert [block[name] for name in block if name.startswith(("block_", "ignore_", "restrict_"))] == [
        True
    ] * 4
    (ownership,) = default["aws_s3_bucket_ownership_controls.this"]["rule"]
    assert ownership["object_ownership"] == "BucketOwnerEnforced"
    (encryption,) = default["aws_s3_bucket_server_side_encryption_configuration.this"]["rule"]
    (by_default,) = encryption["apply_server_side_encryption_by_default"]
    assert (by_default["sse_algorithm"], by_default["kms_master_key_id"]) == ("AES256", None)
    for spoke, days, force in ((default, 30, False), (changed, 7, True)):
        (rule,) = spoke["aws_s3_bucket_lifecycle_configuration.this"]["rule"]
        assert (rule["status"], rule["expiration"][0]["days"]) == ("Enabled", days)
        assert spoke["aws_s3_bucket.this"]["force_destroy"] is force


@pytest.mark.parametrize(
    ("scenario", "key_prefix"),
    [
        ("spoke_default", "AWSLogs/222222222222/"),
        ("spoke_prefix", "lb/prod/AWSLogs/222222222222/"),
        ("spoke_china", "logs/AWSLogs/333333333333/"),
    ],
)
def test_logs_are_written_read_and_notified_below_the_account_s_prefix_only(
    scenario: str, key_prefix: str, applied: Applied
) -> None:
    spoke = applied.scenarios[scenario]
    objects = f"{spoke['aws_s3_bucket.this']['arn']}/{key_prefix}*"

    statements = spoke.policy("aws_s3_bucket_policy.this").values()
    allowed = [statement["Resource"] for statement in statements if statement["Effect"] == "Allow"]
    (notification,) = spoke["aws_s3_bucket_notification.this"]["lambda_function"]

    assert len(allowed) >= 2
    assert set(allowed) == {objects}
    assert notification["filter_prefix"] == f"{key_prefix}elasticloadbalancing/"
    assert notification["lambda_function_arn"].endswith(":function:alb-loki")
    assert notification["events"] == ["s3:ObjectCreated:*"]


def test_load_balancing_writes_the_hub_reads_and_nobody_comes_by_plain_http(applied: Applied) -> None:
    statements = applied.scenarios["spoke_default"].policy("aws_s3_bucket_policy.this")

    assert list(statements) == ["DeliverLogs", "HubReadsLogs", "DenyPlainHttp"]
    deliver, read, deny = statements.values()
    assert deliver["Principal"] == {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
    assert deliver["Action"] == "s3:PutObject"
    assert read["Principal"] == {"AWS": HUB_ARNS["role_arn"]}
    assert read["Action"] == ["s3:GetObject", "s3:GetObjectVersion"]
    assert deny == {
        "Sid": "DenyPlainHttp",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::shop-alb-logs", "arn:aws:s3:::shop-alb-logs/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


@pytest.mark.parametrize(
    ("scenario", "principal"),
    [
        ("spoke_elb_account", "arn:aws:iam::156460612806:root"),
        ("spoke_china", "arn:aws-cn:iam::037604701340:root"),
    ],
)
def test_the_region_s_elb_account_writes_too_where_it_is_asked_for(
    scenario: str, principal: str, applied: Applied
) -> None:
    statements = applied.scenarios[scenario].policy("aws_s3_bucket_policy.this")

    by_account, by_service = statements["DeliverLogsByAccount"], statements["DeliverLogs"]
    assert by_account["Principal"] == {"AWS": principal}
    assert (by_account["Action"], by_account["Resource"]) == (by_service["Action"], by_service["Resource"])


def test_a_hub_in_another_region_is_refused(applied: Applied) -> None:
    (message,) = applied.errors["other_region.tftest.hcl"]

    assert "The hub's function is in eu-west-1, the bucket in us-east-1" in message
    assert "Apply a hub in each region" in message


def test_a_region_without_elb_account_refuses_to_grant_it(applied: Applied) -> None:
    (said,) = applied.errors["no_elb_account.tftest.hcl"]

    assert f"the region {REGION_WITHOUT_ELB_ACCOUNT} has no Elastic Load Balancing account" in said
    assert "Leave grant_elb_account at false" in said


def test_the_demo_load_balancer_answers_by_itself_and_logs_to_the_bucket(applied: Applied) -> None:
    spoke = applied.scenarios["spoke_demo"]

    (logs,) = spoke["aws_lb.demo[0]"]["access_logs"]
    assert (logs["bucket"], logs["prefix"], logs["enabled"]) == ("shop-alb-logs", "demo", True)
    zones = [spoke[f"aws_subnet.demo[{n}]"]["availability_zone"] for n in range(2)]
    assert zones == ["eu-west-1a", "eu-west-1b"]
    ranges = [spoke[f"aws_subnet.demo[{n}]"]["cidr_block"] for n in range(2)]
    assert ranges == ["10.200.0.0/20", "10.200.16.0/20"]
    listener = spoke["aws_lb_listener.demo[0]"]
    (action,) = listener["default_action"]
    assert (listener["port"], listener["protocol"], action["type"]) == (80, "HTTP", "fixed-response")
    assert action["fixed_response"][0]["status_code"] == "200"
