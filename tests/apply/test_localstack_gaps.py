"""What the harness adds to LocalStack, which would differ from AWS else, or fail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError

from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.aws.present import present


def test_an_alarm_has_the_tags_that_it_was_made_with(
    aws_clients: Callable[[Account], AwsClients],
    hub_account: Account,
    unique_name: Callable[[str], str],
) -> None:
    cloudwatch, name = aws_clients(hub_account).cloudwatch, unique_name("alarm")

    for team in ("first", "second"):
        cloudwatch.put_metric_alarm(
            AlarmName=name,
            Namespace="AWS/SQS",
            MetricName="ApproximateNumberOfMessagesVisible",
            Statistic="Maximum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=0,
            ComparisonOperator="GreaterThanThreshold",
            Tags=[{"Key": "team", "Value": team}],
        )
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    tags = cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
    cloudwatch.delete_alarms(AlarmNames=[name])

    assert tags == [{"Key": "team", "Value": "first"}]


def test_a_key_can_be_made_and_counts_as_gone_when_it_is_to_be_deleted(
    aws_clients: Callable[[Account], AwsClients], hub_account: Account
) -> None:
    clients = aws_clients(hub_account)

    key = clients.kms.create_key()["KeyMetadata"]["KeyId"]

    assert key in present(clients)["keys"]
    clients.kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    assert key not in present(clients)["keys"]


def test_an_account_finds_and_changes_its_subscription_to_the_topic_of_another(
    aws_clients: Callable[[Account], AwsClients],
    hub_account: Account,
    spoke_account: Account,
    unique_name: Callable[[str], str],
) -> None:
    subscriber, publisher, name = aws_clients(hub_account), aws_clients(spoke_account), unique_name("topic")
    topic = publisher.sns.create_topic(Name=name)["TopicArn"]
    queue_url = subscriber.sqs.create_queue(QueueName=name)["QueueUrl"]
    subscription = subscriber.sns.subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:{subscriber.region}:{hub_account.id}:{name}"
    )["SubscriptionArn"]

    subscriber.sns.set_subscription_attributes(
        SubscriptionArn=subscription, AttributeName="RawMessageDelivery", AttributeValue="true"
    )

    found = subscriber.sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]
    assert (found["Owner"], found["RawMessageDelivery"]) == (hub_account.id, "true")
    publisher.sns.publish(TopicArn=topic, Message="news")
    (message,) = subscriber.sqs.receive_message(QueueUrl=queue_url, WaitTimeSeconds=5)["Messages"]
    assert message["Body"] == "news"
    publisher.sns.delete_topic(TopicArn=topic)
    subscriber.sqs.delete_queue(QueueUrl=queue_url)


def test_a_bucket_of_another_account_is_not_that_of_the_expected_owner(
    aws_clients: Callable[[Account], AwsClients],
    hub_account: Account,
    spoke_account: Account,
    unique_name: Callable[[str], str],
) -> None:
    s3, name = aws_clients(spoke_account).s3, unique_name("bucket")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})

    s3.head_bucket(Bucket=name, ExpectedBucketOwner=spoke_account.id)
    with pytest.raises(ClientError, match="403"):
        s3.head_bucket(Bucket=name, ExpectedBucketOwner=hub_account.id)
    s3.delete_bucket(Bucket=name)


def test_health_check_logs_have_a_bucket_which_cannot_be_empty(
    aws_clients: Callable[[Account], AwsClients], hub_account: Account, unique_name: Callable[[str], str]
) -> None:
    clients = aws_clients(hub_account)
    subnets = [subnet["SubnetId"] for subnet in clients.ec2.describe_subnets()["Subnets"][:2]]
    made = clients.elbv2.create_load_balancer(Name=unique_name("logs"), Subnets=subnets)["LoadBalancers"]
    arn = made[0]["LoadBalancerArn"]

    def bucket(name: str) -> None:
        clients.elbv2.modify_load_balancer_attributes(
            LoadBalancerArn=arn, Attributes=[{"Key": "health_check_logs.s3.bucket", "Value": name}]
        )

    bucket("logs")
    with pytest.raises(ClientError, match=r"The value of 'health_check_logs.s3.bucket' cannot be empty"):
        bucket("")
    clients.elbv2.delete_load_balancer(LoadBalancerArn=arn)
