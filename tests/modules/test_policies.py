"""No policy allows more than it has to: every wildcard in an Allow statement is on a reviewed list."""

from typing import Any

from tests.modules.results import Applied, as_list, in_its_module

BELOW_THE_LOG_PREFIX = (
    "objects below [prefix/]AWSLogs/<account>/, whose names end in a time and random characters"
)
REVIEWED = {
    ("aws_s3_bucket_policy.this[0]", "DeliverLogs"): BELOW_THE_LOG_PREFIX,
    ("aws_s3_bucket_policy.this[0]", "DeliverLogsByAccount"): BELOW_THE_LOG_PREFIX,
    ("aws_s3_bucket_policy.this[0]", "DeliverNetworkLogs"): BELOW_THE_LOG_PREFIX,
    ("aws_s3_bucket_policy.this[0]", "DeliverOutpostsLogs"): BELOW_THE_LOG_PREFIX,
    ("aws_s3_bucket_policy.this[0]", "HubReadsLogs"): BELOW_THE_LOG_PREFIX,
    ("aws_iam_policy.read_logs[0]", "ReadLogObjects"): BELOW_THE_LOG_PREFIX,
    (
        "aws_iam_policy.read_logs[0]",
        "DecryptLogObjects",
    ): "keys of the organization that are not known, by S3 only",
    ("aws_iam_role_policy.function", "SendTraces"): "X-Ray has no resources",
    ("aws_iam_role_policy.function", "WriteOwnLog"): "the streams of the function's own log group",
    ("aws_iam_role_policy.function", "ParkRefusedLines"): "objects below the prefix that is given",
    ("aws_iam_role_policy.network[0]", "CreateNetworkInterface"): "an interface has no id before it is made",
    (
        "aws_iam_role_policy.network[0]",
        "DeleteNetworkInterface",
    ): "what Lambda checks when it makes a function",
    ("aws_iam_role_policy.flow_logs[0]", "WriteFlowLog"): "the streams of the flow log's own log group",
    (
        "aws_vpc_endpoint.s3[0]",
        "ReadLogObjects",
    ): "for the function's role alone, within its policies",
    ("aws_vpc_endpoint.s3[0]", "ParkRefusedLines"): "the same, objects below the prefix that is given",
    (
        "aws_vpc_endpoint.s3_gateway[0]",
        "ReadLogObjects",
    ): "for the function's role alone, within its policies",
    (
        "aws_vpc_endpoint.s3_gateway[0]",
        "ParkRefusedLines",
    ): "the same, objects below the prefix that is given",
    ("aws_iam_role_policy.network[0]", "DescribeNetworkInterfaces"): "EC2 has no resource level for Describe",
    ("aws_iam_role_policy.function", "FindLoadBalancers"): "they know no resources",
    (
        "aws_iam_role_policy.function",
        "SwitchLogs",
    ): "what is selected by pattern or tag is yet to be made, and what no longer is has to be put back",
    ("aws_iam_role_policy.function", "LookAtBuckets"): "a load balancer may log to any bucket of the account",
    ("aws_iam_role_policy.function", "ChangeBuckets"): "the same, unless iam.bucket_names names them",
    ("aws_iam_role_policy.function", "SaveState"): "parameters of this onboarding, and locks of buckets",
    ("aws_kms_key.topic[0]", "AccountAdministers"): "in a key's policy the star is that key",
    ("aws_kms_key.topic[0]", "BucketsPublish"): "the same",
}


def wildcards(statement: dict[str, Any]) -> list[str]:
    """The actions, resources and principals of a statement that hold a star."""
    principal = statement.get("Principal", [])
    principals = principal.values() if isinstance(principal, dict) else [principal]
    named = [
        *as_list(statement["Action"]),
        *as_list(statement.get("Resource", [])),
        *(name for names in principals for name in as_list(names)),
    ]
    return [text for text in named if "*" in text]


def test_every_wildcard_that_is_allowed_is_reviewed(applied: Applied) -> None:
    found = {
        (in_its_module(address), statement.get("Sid", ""))
        for resources in applied.scenarios.values()
        for address, policy in resources.policies()
        for statement in policy["Statement"]
        if statement["Effect"] == "Allow" and wildcards(statement)
    }

    assert found == set(REVIEWED)


def test_no_action_is_a_wildcard(applied: Applied) -> None:
    actions = {
        action
        for resources in applied.scenarios.values()
        for _address, policy in resources.policies()
        for statement in policy["Statement"]
        if statement["Effect"] == "Allow"
        for action in as_list(statement["Action"])
    }

    assert "s3:PutObject" in actions
    assert {action for action in actions if "*" in action} == set()
