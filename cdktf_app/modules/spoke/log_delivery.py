"""Where Elastic Load Balancing writes, and what a policy needs for it: asked of the module that knows."""

from __future__ import annotations

from cdktf_app.modules.module import Module
from cdktf_app.modules.module_call import call


def add_log_delivery(module: Module) -> None:
    """Add the call of the module of log delivery, and the locals that say whose logs are where."""
    module.local(
        "log_account_ids",
        "${length(var.log_account_ids) > 0 ? var.log_account_ids : [data.aws_caller_identity.current.account_id]}",
    )
    module.local(
        "log_key_prefixes",
        "${[for account_id in local.log_account_ids : "
        '"${var.prefix == "" ? "" : "${var.prefix}/"}AWSLogs/${account_id}/"]}',
        "Where Elastic Load Balancing writes these accounts' logs.",
    )
    call(
        module.concern("log_delivery"),
        "log_delivery",
        "../log-delivery",
        {
            "region": "${data.aws_region.current.id}",
            "bucket_name": "${var.bucket_name}",
            "prefix": "${var.prefix}",
            "account_ids": "${local.log_account_ids}",
            "load_balancers": "${var.log_delivery}",
            "grant_elb_account": "${var.grant_elb_account}",
        },
    )
