"""Which log objects the function may read."""

from __future__ import annotations

from typing import Any

from imports.aws.iam_policy import IamPolicy
from imports.aws.iam_role_policy_attachment import IamRolePolicyAttachment

from cdktf_app.emitter.value import hcl_value
from cdktf_app.modules.expressions import POLICY_VERSION, number, tags
from cdktf_app.modules.keys import define_via_kms
from cdktf_app.modules.module import Module
from cdktf_app.modules.statements import allow_when_any

POLICY_LIMIT = 6144
"""Characters of a managed policy, without spaces (IAM User Guide, "IAM and AWS STS quotas")."""

POLICIES_LIMIT = 10
"""Managed policies of a role (the same page). AWS raises it on request, to 25; a plan cannot know that."""

PREFIXES_A_POLICY = 25
"""Prefixes with a key each fit into one policy then, unless names are very long.

It is a number and not a size, so that Terraform knows at plan how many policies there are, even when it does not know
the name of a bucket yet.
"""

_READ = ("s3:GetObject", "s3:GetObjectVersion")


def add_access(module: Module) -> None:
    """Let the role read every spoke's log objects, by as many policies as that takes."""
    module.local(
        "spoke_bucket_arns",
        '${{ for name, spoke in var.spokes : name => "arn:${local.partition}:s3:::${spoke.bucket_name}" }}',
    )
    module.local(
        "spoke_key_prefixes",
        "${{ for name, spoke in var.spokes : name => [for prefix in concat([spoke.prefix], spoke.prefixes) : "
        'prefix == "" ? "" : "${prefix}/"] }}',
    )
    module.local(
        "log_prefixes",
        "${flatten([for name, spoke in var.spokes : [for prefix in local.spoke_key_prefixes[name] : "
        "[for account_id in (length(spoke.log_account_ids) > 0 ? spoke.log_account_ids : [spoke.account_id]) : "
        '{ arn = "${local.spoke_bucket_arns[name]}/${prefix}AWSLogs/${account_id}/elasticloadbalancing/*", '
        "kms_key_arn = spoke.kms_key_arn }]]])}",
        "Of every prefix of a spoke's bucket, and every account whose load balancers write to it.",
    )
    define_via_kms(module, "s3")
    module.local(
        "read_policies",
        f"""${{(
          var.organization_id == ""
          ? [for prefixes in chunklist(local.log_prefixes, {PREFIXES_A_POLICY}) : {_policy(_of_spokes())}]
          : [{_policy(_of_organization())}]
        )}}""",
        f"IAM takes {POLICY_LIMIT} characters in a policy, and {POLICIES_LIMIT} policies at a role by default.",
    )
    scope = module.concern("access")
    policy = IamPolicy(
        scope,
        "policy.read_logs",
        count=number("${length(local.read_policies)}"),
        name="${var.name}-read-logs-${count.index + 1}",
        path="${var.iam.path}",
        description="Load balancer logs in the spokes' buckets, for the promtail function",
        policy="${local.read_policies[count.index]}",
        tags=tags(),
    )
    policy.add_override("lifecycle.precondition", [_fits_a_policy()])
    IamRolePolicyAttachment(
        scope,
        "attachment.read_logs",
        count=number("${length(local.read_policies)}"),
        role="${aws_iam_role.this.name}",
        policy_arn="${aws_iam_policy.read_logs[count.index].arn}",
    )


def role_takes_policies() -> dict[str, Any]:
    """Make the role's precondition that it may have as many policies as the spokes take."""
    return {
        "condition": f"${{length(local.read_policies) <= {POLICIES_LIMIT}}}",
        "error_message": "To read the logs of ${length(local.log_prefixes)} accounts' prefixes in the buckets of "
        "${length(var.spokes)} spokes, the role needs ${length(local.read_policies)} policies "
        f"({PREFIXES_A_POLICY} prefixes each), and IAM allows {POLICIES_LIMIT}. Give organization_id, for which one "
        "policy does, whatever the number of spokes; or use several hubs.",
    }


def _fits_a_policy() -> dict[str, Any]:
    size = "length(local.read_policies[count.index])"
    return {
        "condition": f"${{{size} <= {POLICY_LIMIT}}}",
        "error_message": f"A policy for {PREFIXES_A_POLICY} prefixes takes ${{{size}}} characters, and IAM allows "
        f"{POLICY_LIMIT}: the spokes' buckets, prefixes and keys have very long names. Shorten the prefixes, or give "
        "organization_id, for which one short policy does.",
    }


def _policy(statements: str) -> str:
    return f"jsonencode({{ Version = {hcl_value(POLICY_VERSION)}, Statement = {statements} }})"


def _of_spokes() -> str:
    read = {
        "Sid": "ReadLogObjects",
        "Effect": "Allow",
        "Action": list(_READ),
        "Resource": "${prefixes[*].arn}",
    }
    decrypt = allow_when_any(
        "arns",
        "distinct(compact(prefixes[*].kms_key_arn))",
        {
            "Sid": "DecryptLogObjects",
            "Action": "kms:Decrypt",
            "Resource": "${arns}",
            "Condition": {"StringEquals": {"kms:ViaService": "${local.s3_via_kms}"}},
        },
    )
    return f"concat([{hcl_value(read)}], {decrypt})"


def _of_organization() -> str:
    """The keys' own policies say which the role may use; that it has to come through S3 is said here."""
    of_organization = {"aws:ResourceOrgID": "${var.organization_id}"}
    return hcl_value(
        [
            {
                "Sid": "ReadLogObjects",
                "Effect": "Allow",
                "Action": list(_READ),
                "Resource": "arn:${local.partition}:s3:::*/AWSLogs/*/elasticloadbalancing/*",
                "Condition": {"StringEquals": of_organization},
            },
            {
                "Sid": "DecryptLogObjects",
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "arn:${local.partition}:kms:${local.region}:*:key/*",
                "Condition": {"StringEquals": {**of_organization, "kms:ViaService": "${local.s3_via_kms}"}},
            },
        ]
    )
