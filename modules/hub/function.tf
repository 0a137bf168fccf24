# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338: log_retention_days is the user's to set; a year of operational logs is no need

  name              = "/aws/lambda/${var.name}"
  kms_key_id        = local.kms_key_arn
  retention_in_days = var.log_retention_days

  tags = var.tags
}

resource "aws_lambda_function" "this" {
  # checkov:skip=CKV_AWS_50: function.tracing is the user's to set; traces are charged
  # checkov:skip=CKV_AWS_116: what fails goes to the dead-letter queue, by the queue or the on-failure destination

  function_name                  = var.name
  description                    = "Sends load balancer logs from S3 to Loki"
  role                           = aws_iam_role.this.arn
  architectures                  = [var.function.architecture]
  code_signing_config_arn        = var.function.code_signing_config_arn
  filename                       = local.use_image ? null : local.zip_path
  handler                        = local.use_image ? null : "promtail.handler.handler"
  image_uri                      = var.function.image_uri
  kms_key_arn                    = local.kms_key_arn
  memory_size                    = var.function.memory_size
  package_type                   = local.use_image ? "Image" : "Zip"
  reserved_concurrent_executions = var.function.reserved_concurrency
  runtime                        = local.use_image ? null : var.function.runtime
  source_code_hash               = local.use_image ? null : filebase64sha256(local.zip_path)
  timeout                        = var.function.timeout

  environment {
    variables = local.variables
  }

  logging_config {
    application_log_level = var.function.log_format == "JSON" ? "TRACE" : null
    log_format            = var.function.log_format
    log_group             = aws_cloudwatch_log_group.this.name
  }

  tracing_config {
    mode = var.function.tracing
  }

  dynamic "vpc_config" {
    for_each = local.in_vpc ? [1] : []

    content {
      subnet_ids         = local.function_subnet_ids
      security_group_ids = local.function_security_group_ids
    }
  }

  tags = var.tags

  depends_on = [
    aws_iam_role_policy.function,
    aws_iam_role_policy_attachment.read_logs,
    aws_iam_role_policy.network,
    aws_route.private_internet,
    aws_route_table_association.private,
    aws_vpc_endpoint.s3,
    aws_vpc_endpoint.s3_gateway,
    aws_vpc_security_group_egress_rule.function_https,
    aws_vpc_security_group_egress_rule.function_loki,
    aws_vpc_security_group_ingress_rule.s3_endpoint_https,
  ]

  lifecycle {
    precondition {
      condition     = local.environment_size <= 4096
      error_message = "The function's environment variables take more than the 4096 bytes that Lambda allows them together, as JSON, in which a quote counts twice. Those that grow have these many characters: RELABEL_CONFIGS ${length(local.environment.RELABEL_CONFIGS)}, LOKI_STAGE_CONFIGS ${length(local.environment.LOKI_STAGE_CONFIGS)}, FILTER_RULES ${length(local.environment.FILTER_RULES)}, TENANT_RULES ${length(local.environment.TENANT_RULES)}, CA_BUNDLE ${length(local.environment.CA_BUNDLE)}, EXTRA_LABELS ${length(local.environment.EXTRA_LABELS)}, SPOKES ${length(local.environment.SPOKES)}. Shorten the rules and stages in loki and content, and put loki.ca_bundle into a secret, and its ARN here, or into the function's package. Labels and tenants that many spokes share are shorter as rules in loki."
    }

    precondition {
      condition     = local.function_policy_size <= 20480
      error_message = "The permissions of ${length(var.spokes)} spokes to invoke the function take ${local.function_policy_size} bytes, and Lambda allows 20480 for them together. Set ingestion.mode to queue: a queue takes about twice as many spokes, and with organization_id any number."
    }

    precondition {
      condition     = local.inline_policies_size <= 10240
      error_message = "The inline policies of the function's role take ${local.inline_policies_size} characters, and IAM allows 10240 for them together. List fewer keys in loki_credential_arns.kms_key_arns, or fewer subnets and security groups in network."
    }
  }
}
