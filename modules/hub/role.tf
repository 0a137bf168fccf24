# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

# No source condition is needed against a confused deputy here: Lambda takes a role of the
# function's own account only, from a caller who may pass it.
resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "The promtail function: reads load balancer logs from the spokes' buckets"
  path                 = var.iam.path
  permissions_boundary = var.iam.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  tags = var.tags

  lifecycle {
    precondition {
      condition     = length(local.read_policies) <= 10
      error_message = "To read the logs of ${length(local.log_prefixes)} accounts' prefixes in the buckets of ${length(var.spokes)} spokes, the role needs ${length(local.read_policies)} policies (25 prefixes each), and IAM allows 10. Give organization_id, for which one policy does, whatever the number of spokes; or use several hubs."
    }
  }
}

resource "aws_iam_role_policy" "function" {
  name = "function"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid      = "WriteOwnLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${local.log_group_arn}:*"
      }],
      [
        for arn in [local.use_queue ? local.queue_arn : ""] : {
          Sid    = "UseQueue"
          Effect = "Allow"
          Action = [
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage",
            "sqs:SendMessage",
          ]
          Resource = arn
        }
        if length(arn) > 0
      ],
      [
        for arn in [local.use_queue ? "" : local.dead_letter_queue_arn] : {
          Sid      = "GiveUp"
          Effect   = "Allow"
          Action   = "sqs:SendMessage"
          Resource = arn
        }
        if length(arn) > 0
      ],
      [
        for arn in [var.kms_key_arn] : {
          Sid      = "UseQueuesKey"
          Effect   = "Allow"
          Action   = ["kms:GenerateDataKey", "kms:Decrypt"]
          Resource = arn
          Condition = {
            StringEquals = { "kms:ViaService" = local.sqs_via_kms }
          }
        }
        if length(arn) > 0
      ],
      [
        for arns in [local.secrets_manager_arns] : {
          Sid      = "ReadSecrets"
          Effect   = "Allow"
          Action   = "secretsmanager:GetSecretValue"
          Resource = arns
        }
        if length(arns) > 0
      ],
      [
        for arns in [local.parameter_arns] : {
          Sid      = "ReadParameters"
          Effect   = "Allow"
          Action   = "ssm:GetParameter"
          Resource = arns
        }
        if length(arns) > 0
      ],
      [
        for arns in [var.loki_credential_arns.kms_key_arns] : {
          Sid      = "DecryptSecrets"
          Effect   = "Allow"
          Action   = "kms:Decrypt"
          Resource = arns
          Condition = {
            StringEquals = { "kms:ViaService" = local.secret_services }
          }
        }
        if length(arns) > 0
      ],
      [
        for arn in [var.refused_destination_arn] : {
          Sid    = "ParkRefusedLines"
          Effect = "Allow"
          Action = (
            local.parks_in_queue
            ? tolist(["sqs:GetQueueUrl", "sqs:SendMessage"])
            : tolist(["s3:PutObject"])
          )
          Resource = local.parks_in_queue ? arn : "${arn}/*"
        }
        if length(arn) > 0
      ],
      [
        for mode in [var.function.tracing == "Active" ? "Active" : ""] : {
          Sid      = "SendTraces"
          Effect   = "Allow"
          Action   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
          Resource = "*"
        }
        if length(mode) > 0
      ]
    )
  })
}
