"""CloudWatch for LocalStack, with the tags that an alarm is made with.

LocalStack's own provider drops them, and Terraform's second plan adds them again.
"""

from localstack.aws.api import RequestContext, handler
from localstack.aws.api.cloudwatch import PutMetricAlarmInput
from localstack.services.cloudwatch.provider_v2 import CloudwatchProvider
from localstack.services.plugins import Service, aws_provider
from localstack.utils.aws.arns import cloudwatch_alarm_arn


class _TaggedAlarms(CloudwatchProvider):
    @handler("PutMetricAlarm", expand=False)
    def put_metric_alarm(  # type: ignore[override]
        self, context: RequestContext, request: PutMetricAlarmInput
    ) -> None:
        """Make an alarm or change it; as on AWS, tags are taken from the call that makes it only."""
        arn = cloudwatch_alarm_arn(request["AlarmName"], context.account_id, context.region)
        store = self.get_store(context.account_id, context.region)
        is_new = arn not in store.alarms
        super().put_metric_alarm(context, request)
        if is_new:
            tags = [{"Key": tag["Key"], "Value": tag["Value"]} for tag in request.get("Tags") or ()]
            store.TAGS.tag_resource(arn, tags)


@aws_provider(api="cloudwatch", name="tagged-alarms")  # type: ignore[untyped-decorator]
def cloudwatch() -> Service:
    """The service, chosen by `PROVIDER_OVERRIDE_CLOUDWATCH=tagged-alarms`."""
    return Service.for_provider(_TaggedAlarms())  # type: ignore[no-untyped-call]
