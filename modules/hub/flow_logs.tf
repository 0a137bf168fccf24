# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

resource "aws_cloudwatch_log_group" "flow_logs" {
  count = local.use_flow_logs ? 1 : 0

  name              = "/aws/vpc/${var.name}"
  kms_key_id        = local.kms_key_arn
  retention_in_days = var.network.flow_logs.retention_days

  tags = var.tags
}

resource "aws_iam_role" "flow_logs" {
  count = local.use_flow_logs ? 1 : 0

  name                 = "${var.name}-flow-logs"
  description          = "Writes the flow log of the promtail function's VPC"
  path                 = var.iam.path
  permissions_boundary = var.iam.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnLike      = { "aws:SourceArn" = "${local.ec2_arn}:vpc-flow-log/*" }
      }
    }]
  })

  tags = var.tags
}

resource "aws_iam_role_policy" "flow_logs" {
  count = local.use_flow_logs ? 1 : 0

  name = "flow-logs"
  role = aws_iam_role.flow_logs[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "WriteFlowLog"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      Resource = "${local.flow_log_group_arn}:*"
    }]
  })
}

resource "aws_flow_log" "this" {
  count = local.use_flow_logs ? 1 : 0

  vpc_id          = aws_vpc.this[0].id
  iam_role_arn    = aws_iam_role.flow_logs[0].arn
  log_destination = aws_cloudwatch_log_group.flow_logs[0].arn
  traffic_type    = "ALL"

  tags = merge(var.tags, { Name = var.name })

  depends_on = [aws_iam_role_policy.flow_logs]
}
