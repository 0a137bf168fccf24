"""The hub's input `ingestion`: how the news of an object reaches the function."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import is_one_of, is_whole_number


def add_ingestion_inputs(scope: Construct) -> None:
    """Declare the input `ingestion`.

    The ranges are those of the Amazon SQS API reference (SetQueueAttributes) and of the AWS Lambda API reference
    (CreateEventSourceMapping, PutFunctionEventInvokeConfig). Lambda takes batches of more than ten messages only with
    a window to wait for them, which would delay every line.
    """
    variable(
        scope,
        "ingestion",
        type="""
            object({
              mode                      = optional(string, "queue")
              batch_size                = optional(number, 10)
              maximum_concurrency       = optional(number, 10)
              max_receive_count         = optional(number, 10)
              retention_days            = optional(number, 14)
              maximum_retry_attempts    = optional(number, 2)
              maximum_event_age_seconds = optional(number, 21600)
            })
        """,
        default={},
        description="""
            How the news of a new object reaches the function.
            - `mode`: `queue`, the default, loses nothing: S3 writes to an SQS queue, where each message stays until its
              object is delivered, for `retention_days`. An object that takes longer than the function's timeout goes on
              where it stopped, and what fails again and again is kept in the dead-letter queue. `direct` lets S3 invoke
              the function: one hop less, but an object is tried three times within six hours and no more, from its
              beginning each time, and Lambda's own queue cannot be looked into. What is given up is in the dead-letter
              queue, too.
            - `batch_size`: messages in one invocation, at most 10. Only what failed of them comes again.
            - `maximum_concurrency`: invocations at once, 2 to 1000; what spares Loki when many objects come at once.
            - `max_receive_count`: how often a message is tried before it goes to the dead-letter queue. It is tried
              again after six times the function's timeout, so that the defaults bridge an hour without Loki.
            - `retention_days`: how long the queue keeps a message. The dead-letter queue keeps it until 14 days after
              it was sent.
            - `maximum_retry_attempts`, `maximum_event_age_seconds`: in mode `direct`, how often Lambda tries an event
              again, 0 to 2, and how old it may become, 60 to 21600. The defaults are Lambda's most.
        """,
        validations=(
            Validation(
                is_one_of(("queue", "direct"), "var.ingestion.mode"),
                "ingestion.mode must be queue (S3 writes to a queue that feeds the function) or direct (S3 invokes the "
                "function).",
            ),
            Validation(
                is_whole_number("var.ingestion.batch_size", 1, 10),
                "ingestion.batch_size must be a whole number of messages from 1 to 10.",
            ),
            Validation(
                is_whole_number("var.ingestion.maximum_concurrency", 2, 1000),
                "ingestion.maximum_concurrency must be a whole number from 2, the least that Lambda takes, to 1000. "
                "It is a limit for the queue alone; function.reserved_concurrency is one for the function.",
            ),
            Validation(
                is_whole_number("var.ingestion.max_receive_count", 1, 1000),
                "ingestion.max_receive_count must be a whole number from 1 to 1000. AWS recommends 5 or more: a "
                "message that is throttled counts as received, too.",
            ),
            Validation(
                is_whole_number("var.ingestion.retention_days", 1, 14),
                "ingestion.retention_days must be a whole number of days from 1 to 14, the most that SQS keeps.",
            ),
            Validation(
                is_whole_number("var.ingestion.maximum_retry_attempts", 0, 2),
                "ingestion.maximum_retry_attempts must be 0, 1 or 2, the most that Lambda takes. For more attempts use "
                "the mode queue.",
            ),
            Validation(
                is_whole_number("var.ingestion.maximum_event_age_seconds", 60, 21600),
                "ingestion.maximum_event_age_seconds must be a whole number of seconds from 60 to 21600 (six hours), "
                "the most that Lambda takes. To keep events for longer use the mode queue.",
            ),
        ),
    )
