"""The root module's outputs: what to look at next."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.inputs import output


def add_outputs(scope: Construct) -> None:
    """Declare the outputs."""
    output(
        scope,
        "bucket_name",
        "${module.spoke.bucket_name}",
        "Name of the log bucket: `access_logs.bucket` of the load balancers that are to log to Loki.",
    )
    output(
        scope,
        "log_group_name",
        "${module.hub.log_group_name}",
        "CloudWatch log group of the promtail function: one line per object, and every error.",
    )
    output(
        scope,
        "queue_arn",
        "${module.hub.queue_arn}",
        "ARN of the queue of new log objects, from which the function reads.",
    )
    output(
        scope,
        "dead_letter_queue_url",
        "${module.hub.dead_letter_queue_url}",
        "URL of the queue of what was given up; an empty one is a good sign.",
    )
    output(
        scope,
        "dashboard_name",
        "${module.hub.dashboard_name}",
        "Name of the CloudWatch dashboard: lines, delays, queues and alarms.",
    )
    output(
        scope,
        "nat_public_ips",
        "${module.hub.nat_public_ips}",
        "Addresses that Loki sees the function come from, for an allow-list; empty without a created network.",
    )
    output(
        scope,
        "alb_dns_name",
        "${module.spoke.alb_dns_name}",
        "DNS name of the demo load balancer; null when there is none.",
    )
