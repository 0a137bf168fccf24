"""CloudWatch metrics in the embedded metric format: CloudWatch takes them from the log line, without a call.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import os
import time
from typing import Any

from .report import Report


def embedded_metrics(namespace: str, report: Report) -> dict[str, Any]:
    """Return the members that make a log line carry the metrics of a report.

    The only dimension is the function's name (each further one would be metrics of its own, at a price of their own).
    """
    values: dict[str, tuple[str, Any]] = {
        "ObjectsDelivered": ("Count", int(report.outcome in ("delivered", "refused"))),
        "ObjectsSkipped": ("Count", int(report.outcome == "skipped")),
        "ObjectsContinued": ("Count", int(report.outcome == "continued")),
        "ObjectsFailed": ("Count", int(report.outcome == "failed")),
        "LinesRead": ("Count", report.lines_read),
        "LinesSent": ("Count", report.lines_sent),
        "LinesDropped": ("Count", report.lines_dropped.total()),
        "LinesRefused": ("Count", report.lines_refused.total()),
        "LinesCut": ("Count", report.lines_cut),
        "BytesRead": ("Bytes", report.bytes_read),
        "BytesSent": ("Bytes", report.bytes_sent),
        "Retries": ("Count", report.retries),
    }
    if report.push_seconds:
        latencies = [round(seconds * 1_000, 1) for seconds in report.push_seconds]
        values["PushLatency"] = ("Milliseconds", latencies)
    if report.delay_seconds is not None:
        values["DeliveryDelay"] = ("Seconds", report.delay_seconds)
    return {
        "_aws": {
            "Timestamp": time.time_ns() // 1_000_000,
            "CloudWatchMetrics": [
                {
                    "Namespace": namespace,
                    "Dimensions": [["FunctionName"]],
                    "Metrics": [{"Name": name, "Unit": unit} for name, (unit, _) in values.items()],
                }
            ],
        },
        "FunctionName": os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "promtail"),
        **{name: value for name, (_, value) in values.items()},
    }
