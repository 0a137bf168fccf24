"""Load balancers that have just been made: the events that tell of them, for Terraform and CloudFormation alike.

Elastic Load Balancing has no events of its own about them. They come from CloudTrail, and only in an account and region
with a trail that logs management events ("AWS service events delivered via AWS CloudTrail", Amazon EventBridge User
Guide).
"""

from __future__ import annotations

from typing import Any

PATTERN: dict[str, Any] = {
    "source": ["aws.elasticloadbalancing"],
    "detail-type": ["AWS API Call via CloudTrail"],
    "detail": {
        "eventSource": ["elasticloadbalancing.amazonaws.com"],
        "eventName": ["CreateLoadBalancer"],
        # Classic Load Balancers are made by a call of the same name, in version 2012-06-01.
        "apiVersion": ["2015-12-01"],
        "errorCode": [{"exists": False}],
    },
}
"""Of calls that have made an application, network or gateway load balancer."""

INPUT_PATHS = {"load_balancers": "$.detail.responseElements.loadBalancers", "time": "$.time"}
"""What the function is told of the event: the members of each load balancer begin with a small letter.

The time is the event's, by ISO 8601. That of a load balancer, `createdTime`, is written
for people (`Apr 11, 2016 5:23:50 PM`), without a time zone, and its form is nowhere promised.
"""


def input_template(onboarding: str) -> str:
    r"""Make the template of what the function gets.

    Args:
        onboarding: What the onboarding is asked to do, as JSON or an expression that becomes it. A `<` in it has to be
            written as JSON's `\u003c`, as Terraform's `jsonencode` does: EventBridge looks for its own names there.
    """
    return f'{{"onboarding": {onboarding}, "load_balancers": <load_balancers>, "time": <time>}}'
