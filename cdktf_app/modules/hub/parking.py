"""Where the function parks what Loki refuses."""

from __future__ import annotations

from cdktf_app.modules.module import Module
from cdktf_app.modules.statements import allow_when_any


def add_parking(module: Module) -> None:
    """Define whether it is a queue."""
    module.local("parks_in_queue", '${can(regex("^arn:[a-z-]+:sqs:", var.refused_destination_arn))}')


def parking_statement() -> str:
    """Make the statement: to send to the queue, or to put into the bucket."""
    return allow_when_any(
        "arn",
        "var.refused_destination_arn",
        {
            "Sid": "ParkRefusedLines",
            # The queue's address is asked for by its name.
            "Action": '${local.parks_in_queue ? tolist(["sqs:GetQueueUrl", "sqs:SendMessage"]) : '
            'tolist(["s3:PutObject"])}',
            "Resource": '${local.parks_in_queue ? arn : "${arn}/*"}',
        },
    )
