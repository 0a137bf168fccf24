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
    variables = {
      WRITE_ADDRESS = var.loki.write_address
      USERNAME      = var.loki_credentials.username
      PASSWORD      = var.loki_credentials.password
      BEARER_TOKEN  = var.loki_credentials.bearer_token
      TENANT_ID     = var.loki.tenant_id
      BATCH_SIZE    = tostring(var.loki.batch_size)
      KEEP_STREAM   = tostring(var.loki.keep_stream)
      EXTRA_LABELS  = join(",", flatten([for name, value in var.loki.extra_labels : [name, value]]))
    }
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
    aws_iam_role_policy.logs,
    aws_iam_role_policy.network,
    aws_iam_role_policy.spokes,
    aws_route.private_internet,
    aws_route_table_association.private,
    aws_vpc_endpoint.s3,
    aws_vpc_security_group_egress_rule.function_https,
    aws_vpc_security_group_egress_rule.function_loki,
    aws_vpc_security_group_ingress_rule.s3_endpoint_https,
  ]
}
