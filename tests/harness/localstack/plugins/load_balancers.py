"""Elastic Load Balancing v2 for LocalStack: every operation goes to moto, which LocalStack ships with."""

from localstack.aws.api import RequestContext, ServiceRequest, ServiceResponse
from localstack.aws.skeleton import DispatchTable, Skeleton
from localstack.aws.spec import load_service
from localstack.services.moto import call_moto
from localstack.services.plugins import Service, aws_provider


@aws_provider(api="elbv2", name="default")  # type: ignore[untyped-decorator]
def elbv2() -> Service:
    """The service, found by LocalStack through its entry point `elbv2:default`."""
    service = load_service("elbv2")
    table: DispatchTable = dict.fromkeys(service.operation_names, _to_moto)
    return Service(name="elbv2", skeleton=Skeleton(service, table))


def _to_moto(context: RequestContext, request: ServiceRequest) -> ServiceResponse:  # noqa: ARG001
    return call_moto(context)
