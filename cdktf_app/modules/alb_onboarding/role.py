"""The function's role."""

from __future__ import annotations

from imports.aws.iam_role import IamRole
from imports.aws.iam_role_policy import IamRolePolicy

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.alb_onboarding.names import NAMES
from cdktf_app.modules.alb_onboarding.statements import (
    creation_statements,
    role_statements,
    trust_statements,
)
from cdktf_app.modules.expressions import POLICY_VERSION, jsonencode, listed_if, tags
from cdktf_app.modules.keys import uses_key
from cdktf_app.modules.module import Module, comment


def add_role(module: Module) -> None:
    """Add the role and its one policy."""
    scope = module.concern("role")
    role = IamRole(
        scope,
        "role.this",
        name="${var.name}",
        path="${var.iam.path}",
        permissions_boundary="${var.iam.permissions_boundary_arn}",
        description="The onboarding function: switches on the logs of load balancers",
        assume_role_policy=jsonencode({"Version": POLICY_VERSION, "Statement": trust_statements()}),
        tags=tags(),
    )
    comment(
        role,
        "No source condition is needed against a confused deputy here: Lambda takes a role of the function's "
        "own account only, from a caller who may pass it.",
    )
    optional = ", ".join(
        [
            *(listed_if("var.bucket.create", statement) for statement in creation_statements(NAMES)),
            uses_key("UseQueueKey"),
        ]
    )
    policy = IamRolePolicy(
        scope,
        "policy.function",
        name="function",
        role="${aws_iam_role.this.name}",
        policy=f"${{jsonencode({{ Version = {hcl_value(POLICY_VERSION)}, "
        f"Statement = concat({hcl_value(role_statements(NAMES))}, {optional}) }})}}",
    )
    comment(policy, _WIDE)


_WIDE = (
    "What cannot be narrowed: elasticloadbalancing:Describe* know no resources. ModifyLoadBalancerAttributes is for "
    "all Application Load Balancers, since patterns and tags select what is yet to be made, and what is selected no "
    "longer has to be put back; AWS has no condition for single attributes. s3:ListBucket is what HeadBucket asks for; "
    "the function lists no keys. The buckets are those of iam.bucket_names, by default all of the account, since a "
    "load balancer may log to any of them already. s3:CreateBucket has no condition on the account: a bucket that is "
    "yet to be made is of none."
)
