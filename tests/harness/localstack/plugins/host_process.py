"""LocalStack's executor of Lambda functions, on processes of the host instead of containers."""

import tempfile
from pathlib import Path
from typing import Any

from localstack import config
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import LambdaRuntimeException, RuntimeExecutor

from tests.harness.localstack.function_process import FunctionProcess, FunctionSettings
from tests.harness.localstack.native_code import check_native_code
from tests.harness.localstack.runtime_packages import link_runtime_packages

_NEEDS_ZIP = (
    "functions from container images are not supported where functions run as processes: deploy the function "
    "from a zip"
)
_HOST = "127.0.0.1"
# AWS allows 10 s for the import of the handler; a busy build machine is slower than AWS.
_INIT_LIMIT = 30.0
# What LocalStack tells its own starter inside of a container. AWS sets none of it.
_INTERNAL = (
    "EDGE_PORT",
    "LOCALSTACK_HOSTNAME",
    "LOCALSTACK_RUNTIME_ID",
    "LOCALSTACK_RUNTIME_ENDPOINT",
    "LOCALSTACK_FUNCTION_ACCOUNT_ID",
    "LOCALSTACK_MAX_PAYLOAD_SIZE",
    "AWS_LAMBDA_FUNCTION_TIMEOUT",
)


class HostProcessExecutor(RuntimeExecutor):
    """Runs the deployed zip on the host's interpreter.

    Different from AWS: the interpreter is the host's, whatever the function's `runtime` says; the memory size
    is reported but not enforced; the code folder can be written to; there are no layers, no container images,
    no network of a VPC, and no limit on the size of a response.
    """

    def __init__(
        self,
        id: str,  # noqa: A002 - LocalStack passes it by this name
        function_version: FunctionVersion,
    ) -> None:
        super().__init__(id=id, function_version=function_version)
        self._function: FunctionProcess | None = None

    def start(self, env_vars: dict[str, str]) -> None:
        """Start the process. `env_vars` is what LocalStack would give to a container."""
        settings: Any = self.function_version.config
        if settings.code is None or settings.handler is None:
            raise LambdaRuntimeException(_NEEDS_ZIP)
        own = settings.environment or {}
        environment = {
            name: str(value) for name, value in env_vars.items() if name not in _INTERNAL or name in own
        }
        environment["AWS_EXECUTION_ENV"] = f"AWS_Lambda_{settings.runtime}"
        folder = Path(tempfile.mkdtemp(prefix=f"{self.function_version.id.function_name}-"))
        self._function = FunctionProcess(
            FunctionSettings(
                code=settings.code.get_unzipped_code_location(),
                runtime=_runtime_folder(),
                handler=settings.handler,
                environment=environment,
                timeout=settings.timeout,
                memory=settings.memory_size,
                version=self.function_version.id.qualifier,
            ),
            folder,
        )
        self._function.start(_INIT_LIMIT)

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        """Run one invocation; `payload` is what LocalStack sends to the process in a container."""
        if self._function is None:
            raise LambdaRuntimeException(f"the environment {self.id} was not started")
        outcome = self._function.invoke(
            request_id=payload["invoke-id"],
            payload=payload["payload"].encode(),
            function_arn=payload["invoked-function-arn"],
            trace_id=payload["trace-id"],
            init_limit=_INIT_LIMIT,
        )
        return InvocationResult(
            request_id=payload["invoke-id"],
            payload=outcome.payload,
            is_error=outcome.is_error,
            logs=outcome.logs,
        )

    def stop(self) -> None:
        """End the process."""
        if self._function is not None:
            self._function.stop()

    def get_logs(self) -> str:
        """All that the function printed."""
        return self._function.output if self._function is not None else ""

    def get_address(self) -> str:
        """The loopback interface: function and LocalStack share it."""
        return _HOST

    def get_endpoint_from_executor(self) -> str:
        """The loopback interface; LocalStack makes AWS_ENDPOINT_URL of it."""
        return _HOST

    def get_runtime_endpoint(self) -> str:
        """Only read by the starter in a container; see `_INTERNAL`."""
        return f"http://{_HOST}:{config.GATEWAY_LISTEN[0].port}"

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unpack the zip. An error makes the function's state `Failed`, with the error as its reason."""
        settings: Any = function_version.config
        if settings.code is None:
            raise LambdaRuntimeException(_NEEDS_ZIP)
        if settings.layers:
            raise LambdaRuntimeException(
                "layers are not supported where functions run as processes: put the layer's content into the zip"
            )
        settings.code.prepare_for_execution()
        check_native_code(settings.code.get_unzipped_code_location())

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Nothing to do: LocalStack removes the unpacked code, and all state goes with the server's folder."""


def _runtime_folder() -> Path:
    return link_runtime_packages(Path(tempfile.gettempdir()) / "lambda-runtime")
