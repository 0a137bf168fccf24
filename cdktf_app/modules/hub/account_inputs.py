"""The hub's inputs that say what its account asks of everything in it: `iam` and `kms_key_arn`."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules.account_rules import IAM, KMS_KEY_ARN
from cdktf_app.modules.inputs import variable


def add_account_inputs(scope: Construct) -> None:
    """Declare the inputs `iam` and `kms_key_arn`."""
    variable(
        scope,
        "iam",
        type="""
            object({
              path                     = optional(string, "/")
              permissions_boundary_arn = optional(string)
            })
        """,
        default={},
        description="""
            What your account asks of roles and policies.
            - `path`: the path of roles and policies, such as `/platform/logs/`.
            - `permissions_boundary_arn`: a policy that limits what the role may do. It has to allow what the function
              needs, see the role's policies.
        """,
        validations=IAM,
    )
    variable(
        scope,
        "kms_key_arn",
        type="string",
        default="",
        description="""
            A customer managed KMS key, in the hub's region, for the function's environment variables, both queues and
            the log groups; empty for AWS's own keys. The key's policy has to hold the statements of the output
            `kms_key_statements`, which do not depend on this input: key and hub can be made by one configuration. Who
            applies needs `kms:CreateGrant`, `kms:Encrypt` and `kms:Decrypt` on the key: Lambda takes a grant in the
            name of who makes the function.
        """,
        validations=(KMS_KEY_ARN,),
    )
