"""The promtail: reads load balancer logs from S3 and pushes them to Grafana Loki.

A log line passes through the modules in this order: `handler` (what Lambda calls), `pipeline` (one event),
`event` (which objects), `elb` (which kind of log, which labels), `source` (bytes from S3), `reader` (lines),
`timestamp`, `batch`, `encode` and `push`.
"""

__version__ = "0.1.0"
