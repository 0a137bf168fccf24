"""SQS for LocalStack, with a `RedriveAllowPolicy` that can be taken away.

As on AWS, an empty value takes it away; LocalStack's own provider keeps the empty value, and Terraform waits for
minutes for it to go.
"""

from localstack.services.plugins import Service, aws_provider


@aws_provider(api="sqs", name="removable-policy")  # type: ignore[untyped-decorator]
def sqs() -> Service:
    """The service, chosen by `PROVIDER_OVERRIDE_SQS=removable-policy`."""
    from localstack.services.sqs.constants import DELETE_IF_DEFAULT
    from localstack.services.sqs.provider import SqsProvider

    DELETE_IF_DEFAULT["RedriveAllowPolicy"] = ""
    return Service.for_provider(SqsProvider())
