"""The function's role: what the function does by itself; which logs it reads is in `access.py`."""

from __future__ import annotations

from typing import Any

from constructs import Construct
from imports.aws.iam_role import IamRole
from imports.aws.iam_role_policy import IamRolePolicy

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.expressions import POLICY_VERSION, jsonencode, number, tags
from cdktf_app.modules.hub.access import role_takes_policies
from cdktf_app.modules.hub.ingestion import ingestion_statements
from cdktf_app.modules.hub.parking import parking_statement
from cdktf_app.modules.hub.secrets import secret_statements
from cdktf_app.modules.hub.tracing import tracing_statement
from cdktf_app.modules.keys import uses_key
from cdktf_app.modules.module import Module, comment


def add_role(module: Module) -> None:
    """Add the role and the policies that it has whatever the spokes are."""
    scope = module.concern("role")
    role = IamRole(
        scope,
        "role.this",
        name="${var.name}",
        path="${var.iam.path}",
        permissions_boundary="${var.iam.permissions_boundary_arn}",
        description="The promtail function: reads load balancer logs from the spokes' buckets",
        assume_role_policy=jsonencode(
            {
                "Version": POLICY_VERSION,
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "lambda.amazonaws.com"},
                        "Action": "sts:AssumeRole",
                    }
                ],
            }
        ),
        tags=tags(),
    )
    role.add_override("lifecycle.precondition", [role_takes_policies()])
    comment(
        role,
        "No source condition is needed against a confused deputy here: Lambda takes a role of the function's "
        "own account only, from a caller who may pass it.",
    )
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


def role_policy(
    scope: Construct, name: str, statements: list[dict[str, Any]] | str, count: str | None = None
) -> IamRolePolicy:
    """Give the role an inline policy of this name; the statements may be an expression."""
    return IamRolePolicy(
        scope,
        f"policy.{name}",
        count=number(count) if count else None,
        name=name,
        role="${aws_iam_role.this.name}",
        policy=jsonencode({"Version": POLICY_VERSION, "Statement": statements}),
    )
