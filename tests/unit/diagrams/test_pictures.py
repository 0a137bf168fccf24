"""The picture of a module says what its resources have to do with each other."""

from __future__ import annotations

from typing import Any

import pytest

from cdktf_app.diagrams.pictures import picture
from cdktf_app.emitter.errors import EmitError
from cdktf_app.emitter.value import hcl_value
from tests.unit.diagrams.conftest import Make

ROLE = {"name": "${var.name}", "assume_role_policy": "{}"}
FUNCTION = {"function_name": "${var.name}", "role": "${aws_iam_role.this.arn}"}
QUEUE = {"name": "${var.name}"}
ARN = "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.id}:${local.account}"


def lines(drawn: str) -> list[str]:
    return [line.strip() for line in drawn.splitlines()]


def policy(resource: str, action: Any = "s3:GetObject", effect: str = "Allow", **more: Any) -> str:
    """A policy of one statement, as the modules write it."""
    statement = {"Effect": effect, "Action": action, "Resource": resource} | more
    return "${jsonencode(" + hcl_value({"Statement": [statement]}) + ")}"


def role_policy(document: str) -> dict[str, Any]:
    return {"role": "${aws_iam_role.this.name}", "policy": document}


def test_a_type_without_a_rule_is_refused_by_its_name(make: Make) -> None:
    with pytest.raises(
        EmitError, match=r"hub: aws_new_thing has no rule for the pictures: add one to .*words\.py"
    ):
        picture(make({"aws_new_thing.this": {}}))


def test_a_module_without_resources_has_none(make: Make) -> None:
    assert picture(make({})) == ""


def test_things_stand_in_the_box_of_their_concern_with_words_that_people_use(make: Make) -> None:
    drawn = picture(
        make(
            {
                "aws_sqs_queue.ingestion": {"concern": "ingestion"},
                "aws_sqs_queue.dead_letter": {"concern": "ingestion"},
                "aws_s3_bucket.this": {"concern": "bucket"},
            }
        )
    )

    assert lines(drawn) == [
        "flowchart LR",
        'subgraph group_ingestion["ingestion"]',
        'sqs_queue_ingestion[["ingestion queue"]]',
        'sqs_queue_dead_letter[["dead-letter queue"]]',
        "end",
        's3_bucket_this[("log bucket")]',
    ]


def test_an_argument_that_refers_is_an_arrow(make: Make) -> None:
    drawn = picture(
        make(
            {
                "aws_sqs_queue.this": {
                    "redrive_policy": "${jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead_letter.arn })}"
                },
                "aws_sqs_queue.dead_letter": {},
            }
        )
    )

    assert "sqs_queue_this -->|gives up to| sqs_queue_dead_letter" in lines(drawn)


def test_what_is_between_two_things_becomes_an_arrow_between_them(make: Make) -> None:
    drawn = picture(
        make(
            {
                "aws_lambda_function.this": {"vpc_config": [{"subnet_ids": "${local.subnets}"}]},
                "aws_subnet.private": {"vpc_id": "${aws_vpc.this[0].id}"},
                "aws_vpc.this": {},
                "aws_sqs_queue.this": {},
                "aws_lambda_event_source_mapping.this": {
                    "event_source_arn": "${aws_sqs_queue.this.arn}",
                    "function_name": "${aws_lambda_function.this.arn}",
                },
            },
            locals={"subnets": "${var.own ? aws_subnet.private[*].id : var.subnet_ids}"},
        )
    )

    assert "lambda_function_this -->|runs in| vpc_this" in lines(drawn)
    assert "sqs_queue_this -->|feeds| lambda_function_this" in lines(drawn)
    assert "subnet" not in drawn


@pytest.mark.parametrize(
    ("arn", "target"),
    [
        ("${aws_sqs_queue.dead_letter.arn}", "sqs_queue_dead_letter"),
        ("${local.dead_letter_arn}", "sqs_queue_dead_letter"),
        ("${local.queue_arn}", "sqs_queue_this"),
        (f"{ARN}:${{var.name}}", "sqs_queue_this"),
        (f"{ARN}:${{var.other}}", None),
        ("${var.queue_arn}", None),
    ],
)
def test_an_arn_made_of_a_name_stands_for_the_resource(arn: str, target: str | None, make: Make) -> None:
    drawn = picture(
        make(
            {
                "aws_iam_role.this": ROLE,
                "aws_iam_role_policy.this": role_policy(policy(arn, "sqs:SendMessage")),
                "aws_sqs_queue.this": QUEUE,
                "aws_sqs_queue.dead_letter": {"name": "${var.name}-dead-letter"},
            },
            locals={
                "account": "${data.aws_caller_identity.current.account_id}",
                "queue_arn": f"{ARN}:${{var.name}}",
                "dead_letter_arn": "${local.queue_arn}-dead-letter",
            },
        )
    )

    arrows = [line for line in lines(drawn) if "-->" in line]
    assert arrows == ([f"iam_role_this -->|sends to| {target}"] if target else [])


def test_what_is_read_stands_in_front_of_who_reads_it(make: Make) -> None:
    drawn = picture(
        make(
            {
                "aws_iam_role.this": ROLE,
                "aws_iam_role_policy.this": role_policy(
                    policy('${[for name, spoke in var.spokes : "arn:aws:s3:::${spoke.bucket_name}/*"]}')
                ),
            }
        )
    )

    assert lines(drawn)[1:] == [
        'spokes[("log buckets of the spokes")]',
        'iam_role_this["role"]',
        "spokes -->|read by| iam_role_this",
    ]


def test_what_is_denied_is_no_arrow(make: Make) -> None:
    resources = {
        "aws_iam_role.this": ROLE,
        "aws_iam_role_policy.this": role_policy(policy("${var.spokes}", effect="Deny")),
    }

    assert "spokes" not in picture(make(resources))


def test_a_policy_of_a_resource_says_who_may_do_what_with_it(make: Make) -> None:
    drawn = picture(
        make(
            {
                "aws_s3_bucket.this": {"bucket": "${var.bucket_name}"},
                "aws_s3_bucket_policy.this": {
                    "bucket": "${local.bucket}",
                    "policy": "${jsonencode({ Statement = concat(module.log_delivery.statements, local.own) })}",
                },
            },
            name="spoke",
            locals={
                "bucket": "${one(concat(aws_s3_bucket.this[*].id, data.aws_s3_bucket.existing[*].id))}",
                "own": policy("*", Principal={"AWS": "${var.hub.role_arn}"}),
            },
        )
    )

    assert "s3_bucket_this -->|read by| hub_role" in lines(drawn)
    assert "load_balancers -->|write| s3_bucket_this" in lines(drawn)


def test_what_is_allowed_is_left_out_where_it_is_done_already(make: Make) -> None:
    drawn = picture(
        make(
            {
                "aws_iam_role.this": ROLE,
                "aws_lambda_function.this": FUNCTION
                | {"logging_config": {"log_group": "${aws_cloudwatch_log_group.this.name}"}},
                "aws_cloudwatch_log_group.this": {"name": "/aws/lambda/${var.name}"},
                "aws_iam_role_policy.this": role_policy(
                    policy(
                        "${aws_cloudwatch_log_group.this.arn}", ["logs:CreateLogStream", "logs:PutLogEvents"]
                    )
                ),
            }
        )
    )

    assert [line for line in lines(drawn) if "-->" in line] == [
        "lambda_function_this -->|acts as| iam_role_this",
        "lambda_function_this -->|logs to| cloudwatch_log_group_this",
    ]


def test_a_dimension_of_a_metric_stands_for_what_it_names(make: Make) -> None:
    dashboard = {
        "widgets": [{"metrics": [["AWS/SQS", "Age", "QueueName", "${var.name}-queue"]]}, "${local.arns}"]
    }
    drawn = picture(
        make(
            {
                "aws_cloudwatch_metric_alarm.errors": {
                    "dimensions": {"FunctionName": "${var.name}"},
                    "alarm_actions": "${var.monitoring.alarm_topic_arns}",
                    "alarm_description": "See ${aws_sqs_queue.this.arn}",
                },
                "aws_cloudwatch_metric_alarm.age": {"dimensions": '${{ QueueName = "${var.name}-queue" }}'},
                "aws_cloudwatch_dashboard.this": {
                    "dashboard_body": "${jsonencode(" + hcl_value(dashboard) + ")}"
                },
                "aws_lambda_function.this": {"function_name": "${var.name}"},
                "aws_sqs_queue.this": {"name": "${var.name}-queue"},
            },
            locals={"arns": "${[for alarm in aws_cloudwatch_metric_alarm.errors : alarm.arn]}"},
        )
    )

    assert [line for line in lines(drawn) if "-->" in line] == [
        "lambda_function_this -->|watched by| cloudwatch_metric_alarm",
        "cloudwatch_metric_alarm -->|tell| topics",
        "sqs_queue_this -->|watched by| cloudwatch_metric_alarm",
        "cloudwatch_metric_alarm -->|shown on| cloudwatch_dashboard_this",
    ]


def test_dashed_is_what_the_defaults_leave_out(make: Make) -> None:
    drawn = picture(
        make(
            {
                "aws_vpc.this": {"count": "${local.create_network ? 1 : 0}"},
                "aws_nat_gateway.this": {
                    "count": "${min(1, local.zones)}",
                    "allocation_id": "${aws_eip.nat[0].id}",
                },
                "aws_eip.nat": {"count": "${local.zones}"},
                "aws_sqs_queue.this": {"count": "${local.use_queue ? 1 : 0}"},
                "aws_lambda_function.this": {"vpc_config": {"vpc": "${aws_vpc.this[0].id}"}},
                "aws_lambda_permission.this": {
                    "for_each": "${{ for name, spoke in var.spokes : name => spoke if !local.use_queue }}",
                    "source_arn": "${each.value.bucket_name}",
                    "function_name": "${aws_lambda_function.this.arn}",
                },
            },
            variable={
                "network": {"type": 'object({ mode = optional(string, "none") })', "default": {}},
                "ingestion": {"type": 'object({ mode = optional(string, "queue") })', "default": {}},
                "spokes": {"type": "map(any)", "default": {}},
            },
            locals={
                "create_network": '${var.network.mode == "created"}',
                "zones": "${local.create_network ? max(1, length(var.spokes)) : 0}",
                "use_queue": '${var.ingestion.mode == "queue"}',
            },
        )
    )

    assert lines(drawn)[-1] == "class vpc_this,nat_gateway_this,eip_nat optional"
    assert "lambda_function_this -.-> vpc_this" in lines(drawn)
    assert "nat_gateway_this -.->|has| eip_nat" in lines(drawn)
    assert "spokes -.->|invoke| lambda_function_this" in lines(drawn)


def test_what_is_allowed_is_not_dashed_by_what_is_optional(make: Make) -> None:
    may_send = policy(
        "${aws_sqs_queue.this.arn}",
        "sqs:SendMessage",
        Principal={"Service": "s3.amazonaws.com"},
        Condition={"ArnEquals": {"aws:SourceArn": "${[for spoke in var.spokes : spoke.bucket_arn]}"}},
    )
    drawn = picture(
        make(
            {
                "aws_sqs_queue.this": {},
                "aws_sqs_queue_policy.this": {"queue_url": "${aws_sqs_queue.this.url}", "policy": may_send},
                "aws_sns_topic_subscription.this": {
                    "for_each": "${toset([for spoke in var.spokes : spoke.topic_arn])}",
                    "topic_arn": "${each.key}",
                    "endpoint": "${aws_sqs_queue.this.arn}",
                },
            },
            variable={"spokes": {"type": "map(any)", "default": {}}},
        )
    )

    assert "spokes -->|notifies, sends to| sqs_queue_this" in lines(drawn)
