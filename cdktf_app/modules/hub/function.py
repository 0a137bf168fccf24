"""The promtail function and its log group."""

from __future__ import annotations

from cdktf import Token
from imports.aws.lambda_function import (
    LambdaFunction,
    LambdaFunctionEnvironment,
    LambdaFunctionLoggingConfig,
    LambdaFunctionTracingConfig,
)

from cdktf_app.modules.expressions import number, tags
from cdktf_app.modules.function_log import add_function_log
from cdktf_app.modules.function_role import inline_policies_fit
from cdktf_app.modules.hub.direct import add_direct
from cdktf_app.modules.hub.environment import add_environment
from cdktf_app.modules.hub.network.network import READY as NETWORK_READY
from cdktf_app.modules.module import Module, skip_check

HANDLER = "promtail.handler.handler"

_SKIPPED = {
    "CKV_AWS_50": "function.tracing is the user's to set; traces are charged",
    "CKV_AWS_116": "what fails goes to the dead-letter queue, by the queue or the on-failure destination",
}


def add_function(module: Module) -> None:
    """Add the function: the module's own zip by default, a zip or an image of the user's choice else."""
    module.local(
        "zip_path",
        '${coalesce(var.function.zip_path, "${path.module}/lambda/promtail-${var.function.architecture}.zip")}',
    )
    module.local("use_image", "${var.function.image_uri != null}")
    fits = [
        add_environment(module),
        add_direct(module),
        inline_policies_fit(
            module,
            'join("", concat([aws_iam_role_policy.function.policy], aws_iam_role_policy.network[*].policy))',
            "List fewer keys in loki_credential_arns.kms_key_arns, or fewer subnets and security groups in network.",
        ),
    ]
    scope = module.concern("function")
    add_function_log(scope)
    function = LambdaFunction(
        scope,
        "function.this",
        function_name="${var.name}",
        description="Sends load balancer logs from S3 to Loki",
        role="${aws_iam_role.this.arn}",
        package_type='${local.use_image ? "Image" : "Zip"}',
        image_uri="${var.function.image_uri}",
        filename="${local.use_image ? null : local.zip_path}",
        source_code_hash="${local.use_image ? null : filebase64sha256(local.zip_path)}",
        handler=f'${{local.use_image ? null : "{HANDLER}"}}',
        runtime="${local.use_image ? null : var.function.runtime}",
        architectures=["${var.function.architecture}"],
        memory_size=number("${var.function.memory_size}"),
        timeout=number("${var.function.timeout}"),
        environment=LambdaFunctionEnvironment(variables=dict(Token.as_string_map("${local.variables}"))),
        kms_key_arn="${local.kms_key_arn}",
        reserved_concurrent_executions=number("${var.function.reserved_concurrency}"),
        code_signing_config_arn="${var.function.code_signing_config_arn}",
        logging_config=LambdaFunctionLoggingConfig(
            log_format="${var.function.log_format}",
            # Of JSON, Lambda drops what is below a level of its own. The function's log level decides alone, and the
            # lines that carry metrics have to pass.
            application_log_level='${var.function.log_format == "JSON" ? "TRACE" : null}',
            log_group="${aws_cloudwatch_log_group.this.name}",
        ),
        tracing_config=LambdaFunctionTracingConfig(mode="${var.function.tracing}"),
        tags=tags(),
    )
    for check, reason in _SKIPPED.items():
        skip_check(function, check, reason)
    function.add_override("lifecycle.precondition", fits)
    function.add_override(
        "dynamic.vpc_config",
        {
            "for_each": "${local.in_vpc ? [1] : []}",
            "content": {
                "subnet_ids": "${local.function_subnet_ids}",
                "security_group_ids": "${local.function_security_group_ids}",
            },
        },
    )
    # Without its permissions the function could not write its log, or read its secrets and logs.
    function.add_override(
        "depends_on",
        ["aws_iam_role_policy.function", "aws_iam_role_policy_attachment.read_logs", *NETWORK_READY],
    )
