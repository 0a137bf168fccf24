# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days

  tags = var.tags
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  description      = "Sends load balancer logs from S3 to Loki"
  role             = aws_iam_role.this.arn
  architectures    = [var.function.architecture]
  filename         = local.use_image ? null : local.zip_path
  handler          = local.use_image ? null : "promtail.handler.handler"
  image_uri        = var.function.image_uri
  memory_size      = var.function.memory_size
  package_type     = local.use_image ? "Image" : "Zip"
  runtime          = local.use_image ? null : var.function.runtime
  source_code_hash = local.use_image ? null : filebase64sha256(local.zip_path)
  timeout          = var.function.timeout

  environment {
    variables = local.environment
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  dynamic "vpc_config" {
    for_each = local.create_network ? [1] : []

    content {
      subnet_ids         = [aws_subnet.private[0].id]
      security_group_ids = [aws_security_group.function[0].id]
    }
  }

  tags = var.tags

  depends_on = [
    aws_iam_role_policy.function,
    aws_iam_role_policy.network,
    aws_iam_role_policy.spokes,
    aws_route.private_internet,
    aws_route_table_association.private,
    aws_vpc_endpoint.s3,
    aws_vpc_security_group_egress_rule.function_https,
    aws_vpc_security_group_egress_rule.function_loki,
    aws_vpc_security_group_ingress_rule.s3_endpoint_https,
  ]

  lifecycle {
    precondition {
      condition     = local.environment_size <= 4096
      error_message = "The function's environment variables take more than the 4096 bytes that Lambda allows them together, as JSON, in which a quote counts twice. Those that grow have these many characters: RELABEL_CONFIGS ${length(local.environment.RELABEL_CONFIGS)}, LOKI_STAGE_CONFIGS ${length(local.environment.LOKI_STAGE_CONFIGS)}, FILTER_RULES ${length(local.environment.FILTER_RULES)}, TENANT_RULES ${length(local.environment.TENANT_RULES)}, CA_BUNDLE ${length(local.environment.CA_BUNDLE)}, EXTRA_LABELS ${length(local.environment.EXTRA_LABELS)}. Shorten the rules and stages in loki and content, and put loki.ca_bundle into a secret, and its ARN here, or into the function's package."
    }
  }
}
