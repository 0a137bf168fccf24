"""The function's role."""

from __future__ import annotations

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.alb_onboarding.names import NAMES
from cdktf_app.modules.alb_onboarding.statements import creation_statements, role_statements
from cdktf_app.modules.expressions import listed_if
from cdktf_app.modules.function_role import add_function_role, role_policy
from cdktf_app.modules.keys import uses_key
from cdktf_app.modules.module import Module, comment


def add_role(module: Module) -> None:
    """Add the role and its one policy."""
    scope = module.concern("role")
    add_function_role(scope, "The onboarding function: switches on the logs of load balancers")
    optional = ", ".join(
        [
            *(listed_if("var.bucket.create", statement) for statement in creation_statements(NAMES)),
            uses_key("UseQueueKey"),
        ]
    )
    policy = role_policy(scope, "function", f"${{concat({hcl_value(role_statements(NAMES))}, {optional})}}")
    comment(policy, _WIDE)


_WIDE = (
    "What cannot be narrowed: elasticloadbalancing:Describe* know no resources. ModifyLoadBalancerAttributes is for "
    "all Application Load Balancers, since patterns and tags select what is yet to be made, and what is selected no "
    "longer has to be put back; AWS has no condition for single attributes. s3:ListBucket is what HeadBucket asks for; "
    "the function lists no keys. The buckets are those of iam.bucket_names, by default all of the account, since a "
    "load balancer may log to any of them already. s3:CreateBucket has no condition on the account: a bucket that is "
    "yet to be made is of none."
)
