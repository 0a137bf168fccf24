"""The picture of everything joins hub and spokes by what the root module gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cdktf_app.diagrams.architecture import architecture
from cdktf_app.emitter.module import SynthesizedModule
from tests.unit.diagrams.conftest import Make


def modules(make: Make, hub_of_spoke: str = "${module.hub.for_spokes}") -> list[SynthesizedModule]:
    hub = make(
        {
            "aws_sqs_queue.ingestion": {"name": "${var.name}", "count": '${var.mode == "queue" ? 1 : 0}'},
            "aws_lambda_function.this": {
                "function_name": "${var.name}",
                "role": "${aws_iam_role.this.arn}",
                "environment": {"variables": "${local.variables}"},
            },
            "aws_iam_role.this": {"name": "${var.name}"},
            "aws_vpc.this": {"count": '${var.mode == "vpc" ? 1 : 0}'},
        },
        locals={"variables": {"WRITE_ADDRESS": "${var.loki.write_address}", "SPOKES": "${var.spokes}"}},
        variable={"mode": {"type": "string", "default": "queue"}},
        output={
            "for_spokes": {
                "value": "${{ role_arn = aws_iam_role.this.arn, "
                'queue_arn = var.mode == "queue" ? aws_sqs_queue.ingestion[0].arn : null, '
                'function_arn = var.mode == "queue" ? null : aws_lambda_function.this.arn }}'
            }
        },
    )
    statement = '{ Effect = "Allow", Principal = { AWS = var.hub.role_arn }, Action = "s3:GetObject", Resource = "*" }'
    spoke = make(
        {
            "aws_s3_bucket.this": {"bucket": "${var.bucket_name}"},
            "aws_s3_bucket_policy.this": {
                "bucket": "${aws_s3_bucket.this.id}",
                "policy": "${jsonencode([" + statement + "])}",
            },
            "aws_s3_bucket_notification.this": {
                "bucket": "${aws_s3_bucket.this.id}",
                "dynamic": {
                    "queue": {"for_each": "${[1]}", "content": {"queue_arn": "${var.hub.queue_arn}"}},
                    "lambda_function": {
                        "for_each": "${[1]}",
                        "content": {"lambda_function_arn": "${var.hub.function_arn}"},
                    },
                },
            },
        },
        name="spoke",
        output={"for_hub": {"value": "${{ bucket_name = var.bucket_name }}"}},
    )
    calls = {
        "hub": {"source": "./hub", "spokes": {"own": "${module.spoke.for_hub}"}},
        "spoke": {"source": "./spoke", "hub": hub_of_spoke},
    }
    root = SynthesizedModule("root", None, {"module": calls}, (), Path())
    return [hub, spoke, root]


def arrows(drawn: str) -> set[str]:
    return {line.strip() for line in drawn.splitlines() if "-->" in line}


def test_each_spoke_has_its_arrows_to_the_one_hub(make: Make) -> None:
    drawn = architecture(modules(make))

    assert arrows(drawn) == {
        "spoke_s3_bucket_this_1 -->|notifies| hub_sqs_queue_ingestion",
        "spoke_s3_bucket_this_2 -->|notifies| hub_sqs_queue_ingestion",
        "spoke_s3_bucket_this_1 -->|read by| hub_lambda_function_this",
        "spoke_s3_bucket_this_2 -->|read by| hub_lambda_function_this",
        "hub_lambda_function_this -->|pushes lines to| loki",
    }
    assert drawn.count("subgraph") == 1
    assert "vpc" not in drawn


def test_without_a_join_in_the_root_module_there_is_no_arrow(make: Make) -> None:
    drawn = architecture(modules(make, hub_of_spoke="${var.hub}"))

    assert arrows(drawn) == {"hub_lambda_function_this -->|pushes lines to| loki"}


def test_without_a_root_module_there_is_no_picture(make: Make) -> None:
    assert architecture(modules(make)[:2]) == ""


@pytest.mark.parametrize(
    "arrow",
    [
        "load_balancers_1 -->|write| spoke_s3_bucket_this_1",
        "spoke_s3_bucket_this_2 -->|notifies| hub_sqs_queue_ingestion",
        "hub_sqs_queue_ingestion -->|feeds| hub_lambda_function_this",
        "hub_sqs_queue_ingestion -->|gives up to| hub_sqs_queue_dead_letter",
        "spoke_s3_bucket_this_1 -->|read by| hub_lambda_function_this",
        "hub_lambda_function_this -->|pushes lines to| loki",
    ],
)
def test_the_repository_s_picture_shows_a_log_line_s_way(arrow: str, pytestconfig: pytest.Config) -> None:
    assert arrow in arrows((pytestconfig.rootpath / "README.md").read_text())
