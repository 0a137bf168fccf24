"""Where the function parks what Loki refuses."""

from __future__ import annotations

from cdktf_app.modules.hub.statements import allow_when_any


def parking_statement() -> str:
    """Make the statement: to send to the queue, or to put into the bucket."""
    is_queue = 'split(":", arn)[2] == "sqs"'
    return allow_when_any(
        "arn",
        "var.refused_destination_arn",
        {
            "Sid": "ParkRefusedLines",
            # The queue's address is asked for by its name.
            "Action": f'${{{is_queue} ? tolist(["sqs:GetQueueUrl", "sqs:SendMessage"]) : tolist(["s3:PutObject"])}}',
            "Resource": f'${{{is_queue} ? arn : "${{arn}}/*"}}',
        },
    )
