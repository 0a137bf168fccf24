"""The onboarding function and its log group."""

from __future__ import annotations

from imports.aws.lambda_function import LambdaFunction, LambdaFunctionLoggingConfig

from cdktf_app.modules.expressions import number, tags
from cdktf_app.modules.function_log import add_function_log
from cdktf_app.modules.function_role import inline_policies_fit
from cdktf_app.modules.module import Module, skip_check

HANDLER = "onboarding.handler.handler"

_SKIPPED = {
    "CKV_AWS_50": "it runs at an apply and when a load balancer is made: its log tells each step, no trace is needed",
    "CKV_AWS_115": "reserved concurrency would take from the account's, for a function that runs a few times a day",
    "CKV_AWS_116": "an event that fails goes to the dead-letter queue, by the on-failure destination",
    "CKV_AWS_117": "it calls AWS only, for which it needs no network of its own",
    "CKV_AWS_272": "the zip in this module is not signed",
}


def add_function(module: Module) -> None:
    """Add the function: the module's own zip by default, a zip of the user's choice else."""
    module.local("zip_path", '${coalesce(var.function.zip_path, "${path.module}/lambda/onboarding.zip")}')
    scope = module.concern("function")
    add_function_log(scope)
    function = LambdaFunction(
        scope,
        "function.this",
        function_name="${var.name}",
        description="Switches on the logs of load balancers that exist",
        role="${aws_iam_role.this.arn}",
        package_type="Zip",
        filename="${local.zip_path}",
        source_code_hash="${filebase64sha256(local.zip_path)}",
        handler=HANDLER,
        runtime="${var.function.runtime}",
        architectures=["${var.function.architecture}"],
        memory_size=number("${var.function.memory_size}"),
        timeout=number("${var.function.timeout}"),
        logging_config=LambdaFunctionLoggingConfig(
            log_format="${var.function.log_format}",
            log_group="${aws_cloudwatch_log_group.this.name}",
        ),
        tags=tags(),
    )
    for check, reason in _SKIPPED.items():
        skip_check(function, check, reason)
    fits = inline_policies_fit(
        module,
        "aws_iam_role_policy.function.policy",
        "List patterns in iam.bucket_names, such as shop-*-logs, in the place of many names.",
    )
    function.add_override("lifecycle.precondition", [fits])
    # Without its permissions the function could not write its log.
    function.add_override("depends_on", ["aws_iam_role_policy.function"])
