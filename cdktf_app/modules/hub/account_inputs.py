"""The hub's inputs that say what its account asks of everything in it: `iam` and `kms_key_arn`."""

from __future__ import annotations

from constructs import Construct

from cdktf_app.modules import patterns
from cdktf_app.modules.inputs import Validation, variable
from cdktf_app.modules.validations import if_given, matches


def add_account_inputs(scope: Construct) -> None:
    """Declare the inputs `iam` and `kms_key_arn`."""
    boundary = "var.iam.permissions_boundary_arn"
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
        validations=(
            Validation(
                matches(patterns.IAM_PATH, "var.iam.path"),
                "iam.path must begin and end with a slash, with letters, digits and +=,.@_- between slashes, such as "
                "/platform/logs/, or be a slash alone.",
            ),
            Validation(
                if_given(boundary, matches(patterns.IAM_POLICY_ARN, boundary)),
                "iam.permissions_boundary_arn must be the ARN of an IAM policy, "
                "arn:aws:iam::<account>:policy/<name>.",
            ),
        ),
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
        validations=(
            Validation(
                f'var.kms_key_arn == "" || {matches(patterns.KEY_ARN, "var.kms_key_arn")}',
                "kms_key_arn must be the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>, or empty. An alias "
                "does not do: policies name keys.",
            ),
        ),
    )
