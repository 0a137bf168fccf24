"""What the hub may do with each spoke, and each spoke with the hub."""

from __future__ import annotations

from imports.aws.lambda_permission import LambdaPermission

from cdktf_app.modules.hub.role import role_policy
from cdktf_app.modules.module import Module


def add_spokes(module: Module) -> None:
    """Let the role read every spoke's log objects, and S3 invoke the function for every spoke's bucket."""
    module.local(
        "spoke_bucket_arns",
        "${{ for name, spoke in var.spokes : "
        'name => "arn:${data.aws_partition.current.partition}:s3:::${spoke.bucket_name}" }}',
    )
    module.local(
        "spoke_key_prefixes",
        '${{ for name, spoke in var.spokes : name => spoke.prefix == "" ? "" : "${spoke.prefix}/" }}',
    )
    scope = module.concern("spokes")
    role_policy(
        scope,
        "spokes",
        [
            {
                "Sid": "ReadLogObjects",
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:GetObjectVersion"],
                "Resource": "${[for name, spoke in var.spokes : "
                '"${local.spoke_bucket_arns[name]}/${local.spoke_key_prefixes[name]}AWSLogs/${spoke.account_id}/*"]}',
            }
        ],
        count="${length(var.spokes) > 0 ? 1 : 0}",
    )
    permission = LambdaPermission(
        scope,
        "permission.spoke",
        statement_id="AllowS3-${each.key}",
        action="lambda:InvokeFunction",
        # The ARN, not the name: when the function is replaced, its permissions go with it and have to be made
        # again, which Terraform sees by a value that is not known before.
        function_name="${aws_lambda_function.this.arn}",
        principal="s3.amazonaws.com",
        source_arn="${local.spoke_bucket_arns[each.key]}",
        source_account="${each.value.account_id}",
    )
    permission.add_override("for_each", "${var.spokes}")
