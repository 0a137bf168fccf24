"""CloudFormation's custom resources for LocalStack, whose community edition has none.

As AWS does, it invokes the function asynchronously, gives it a presigned address, makes a string of each value in
properties, and believes nothing but the answer that is put to that address. Other than on AWS, `ServiceTimeout` is 60
seconds at most, and LocalStack does not roll back a failed update by another one.
"""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from localstack import config
from localstack.services.cloudformation.resource_provider import (
    CloudFormationResourceProviderPlugin,
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceRequest,
)

_TYPE = "AWS::CloudFormation::CustomResource"
# AWS keeps the answers in buckets of its own, not in the user's account.
_ACCOUNT = "000000000000"
_BUCKET = "cloudformation-custom-resource-response"
_LONGEST = 60.0
_LIMIT = 4096
_ID = "PhysicalResourceId"
_GIVEN = "GivenProperties"


class CustomResource(ResourceProvider[Any]):
    """A custom resource whose provider is a Lambda function."""

    TYPE = _TYPE
    SCHEMA = {  # noqa: RUF012 - what LocalStack asks for
        "typeName": _TYPE,
        "properties": {},
        "primaryIdentifier": [f"/properties/{_ID}"],
    }

    def create(self, request: ResourceRequest[Any]) -> ProgressEvent[Any]:
        """Ask the function to create."""
        return _ask(request, "Create", request.desired_state, None)

    def update(self, request: ResourceRequest[Any]) -> ProgressEvent[Any]:
        """Ask the function to update."""
        return _ask(request, "Update", request.desired_state, request.previous_state or {})

    def delete(self, request: ResourceRequest[Any]) -> ProgressEvent[Any]:
        """Ask the function to delete."""
        state = request.desired_state
        return _ask(request, "Delete", state.get(_GIVEN, state), state)


class CustomResourcePlugin(CloudFormationResourceProviderPlugin):
    """What LocalStack finds through the entry point."""

    name = _TYPE

    def load(self) -> None:
        """Make the provider known."""
        self.factory = CustomResource


def _ask(
    request: ResourceRequest[Any], kind: str, properties: dict[str, Any], before: dict[str, Any] | None
) -> ProgressEvent[Any]:
    s3 = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}",
        region_name="us-east-1",
        aws_access_key_id=_ACCOUNT,
        aws_secret_access_key="test",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, proxies={}),
    )
    s3.create_bucket(Bucket=_BUCKET)
    place = {"Bucket": _BUCKET, "Key": str(uuid.uuid4())}
    given = _as_strings(properties)
    event = {
        "RequestType": kind,
        "ResponseURL": s3.generate_presigned_url("put_object", place, ExpiresIn=7200),
        "StackId": request.stack_id,
        "RequestId": str(uuid.uuid4()),
        "ResourceType": request.resource_type,
        "LogicalResourceId": request.logical_resource_id,
        "ResourceProperties": {name: value for name, value in given.items() if name != "ServiceTimeout"},
    }
    if before is not None:
        event[_ID] = before.get(_ID, f"{request.stack_name}-{request.logical_resource_id}-1ABCDEFGH")
        if kind == "Update":
            event["OldResourceProperties"] = _as_strings(before.get(_GIVEN, {}))
    request.aws_client_factory.lambda_.invoke(
        FunctionName=properties["ServiceToken"], InvocationType="Event", Payload=json.dumps(event)
    )
    answer = _answer(s3, place, min(float(properties.get("ServiceTimeout", _LONGEST)), _LONGEST))
    model = {**given, _GIVEN: given, **answer.get("Data", {}), _ID: answer.get(_ID, event.get(_ID, ""))}
    if answer["Status"] != "SUCCESS":
        return ProgressEvent(OperationStatus.FAILED, resource_model=model, message=answer["Reason"])
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)


def _answer(s3: Any, place: dict[str, str], seconds: float) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            body = s3.get_object(**place)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            time.sleep(0.1)
            continue
        if len(body) <= _LIMIT:
            answer: dict[str, Any] = json.loads(body)
            return answer
        break
    return {"Status": "FAILED", "Reason": "Custom Resource failed to stabilize in expected time"}


def _as_strings(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_strings(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_as_strings(item) for item in value]
    return json.dumps(value) if isinstance(value, bool | int | float) else value
