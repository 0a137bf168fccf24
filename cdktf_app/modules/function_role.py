"""The role of a module's function, and its inline policies."""

from __future__ import annotations

from typing import Any

from constructs import Construct
from imports.aws.iam_role import IamRole
from imports.aws.iam_role_policy import IamRolePolicy

from cdktf_app.modules.expressions import POLICY_VERSION, jsonencode, number, tags
from cdktf_app.modules.module import Module, comment
from cdktf_app.modules.statements import trust_statements

INLINE_LIMIT = 10_240
"""Characters of all inline policies of a role, without spaces (IAM User Guide, "IAM and AWS STS quotas")."""


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


def inline_policies_fit(module: Module, policies: str, remedy: str) -> dict[str, Any]:
    """Define the size of the role's inline policies as a local, and return the precondition that IAM takes them.

    It is the function's, which needs them anyway: a policy cannot look at itself in a precondition. So a plan tells
    it, as far as it knows the policies; what is known at the apply only, IAM refuses itself.

    Args:
        module: The module.
        policies: An expression of all of them in one string.
        remedy: What to do where they are too long.
    """
    module.local(
        "inline_policies_size", f"${{length({policies})}}", "IAM measures a role's inline policies together."
    )
    return {
        "condition": f"${{local.inline_policies_size <= {INLINE_LIMIT}}}",
        "error_message": "The inline policies of the function's role take ${local.inline_policies_size} characters, "
        f"and IAM allows {INLINE_LIMIT} for them together. {remedy}",
    }
