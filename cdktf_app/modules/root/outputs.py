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
        "nat_public_ip",
        "${module.hub.nat_public_ip}",
        "Address that Loki sees the function come from, for an allow-list; null without a created network.",
    )
    output(
        scope,
        "alb_dns_name",
        "${module.spoke.alb_dns_name}",
        "DNS name of the demo load balancer; null when there is none.",
    )
