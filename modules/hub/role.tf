# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

# No source condition is needed against a confused deputy here: Lambda takes a role of the
# function's own account only, from a caller who may pass it.
resource "aws_iam_role" "this" {
  name        = var.name
  description = "The promtail function: reads load balancer logs from the spokes' buckets"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  tags = var.tags
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
        Resource = "${aws_cloudwatch_log_group.this.arn}:*"
      }],
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
            split(":", arn)[2] == "sqs"
            ? tolist(["sqs:GetQueueUrl", "sqs:SendMessage"])
            : tolist(["s3:PutObject"])
          )
          Resource = split(":", arn)[2] == "sqs" ? arn : "${arn}/*"
        }
        if length(arn) > 0
      ]
    )
  })
}
