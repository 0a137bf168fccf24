"""SNS for LocalStack, with subscriptions that belong to another account than their topic.

LocalStack keeps a subscription in its topic's account and looks for it in the caller's, so that an account which has
subscribed its queue to another's topic does not find its subscription again. Terraform does look for it.

Different from AWS: ListSubscriptions still shows it in the topic's account, and it never has to be confirmed.
"""

import copy
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.sns import GetSubscriptionAttributesResponse
from localstack.services.moto import MotoFallbackDispatcher
from localstack.services.plugins import Service, aws_provider
from localstack.services.sns.provider import SnsProvider
from localstack.utils.aws.arns import extract_account_id_from_arn


class _Subscriptions(SnsProvider):
    def get_subscription_attributes(
        self, context: RequestContext, subscription_arn: str, **kwargs: Any
    ) -> GetSubscriptionAttributesResponse:
        """Show a subscription, wherever its topic is."""
        return super().get_subscription_attributes(
            _at_topic(context, subscription_arn), subscription_arn, **kwargs
        )

    def set_subscription_attributes(
        self,
        context: RequestContext,
        subscription_arn: str,
        attribute_name: str,
        attribute_value: Any = None,
        **kwargs: Any,
    ) -> None:
        """Change a subscription, wherever its topic is."""
        super().set_subscription_attributes(
            _at_topic(context, subscription_arn), subscription_arn, attribute_name, attribute_value, **kwargs
        )


def _at_topic(context: RequestContext, subscription_arn: str) -> RequestContext:
    there = copy.copy(context)
    there.account_id = extract_account_id_from_arn(subscription_arn) or context.account_id
    return there


@aws_provider(api="sns", name="across-accounts")  # type: ignore[untyped-decorator]
def sns() -> Service:
    """The service, chosen by `PROVIDER_OVERRIDE_SNS=across-accounts`."""
    return Service.for_provider(_Subscriptions(), dispatch_table_factory=MotoFallbackDispatcher)
