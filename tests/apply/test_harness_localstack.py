"""LocalStack without Docker: load balancers, functions, and nothing left behind."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psutil
import pytest
from botocore.exceptions import WaiterError

from tests.harness.aws.accounts import Account
from tests.harness.aws.clients import AwsClients
from tests.harness.localstack.server import (
    LocalStack,
    LocalStackError,
    existing_localstack,
    running_localstack,
)

Clients = Callable[[Account], AwsClients]

HANDLER = """
import os, boto3

def handler(event, context):
    if event == "fail":
        raise ValueError("told to fail")
    identity = boto3.client("sts").get_caller_identity()
    for record in event.get("Records", []) if isinstance(event, dict) else []:
        bucket, key = record["s3"]["bucket"]["name"], record["s3"]["object"]["key"]
        print("read", boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode())
    return {"account": identity["Account"], "group": os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]}
"""

# Starts a process that never ends by itself.
BUSY = """
import subprocess, sys

def handler(event, context):
    subprocess.run([sys.executable, "-c", "while True: pass"])
"""


@pytest.fixture(scope="module")
def host_server() -> Iterator[LocalStack]:
    """A server that is ours, also when the user names another one for all other tests."""
    with running_localstack() as server:
        yield server


@pytest.fixture(scope="module")
def host_clients(host_server: LocalStack, hub_account: Account) -> AwsClients:
    return AwsClients(host_server.endpoint, hub_account, "eu-west-1")


def package(files: Mapping[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def create_function(clients: AwsClients, name: str, zipped: bytes) -> str:
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
    role = clients.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    arn = clients.functions.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=role,
        Handler="app.handler",
        Timeout=20,
        Code={"ZipFile": zipped},
    )["FunctionArn"]
    clients.functions.get_waiter("function_active_v2").wait(
        FunctionName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30}
    )
    return arn


def log_messages(clients: AwsClients, group: str, wanted: str) -> list[str]:
    """The messages of a log group, as soon as one of them begins as wanted; all there are after 20 s."""
    end = time.monotonic() + 20
    while True:
        groups = clients.logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]
        events = clients.logs.filter_log_events(logGroupName=group)["events"] if groups else []
        messages = [event["message"] for event in events]
        if any(message.startswith(wanted) for message in messages) or time.monotonic() > end:
            return messages
        time.sleep(0.2)


def test_a_load_balancer_is_one_account_s_own(
    aws_clients: Clients, hub_account: Account, spoke_account: Account, unique_name: Callable[[str], str]
) -> None:
    clients, name = aws_clients(spoke_account), unique_name("lb")
    vpc = clients.ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        clients.ec2.create_subnet(
            VpcId=vpc, CidrBlock=f"10.9.{n}.0/24", AvailabilityZone=f"{clients.region}{zone}"
        )["Subnet"]["SubnetId"]
        for n, zone in enumerate("ab")
    ]

    arn = clients.elbv2.create_load_balancer(Name=name, Subnets=subnets)["LoadBalancers"][0][
        "LoadBalancerArn"
    ]

    assert f":{spoke_account.id}:loadbalancer/app/{name}/" in arn
    others = aws_clients(hub_account).elbv2.describe_load_balancers()["LoadBalancers"]
    assert name not in [balancer["LoadBalancerName"] for balancer in others]
    clients.elbv2.delete_load_balancer(LoadBalancerArn=arn)
    own = clients.elbv2.describe_load_balancers()["LoadBalancers"]
    assert name not in [balancer["LoadBalancerName"] for balancer in own]


def test_objects_lie_in_the_folder_that_goes_with_the_server(
    host_server: LocalStack, host_clients: AwsClients, unique_name: Callable[[str], str]
) -> None:
    name = unique_name("private")
    host_clients.s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})

    assert host_server.log is not None
    assert list(host_server.log.parent.glob(f"tmp/*/{name}"))


def test_a_function_runs_in_its_account_and_its_log_is_in_cloudwatch(
    aws_clients: Clients, spoke_account: Account, unique_name: Callable[[str], str]
) -> None:
    clients, name = aws_clients(spoke_account), unique_name("function")
    create_function(clients, name, package({"app.py": HANDLER}))

    good = clients.functions.invoke(FunctionName=name, Payload=b"{}")
    bad = clients.functions.invoke(FunctionName=name, Payload=b'"fail"')

    assert "FunctionError" not in good
    assert json.load(good["Payload"]) == {"account": spoke_account.id, "group": f"/aws/lambda/{name}"}
    assert bad["FunctionError"] == "Unhandled"
    assert json.load(bad["Payload"])["errorMessage"] == "told to fail"
    messages = log_messages(clients, f"/aws/lambda/{name}", "[ERROR] ValueError: told to fail")
    assert [message.split()[0] for message in messages] == [
        *("START", "END", "REPORT"),
        *("START", "[ERROR]", "END", "REPORT"),
    ]
    clients.functions.delete_function(FunctionName=name)


def test_a_package_for_another_interpreter_is_refused_with_the_remedy(
    host_clients: AwsClients, unique_name: Callable[[str], str]
) -> None:
    clients, name = host_clients, unique_name("function")
    foreign = package({"app.py": HANDLER, "fast.cpython-38-x86_64-linux-gnu.so": b"\x7fELF" + bytes(60)})

    with pytest.raises(WaiterError):
        create_function(clients, name, foreign)

    configuration = clients.functions.get_function_configuration(FunctionName=name)
    assert configuration["State"] == "Failed"
    assert "fast.cpython-38-x86_64-linux-gnu.so" in configuration["StateReason"]
    assert "build the package for it" in configuration["StateReason"]


def test_an_object_in_one_account_invokes_the_function_of_another(
    aws_clients: Clients, hub_account: Account, spoke_account: Account, unique_name: Callable[[str], str]
) -> None:
    hub, spoke, name = aws_clients(hub_account), aws_clients(spoke_account), unique_name("object")
    arn = create_function(hub, name, package({"app.py": HANDLER}))
    hub.functions.add_permission(
        FunctionName=name,
        StatementId="spoke",
        Action="lambda:InvokeFunction",
        Principal="s3.amazonaws.com",
        SourceArn=f"arn:aws:s3:::{name}",
        SourceAccount=spoke_account.id,
    )
    spoke.s3.create_bucket(
        Bucket=name,
        CreateBucketConfiguration={"LocationConstraint": spoke.region},  # type: ignore[typeddict-item]
    )
    spoke.s3.put_bucket_notification_configuration(
        Bucket=name,
        NotificationConfiguration={
            "LambdaFunctionConfigurations": [{"LambdaFunctionArn": arn, "Events": ["s3:ObjectCreated:*"]}]
        },
    )

    spoke.s3.put_object(Bucket=name, Key="some/key", Body=b"the content")

    assert "read the content\n" in log_messages(hub, f"/aws/lambda/{name}", "read the content")
    hub.functions.delete_function(FunctionName=name)


def test_nothing_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.harness.localstack"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    endpoint = next(line for line in parent.stdout if line.startswith("LOCALSTACK_ENDPOINT=")).split("=")[1]
    clients = AwsClients(endpoint.strip(), Account("111111111111", "x"), "eu-west-1")
    create_function(clients, "busy", package({"app.py": BUSY}))
    clients.functions.invoke(FunctionName="busy", InvocationType="Event", Payload=b"{}")
    processes = psutil.Process(parent.pid).children(recursive=True)
    end = time.monotonic() + 20
    # The guard, LocalStack, the function, and what the function started.
    while len(processes) < 4:
        assert time.monotonic() < end
        time.sleep(0.05)
        processes = psutil.Process(parent.pid).children(recursive=True)

    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    _gone, alive = psutil.wait_procs(processes, timeout=5)
    assert alive == []
    assert list(tmp_path.iterdir()) == []


def test_it_starts_and_answers_when_the_user_has_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    with running_localstack(start_limit=60) as server:
        server.check()
        buckets = AwsClients(server.endpoint, Account("111111111111", "x"), "eu-west-1").s3.list_buckets()

    assert buckets["Buckets"] == []


def test_the_user_s_own_endpoint_is_used_by_its_address(host_server: LocalStack) -> None:
    server = existing_localstack(host_server.endpoint.replace("127.0.0.1", "localhost") + "/")

    assert server.endpoint == host_server.endpoint
    assert "no log" in server.log_tail()


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1", "http://no-such-host.invalid:4566", "localhost"])
def test_an_endpoint_that_does_not_answer_is_named(endpoint: str) -> None:
    with pytest.raises(LocalStackError, match=f"LOCALSTACK_ENDPOINT={endpoint} does not answer"):
        existing_localstack(endpoint)
