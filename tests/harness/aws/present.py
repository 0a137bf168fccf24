"""What is in an account, to see that nothing is left there."""

from collections.abc import Sequence

from tests.harness.aws.clients import AwsClients


def present(clients: AwsClients) -> dict[str, Sequence[str]]:
    """Name everything of the kinds that the modules make which is in an account and region now, by kind."""
    ec2, iam = clients.ec2, clients.iam
    return {
        "buckets": [bucket["Name"] for bucket in clients.s3.list_buckets()["Buckets"]],
        "functions": [
            function["FunctionName"] for function in clients.functions.list_functions()["Functions"]
        ],
        "event sources": [
            mapping["UUID"]
            for mapping in clients.functions.list_event_source_mappings()["EventSourceMappings"]
        ],
        "stacks": [
            stack["StackName"]
            for stack in clients.cloudformation.describe_stacks()["Stacks"]
            if stack["StackStatus"] != "DELETE_COMPLETE"
        ],
        "topics": [topic["TopicArn"] for topic in clients.sns.list_topics()["Topics"]],
        "subscriptions": [
            subscription["SubscriptionArn"]
            for subscription in clients.sns.list_subscriptions()["Subscriptions"]
        ],
        "event rules": [rule["Name"] for rule in clients.events.list_rules()["Rules"]],
        "parameters": [
            parameter["Name"]
            for page in clients.ssm.get_paginator("describe_parameters").paginate()
            for parameter in page["Parameters"]
        ],
        "key aliases": [
            alias["AliasName"]
            for page in clients.kms.get_paginator("list_aliases").paginate()
            for alias in page["Aliases"]
        ],
        "keys": _keys(clients),
        "queues": clients.sqs.list_queues().get("QueueUrls", []),
        "alarms": [alarm["AlarmName"] for alarm in clients.cloudwatch.describe_alarms()["MetricAlarms"]],
        "dashboards": [
            dashboard["DashboardName"]
            for dashboard in clients.cloudwatch.list_dashboards()["DashboardEntries"]
        ],
        "log groups": [group["logGroupName"] for group in clients.logs.describe_log_groups()["logGroups"]],
        "roles": [role["RoleName"] for role in iam.list_roles()["Roles"]],
        "policies": [policy["PolicyName"] for policy in iam.list_policies(Scope="Local")["Policies"]],
        "identity providers": [
            provider["Arn"] for provider in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]
        ],
        "load balancers": [
            balancer["LoadBalancerName"]
            for balancer in clients.elbv2.describe_load_balancers()["LoadBalancers"]
        ],
        "networks": [vpc["VpcId"] for vpc in ec2.describe_vpcs()["Vpcs"]],
        "flow logs": [log["FlowLogId"] for log in ec2.describe_flow_logs()["FlowLogs"]],
        "addresses": [address["AllocationId"] for address in ec2.describe_addresses()["Addresses"]],
        "endpoints": [
            endpoint["VpcEndpointId"]
            for endpoint in ec2.describe_vpc_endpoints()["VpcEndpoints"]
            if endpoint["State"].lower() != "deleted"
        ],
        "gateways": [
            gateway["NatGatewayId"]
            for gateway in ec2.describe_nat_gateways()["NatGateways"]
            if gateway["State"] != "deleted"
        ],
    }


def _keys(clients: AwsClients) -> list[str]:
    """Name the customer's keys; one that is to be deleted counts as gone, though it takes AWS a week at least."""
    ids = [key["KeyId"] for page in clients.kms.get_paginator("list_keys").paginate() for key in page["Keys"]]
    keys = [clients.kms.describe_key(KeyId=key_id)["KeyMetadata"] for key_id in ids]
    return [
        key["KeyId"]
        for key in keys
        if key["KeyManager"] == "CUSTOMER" and key["KeyState"] != "PendingDeletion"
    ]
