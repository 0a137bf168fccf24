"""What the function's role needs to send traces to AWS X-Ray."""

from __future__ import annotations

from cdktf_app.modules.statements import allow_when_any


def tracing_statement() -> str:
    """Make the statement, when the function traces; X-Ray knows no resource for it."""
    return allow_when_any(
        "mode",
        'var.function.tracing == "Active" ? "Active" : ""',
        {
            "Sid": "SendTraces",
            "Action": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            "Resource": "*",
        },
    )
