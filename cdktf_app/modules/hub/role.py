"""The function's role: what the function does by itself; which logs it reads is in `access.py`."""

from __future__ import annotations

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.function_role import add_function_role, role_policy
from cdktf_app.modules.hub.access import role_takes_policies
from cdktf_app.modules.hub.ingestion import ingestion_statements
from cdktf_app.modules.hub.parking import parking_statement
from cdktf_app.modules.hub.secrets import secret_statements
from cdktf_app.modules.hub.tracing import tracing_statement
from cdktf_app.modules.keys import uses_key
from cdktf_app.modules.module import Module


def add_role(module: Module) -> None:
    """Add the role and the policies that it has whatever the spokes are."""
    scope = module.concern("role")
    role = add_function_role(
        scope, "The promtail function: reads load balancer logs from the spokes' buckets"
    )
    role.add_override("lifecycle.precondition", [role_takes_policies()])
    write_own_log = {
        "Sid": "WriteOwnLog",
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": "${local.log_group_arn}:*",
    }
    optional = ", ".join(
        [
            *ingestion_statements(),
            uses_key("UseQueuesKey"),
            *secret_statements(),
            parking_statement(),
            tracing_statement(),
        ]
    )
    role_policy(scope, "function", f"${{concat([{hcl_value(write_own_log)}], {optional})}}")
