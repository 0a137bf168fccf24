"""The role of a module's function, and its inline policies."""

from __future__ import annotations

from typing import Any

from constructs import Construct
from imports.aws.iam_role import IamRole
from imports.aws.iam_role_policy import IamRolePolicy

from cdktf_app.modules.expressions import POLICY_VERSION, jsonencode, number, tags
from cdktf_app.modules.module import comment
from cdktf_app.modules.statements import trust_statements


def add_function_role(scope: Construct, description: str) -> IamRole:
    """Add the role."""
    role = IamRole(
        scope,
        "role.this",
        name="${var.name}",
        path="${var.iam.path}",
        permissions_boundary="${var.iam.permissions_boundary_arn}",
        description=description,
        assume_role_policy=jsonencode({"Version": POLICY_VERSION, "Statement": trust_statements()}),
        tags=tags(),
    )
    comment(
        role,
        "No source condition is needed against a confused deputy here: Lambda takes a role of the function's "
        "own account only, from a caller who may pass it.",
    )
    return role


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
