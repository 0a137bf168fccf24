"""The entry point by which LocalStack finds the executor that runs functions as processes."""

from typing import Any

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin


class HostProcessExecutorPlugin(RuntimeExecutorPlugin):
    """Chosen by `LAMBDA_RUNTIME_EXECUTOR=host-process`."""

    name = "host-process"

    def load(self, *_args: Any, **_kwargs: Any) -> Any:
        """The executor's class; imported here and not above, as LocalStack does with its own."""
        from tests.harness.localstack.plugins.host_process import HostProcessExecutor

        return HostProcessExecutor
