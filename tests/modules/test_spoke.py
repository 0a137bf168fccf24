"""What the spoke makes of its inputs."""

import json
from typing import Any

import pytest

from tests.modules.results import Applied, Resources, managed
from tests.modules.scenarios.scenario import HUB_ARNS, KEY_ARN, QUEUE_ARN, REGION_WITHOUT_ELB_ACCOUNT
from tests.modules.scenarios.spoke import MANY, TEAM

CORE = {
    "aws_s3_bucket.this[0]",
    "aws_s3_bucket_lifecycle_configuration.this[0]",
    "aws_s3_bucket_notification.this[0]",
    "aws_s3_bucket_ownership_controls.this[0]",
    "aws_s3_bucket_policy.this[0]",
    "aws_s3_bucket_public_access_block.this[0]",
    "aws_s3_bucket_server_side_encryption_configuration.this[0]",
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


def rules(spoke: Resources) -> list[dict[str, Any]]:
    """The rules of the bucket's notification configuration."""
    notification = spoke["aws_s3_bucket_notification.this[0]"]
    return [*notification["queue"], *notification["lambda_function"]]


def spoke_has_queue(spoke: Resources) -> bool:
    return bool(spoke["aws_s3_bucket_notification.this[0]"]["queue"])


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("spoke_default", CORE),
        ("spoke_prefix", CORE),
        ("spoke_elb_account", CORE),
        ("spoke_china", CORE),
        ("spoke_demo", CORE | DEMO),
        ("spoke_queue", CORE),
        ("spoke_team", CORE),
        ("spoke_key", CORE),
        ("spoke_unknown_arns", CORE),
        ("spoke_kept", CORE | {"aws_s3_bucket_logging.this[0]", "aws_s3_bucket_versioning.this[0]"}),
        ("spoke_existing", set()),
    ],
)
def test_it_consists_of(scenario: str, expected: set[str], applied: Applied) -> None:
    assert managed(applied.scenarios[scenario].values) == expected


def test_the_bucket_is_private_encrypted_and_forgets(applied: Applied) -> None:
    default, changed = applied.scenarios["spoke_default"], applied.scenarios["spoke_prefix"]

    block = default["aws_s3_bucket_public_access_block.this[0]"]
    assert [block[name] for name in block if name.startswith(("block_", "ignore_", "restrict_"))] == [
        True
    ] * 4
    (ownership,) = default["aws_s3_bucket_ownership_controls.this[0]"]["rule"]
    assert ownership["object_ownership"] == "BucketOwnerEnforced"
    (encryption,) = default["aws_s3_bucket_server_side_encryption_configuration.this[0]"]["rule"]
    (by_default,) = encryption["apply_server_side_encryption_by_default"]
    assert (by_default["sse_algorithm"], by_default["kms_master_key_id"]) == ("AES256", None)
    for spoke, days, force in ((default, 30, False), (changed, 7, True)):
        (rule,) = spoke["aws_s3_bucket_lifecycle_configuration.this[0]"]["rule"]
        assert (rule["status"], rule["expiration"][0]["days"]) == ("Enabled", days)
        assert spoke["aws_s3_bucket.this[0]"]["force_destroy"] is force


@pytest.mark.parametrize(
    ("scenario", "key_prefixes"),
    [
        ("spoke_default", ["AWSLogs/222222222222/"]),
        ("spoke_prefix", ["lb/prod/AWSLogs/222222222222/"]),
        ("spoke_china", ["logs/AWSLogs/333333333333/"]),
        ("spoke_team", [f"lb/AWSLogs/{account}/" for account in TEAM]),
        ("spoke_many", [f"AWSLogs/{account}/" for account in MANY]),
    ],
)
def test_logs_are_written_read_and_notified_below_the_accounts_prefixes_only(
    scenario: str, key_prefixes: list[str], applied: Applied
) -> None:
    spoke = applied.scenarios[scenario]
    arn = spoke.outputs["bucket_arn"]

    statements = spoke.policy("aws_s3_bucket_policy.this[0]")
    deny, read = statements.pop("DenyPlainHttp"), statements.pop("HubReadsLogs")
    statements.pop("CheckNetworkLogsBucket", None)
    assert deny["Effect"] == "Deny"
    assert read["Resource"] == [f"{arn}/{prefix}elasticloadbalancing/*" for prefix in key_prefixes]
    assert len(statements) >= 1
    for statement in statements.values():
        assert statement["Resource"] == [f"{arn}/{prefix}*" for prefix in key_prefixes]
    assert spoke.outputs["log_key_prefixes"] == key_prefixes
    assert sorted(rule["filter_prefix"] for rule in rules(spoke)) == sorted(
        f"{prefix}elasticloadbalancing/" for prefix in key_prefixes
    )
    assert len({rule["id"] for rule in rules(spoke)}) == len(key_prefixes)


@pytest.mark.parametrize(
    ("scenario", "kind", "target"),
    [
        ("spoke_default", "lambda_function", HUB_ARNS["function_arn"]),
        ("spoke_queue", "queue", "arn:aws:sqs:eu-west-1:111111111111:alb-loki"),
        ("spoke_team", "queue", "arn:aws:sqs:eu-west-1:111111111111:alb-loki"),
        ("spoke_unknown_arns", "queue", QUEUE_ARN),
    ],
)
def test_the_hub_s_queue_or_function_hears_of_every_new_object(
    scenario: str, kind: str, target: str, applied: Applied
) -> None:
    notification = applied.scenarios[scenario]["aws_s3_bucket_notification.this[0]"]
    other = {"queue": "lambda_function", "lambda_function": "queue"}[kind]

    assert len(notification[kind]) >= 1
    assert notification[other] == []
    for rule in notification[kind]:
        assert rule[f"{kind}_arn"] == target
        assert rule["events"] == ["s3:ObjectCreated:*"]


def test_load_balancing_writes_the_hub_reads_and_nobody_comes_by_plain_http(applied: Applied) -> None:
    statements = applied.scenarios["spoke_default"].policy("aws_s3_bucket_policy.this[0]")

    assert list(statements) == ["DeliverLogs", "HubReadsLogs", "DenyPlainHttp"]
    deliver, read, deny = statements.values()
    assert deliver["Principal"] == {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
    assert deliver["Action"] == "s3:PutObject"
    assert read["Principal"] == {"AWS": HUB_ARNS["role_arn"]}
    assert read["Action"] == ["s3:GetObject", "s3:GetObjectVersion"]
    assert (deliver["Effect"], read["Effect"]) == ("Allow", "Allow")
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
    statements = applied.scenarios[scenario].policy("aws_s3_bucket_policy.this[0]")

    by_account, by_service = statements["DeliverLogsByAccount"], statements["DeliverLogs"]
    assert by_account["Principal"] == {"AWS": [principal]}
    assert (by_account["Action"], by_account["Resource"]) == (by_service["Action"], by_service["Resource"])


def test_an_existing_bucket_in_another_region_is_refused(applied: Applied) -> None:
    (message,) = applied.errors["existing_elsewhere.tftest.hcl"]

    assert "The bucket shop-alb-logs is not in us-east-1" in message
    assert "Give it a provider of the bucket's region" in message


@pytest.mark.parametrize("file", ["other_region", "other_region_queue"])
def test_a_hub_in_another_region_is_refused(file: str, applied: Applied) -> None:
    (message,) = applied.errors[f"{file}.tftest.hcl"]

    assert "The hub's queue or function is in eu-west-1, the bucket in us-east-1" in message
    assert "Apply a hub in each region" in message


def test_a_region_without_elb_account_refuses_to_grant_it(applied: Applied) -> None:
    (said,) = applied.errors["no_elb_account.tftest.hcl"]

    assert f"the region {REGION_WITHOUT_ELB_ACCOUNT} has no Elastic Load Balancing account" in said
    assert "Leave grant_elb_account at false" in said


def test_a_policy_that_s3_would_not_take_is_refused(applied: Applied) -> None:
    (message,) = applied.errors["policy_too_long.tftest.hcl"]

    assert (
        "characters, and S3 takes 20480. Spread the accounts of log_account_ids over several buckets"
        in message
    )


def test_a_demo_load_balancer_that_may_not_log_is_refused(applied: Applied) -> None:
    (message,) = applied.errors["demo_of_no_account.tftest.hcl"]

    assert "log_account_ids does not have its account 222222222222" in message


def test_a_bucket_of_network_load_balancers_may_have_a_key(applied: Applied) -> None:
    spoke = applied.scenarios["spoke_key"]

    (encryption,) = spoke["aws_s3_bucket_server_side_encryption_configuration.this[0]"]["rule"]
    (by_default,) = encryption["apply_server_side_encryption_by_default"]
    assert (by_default["sse_algorithm"], by_default["kms_master_key_id"]) == ("aws:kms", KEY_ARN)
    assert encryption["bucket_key_enabled"] is True
    assert list(spoke.policy("aws_s3_bucket_policy.this[0]")) == [
        "DeliverNetworkLogs",
        "CheckNetworkLogsBucket",
        "HubReadsLogs",
        "DenyPlainHttp",
    ]


def test_the_key_s_policy_lets_the_delivery_encrypt_and_the_hub_decrypt(applied: Applied) -> None:
    deliver, read = json.loads(applied.scenarios["spoke_key"].outputs["kms_key_statements"])

    assert deliver["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert {"kms:GenerateDataKey", "kms:Decrypt"} < set(deliver["Action"])
    assert deliver["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ["222222222222"]},
        "ArnLike": {"aws:SourceArn": ["arn:aws:logs:eu-west-1:222222222222:*"]},
    }
    assert read["Principal"] == {"AWS": HUB_ARNS["role_arn"]}
    assert read["Action"] == "kms:Decrypt"
    assert read["Condition"] == {
        "StringEquals": {"kms:ViaService": ["s3.eu-west-1.amazonaws.com"]},
        "StringLike": {
            "kms:EncryptionContext:aws:s3:arn": ["arn:aws:s3:::shop-alb-logs", "arn:aws:s3:::shop-alb-logs/*"]
        },
    }
    for statement in (deliver, read):
        # Which in the policy of a key is that key.
        assert statement["Resource"] == "*"
        assert [action for action in statement["Action"] if "*" in action] == []


def test_objects_move_expire_and_leave_versions_as_asked(applied: Applied) -> None:
    default, kept = applied.scenarios["spoke_default"], applied.scenarios["spoke_kept"]

    (plain,) = default["aws_s3_bucket_lifecycle_configuration.this[0]"]["rule"]
    (rule,) = kept["aws_s3_bucket_lifecycle_configuration.this[0]"]["rule"]
    assert plain["transition"] == []
    assert [(move["days"], move["storage_class"]) for move in rule["transition"]] == [
        (30, "STANDARD_IA"),
        (90, "GLACIER_IR"),
    ]
    assert rule["expiration"][0]["days"] == 400
    assert plain["noncurrent_version_expiration"][0]["noncurrent_days"] == 7
    assert rule["noncurrent_version_expiration"][0]["noncurrent_days"] == 3
    (versioning,) = kept["aws_s3_bucket_versioning.this[0]"]["versioning_configuration"]
    assert versioning["status"] == "Enabled"


def test_accesses_are_logged_where_it_is_said(applied: Applied) -> None:
    logging = applied.scenarios["spoke_kept"]["aws_s3_bucket_logging.this[0]"]

    assert (logging["target_bucket"], logging["target_prefix"]) == ("shop-access-logs", "s3/alb/")


def test_a_protected_bucket_is_deleted_by_nobody(applied: Applied) -> None:
    statements = applied.scenarios["spoke_kept"].policy("aws_s3_bucket_policy.this[0]")

    assert statements["DenyDeletion"] == {
        "Sid": "DenyDeletion",
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:DeleteBucket", "s3:DeleteBucketPolicy"],
        "Resource": "arn:aws:s3:::shop-alb-logs",
    }


@pytest.mark.parametrize(
    ("scenario", "changes"),
    [
        ("spoke_default", {}),
        ("spoke_china", {"account_id": "333333333333", "prefix": "logs"}),
        ("spoke_team", {"prefix": "lb", "log_account_ids": TEAM}),
        ("spoke_key", {"kms_key_arn": KEY_ARN}),
        ("spoke_existing", {"bucket_name": "loki.example.com"}),
    ],
)
def test_the_hub_is_told_of_the_spoke(scenario: str, changes: dict[str, Any], applied: Applied) -> None:
    assert (
        applied.scenarios[scenario].outputs["for_hub"]
        == {
            "account_id": "222222222222",
            "bucket_name": "shop-alb-logs",
            "prefix": "",
            "log_account_ids": [],
            "kms_key_arn": "",
        }
        | changes
    )


def test_an_existing_bucket_is_left_as_it_is(applied: Applied) -> None:
    spoke = applied.scenarios["spoke_existing"]

    assert managed(spoke.values) == set()
    assert set(spoke.values) > {"data.aws_s3_bucket.existing[0]"}
    deliver, read = json.loads(spoke.outputs["policy_statements"])
    assert deliver["Resource"] == ["arn:aws:s3:::loki.example.com/AWSLogs/222222222222/*"]
    assert read["Resource"] == ["arn:aws:s3:::loki.example.com/AWSLogs/222222222222/elasticloadbalancing/*"]
    assert json.loads(spoke.outputs["notification"]) == {
        "QueueConfigurations": [
            {
                "Id": "alb-loki-222222222222",
                "QueueArn": "arn:aws:sqs:eu-west-1:111111111111:alb-loki",
                "Events": ["s3:ObjectCreated:*"],
                "Filter": {
                    "Key": {
                        "FilterRules": [
                            {"Name": "prefix", "Value": "AWSLogs/222222222222/elasticloadbalancing/"}
                        ]
                    }
                },
            }
        ]
    }


def test_what_is_to_be_merged_is_what_a_created_bucket_has(applied: Applied) -> None:
    for scenario in ("spoke_default", "spoke_team", "spoke_key"):
        spoke = applied.scenarios[scenario]
        statements = spoke.policy("aws_s3_bucket_policy.this[0]")
        del statements["DenyPlainHttp"]
        ((kind, told),) = json.loads(spoke.outputs["notification"]).items()

        assert json.loads(spoke.outputs["policy_statements"]) == list(statements.values())
        assert [(rule["Id"], rule["Filter"]["Key"]["FilterRules"][0]["Value"]) for rule in told] == [
            (rule["id"], rule["filter_prefix"]) for rule in rules(spoke)
        ]
        assert kind == ("QueueConfigurations" if spoke_has_queue(spoke) else "LambdaFunctionConfigurations")


def test_every_plan_warns_of_an_existing_bucket_whose_settings_are_replaced(applied: Applied) -> None:
    policy, notification = sorted(applied.errors["existing_managed.tftest.hcl"], reverse=True)

    assert "manage_policy is true for the existing bucket shop-alb-logs" in policy
    assert "add the output policy_statements where the policy is managed" in policy
    assert "manage_notification is true for the existing bucket shop-alb-logs" in notification
    assert "add the output notification where the notification configuration is managed" in notification


def test_the_demo_load_balancer_answers_by_itself_and_logs_to_the_bucket(applied: Applied) -> None:
    spoke = applied.scenarios["spoke_demo"]

    for kind in ("access_logs", "connection_logs"):
        (logs,) = spoke["aws_lb.demo[0]"][kind]
        assert (logs["bucket"], logs["prefix"], logs["enabled"]) == ("shop-alb-logs", "demo", True)
    zones = [spoke[f"aws_subnet.demo[{n}]"]["availability_zone"] for n in range(2)]
    assert zones == ["eu-west-1a", "eu-west-1b"]
    ranges = [spoke[f"aws_subnet.demo[{n}]"]["cidr_block"] for n in range(2)]
    assert ranges == ["10.200.0.0/20", "10.200.16.0/20"]
    listener = spoke["aws_lb_listener.demo[0]"]
    (action,) = listener["default_action"]
    assert (listener["port"], listener["protocol"], action["type"]) == (80, "HTTP", "fixed-response")
    assert action["fixed_response"][0]["status_code"] == "200"
