"""The region's account of Elastic Load Balancing: asked of the module that knows."""

from __future__ import annotations

from cdktf_app.modules.module import Module
from cdktf_app.modules.module_call import call


def add_log_delivery(module: Module) -> None:
    """Add the call of the module of log delivery."""
    call(
        module.concern("log_delivery"),
        "log_delivery",
        "../log-delivery",
        {
            "region": "${local.region}",
            "bucket_name": "${local.bucket_name}",
            "account_ids": ["${local.account_id}"],
        },
    )
    module.local(
        "elb_account_id",
        "${var.grant_elb_account && module.log_delivery.elb_account_id != null ? "
        'module.log_delivery.elb_account_id : ""}',
    )
