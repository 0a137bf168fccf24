"""Elastic Load Balancing v2 for LocalStack: every operation goes to moto, which LocalStack ships with."""

from typing import Any

from localstack.aws.api import RequestContext, ServiceRequest, ServiceResponse
from localstack.aws.skeleton import DispatchTable, Skeleton
from localstack.aws.spec import load_service
from localstack.services.moto import call_moto
from localstack.services.plugins import Service, aws_provider
from moto.core.exceptions import RESTError
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer

_modify = ELBv2Backend.modify_load_balancer_attributes


@aws_provider(api="elbv2", name="default")  # type: ignore[untyped-decorator]
def elbv2() -> Service:
    """The service, found by LocalStack through its entry point `elbv2:default`."""
    # moto knows that health check logs can be on, and not where they go.
    FakeLoadBalancer.VALID_ATTRS |= {"health_check_logs.s3.bucket", "health_check_logs.s3.prefix"}
    ELBv2Backend.modify_load_balancer_attributes = _modify_load_balancer_attributes  # type: ignore[method-assign]
    service = load_service("elbv2")
    table: DispatchTable = dict.fromkeys(service.operation_names, _to_moto)
    return Service(name="elbv2", skeleton=Skeleton(service, table))


def _modify_load_balancer_attributes(self: Any, arn: str, attrs: dict[str, Any]) -> Any:
    """Refuse an empty bucket as AWS does, also for logs that are off."""
    for key, value in attrs.items():
        if key.endswith("_logs.s3.bucket") and not value:
            raise RESTError("ValidationError", f"The value of '{key}' cannot be empty")
    return _modify(self, arn, attrs)


def _to_moto(context: RequestContext, request: ServiceRequest) -> ServiceResponse:  # noqa: ARG001
    return call_moto(context)
