"""What the function is asked to do, as JSON made of the template's parameters."""

from __future__ import annotations

from typing import Any

from cdktf_app.modules.alb_onboarding.cloudformation.intrinsics import Call, if_, join, ref, sub

ELB_ACCOUNTS = "ElbAccounts"
"""The mapping of Elastic Load Balancing's accounts by region."""

# A text, not properties: of those, CloudFormation makes a string of each number and truth value. It stands in the rule
# for new load balancers, too.
REQUEST = (
    '{"name":"${Name}",'
    '"selection":{"arns":${Arns},"names":${Names},"name_patterns":${NamePatterns},"tags":${LoadBalancerTags},'
    '"all":${AllLoadBalancers}},'
    '"logs":{"access":${AccessLogs},"connection":${ConnectionLogs},"health_check":${HealthCheckLogs}},'
    '"bucket":{"name":"${BucketName}","create":${CreateBucket},"prefix":"${Prefix}",'
    '"expiration_days":${ExpirationDays}},'
    '"readers":{"arns":${Readers},"organization_id":"${OrganizationId}"},'
    '"topic_arn":"${TopicArn}","hub":${Hub},"elb_account_id":"${ElbAccount}",'
    '"force":${Force},"on_destroy":"${OnDelete}","dry_run":${DryRun}}'
)
"""The request, to be put into `Fn::Sub` with `variables`."""

TOPIC_ARN = if_("MakesTopic", ref("Topic"), "")
"""The topic, if there is one."""


def variables() -> dict[str, Any]:
    """Return what the request needs beside parameters."""
    return {
        "Arns": _texts("SelectsByArn", "LoadBalancerArns"),
        "Names": _texts("SelectsByName", "LoadBalancerNames"),
        "NamePatterns": _texts("SelectsByNamePattern", "LoadBalancerNamePatterns"),
        "Readers": _texts("HasReaders", "ReaderArns"),
        "TopicArn": TOPIC_ARN,
        "Hub": if_(
            "HasHub",
            sub(
                '{"role_arn":"${HubRoleArn}","queue_arn":"${HubQueueArn}","function_arn":"${HubFunctionArn}"}'
            ),
            "null",
        ),
        "ElbAccount": if_(
            "GrantsElbAccount", Call("FindInMap", [ELB_ACCOUNTS, ref("AWS::Region"), "Id"]), ""
        ),
    }


def _texts(condition: str, parameter: str) -> Call:
    """A list of the texts in a parameter."""
    return if_(condition, join("", ['["', join('","', Call("Split", [",", ref(parameter)])), '"]']), "[]")
