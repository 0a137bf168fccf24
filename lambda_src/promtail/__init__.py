"""The promtail: reads logs that AWS services write, and pushes them to Grafana Loki.

A log line passes through: `handler` (what Lambda calls), `invocation` (one event), `triggers` (what the event asks
for), `objects` (one object) or `event_lines`, `formats` (which kind of log, which labels and times), `reading` (from S3
to lines), `content` (what is done to labels and lines), `delivery` and `push` (batches, several in flight, retries),
and `outcome` (what became of it).
"""

__version__ = "0.2.0"
