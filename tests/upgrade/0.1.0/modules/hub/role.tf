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

# Lambda makes the function's network interfaces in the role's name. EC2 has no resource-level
# permission for Describe calls, and Lambda checks that the role may delete any interface of the
# account.
resource "aws_iam_role_policy" "network" {
  count = local.create_network ? 1 : 0

  name = "network"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "CreateNetworkInterface"
        Effect = "Allow"
        Action = "ec2:CreateNetworkInterface"
        Resource = [
          "${local.ec2_arn}:network-interface/*",
          "${local.ec2_arn}:subnet/${aws_subnet.private[0].id}",
          "${local.ec2_arn}:security-group/${aws_security_group.function[0].id}",
        ]
      },
      {
        Sid      = "DeleteNetworkInterface"
        Effect   = "Allow"
        Action   = "ec2:DeleteNetworkInterface"
        Resource = "${local.ec2_arn}:*/*"
      },
      {
        Sid      = "DescribeNetworkInterfaces"
        Effect   = "Allow"
        Action   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
        Resource = "*"
      },
    ]
  })
}
