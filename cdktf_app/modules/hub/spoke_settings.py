"""What the function is told of single spokes: the tenant and the labels of a bucket's lines."""

from __future__ import annotations

from cdktf_app.modules.module import Module

PLAIN_LIMIT = 1024
"""Characters up to which the setting stays readable; above, packing it leaves room in Lambda's 4096 bytes."""


def add_spoke_settings(module: Module) -> None:
    """Define `local.spoke_settings`, a JSON object by bucket, or base64 of its gzip; empty when nothing is set."""
    module.local(
        "spokes_json",
        "${jsonencode({ for spoke in values(var.spokes) : spoke.bucket_name => "
        "{ for name, value in { tenant = spoke.tenant_id, labels = spoke.labels } : name => value "
        "if length(value) > 0 } if length(spoke.tenant_id) + length(spoke.labels) > 0 })}",
    )
    module.local(
        "spoke_settings",
        f"""${{(
          local.spokes_json == "{{}}" ? "" : (
            length(local.spokes_json) <= {PLAIN_LIMIT} ? local.spokes_json : base64gzip(local.spokes_json)
          )
        )}}""",
        "The function reads both forms. Packed, tenants and labels of many spokes fit into Lambda's limit.",
    )
