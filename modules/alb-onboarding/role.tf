# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/alb_onboarding and run `make modules`.

# No source condition is needed against a confused deputy here: Lambda takes a role of the
# function's own account only, from a caller who may pass it.
resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "The onboarding function: switches on the logs of load balancers"
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
}

# What cannot be narrowed: elasticloadbalancing:Describe* know no resources.
# ModifyLoadBalancerAttributes is for all Application Load Balancers, since patterns and tags select
# what is yet to be made, and what is selected no longer has to be put back; AWS has no condition
# for single attributes. s3:ListBucket is what HeadBucket asks for; the function lists no keys. The
# buckets are those of iam.bucket_names, by default all of the account, since a load balancer may
# log to any of them already. s3:CreateBucket has no condition on the account: a bucket that is yet
# to be made is of none.
resource "aws_iam_role_policy" "function" {
  name = "function"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "WriteOwnLog"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "${local.log_group_arn}:*"
        },
        {
          Sid      = "GiveUp"
          Effect   = "Allow"
          Action   = "sqs:SendMessage"
          Resource = local.dead_letter_queue_arn
        },
        {
          Sid    = "FindLoadBalancers"
          Effect = "Allow"
          Action = [
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeTags",
          ]
          Resource = "*"
        },
        {
          Sid      = "SwitchLogs"
          Effect   = "Allow"
          Action   = "elasticloadbalancing:ModifyLoadBalancerAttributes"
          Resource = "arn:${local.partition}:elasticloadbalancing:${local.region}:${local.account_id}:loadbalancer/app/*"
        },
        {
          Sid    = "LookAtBuckets"
          Effect = "Allow"
          Action = [
            "s3:GetBucketNotification",
            "s3:GetBucketPolicy",
            "s3:GetEncryptionConfiguration",
            "s3:ListBucket",
          ]
          Resource = local.allowed_bucket_arns
          Condition = {
            StringEquals = { "aws:ResourceAccount" = local.account_id }
          }
        },
        {
          Sid      = "ChangeBuckets"
          Effect   = "Allow"
          Action   = ["s3:DeleteBucketPolicy", "s3:PutBucketNotification", "s3:PutBucketPolicy"]
          Resource = local.allowed_bucket_arns
          Condition = {
            StringEquals = { "aws:ResourceAccount" = local.account_id }
          }
        },
        {
          Sid    = "SaveState"
          Effect = "Allow"
          Action = ["ssm:DeleteParameter", "ssm:GetParameter", "ssm:GetParametersByPath", "ssm:PutParameter"]
          Resource = [
            "arn:${local.partition}:ssm:${local.region}:${local.account_id}:parameter/alb-loki/onboarding/${var.name}/*",
            "arn:${local.partition}:ssm:${local.region}:${local.account_id}:parameter/alb-loki/locks/*",
          ]
        },
      ],
      [
        for listed in [var.bucket.create] : {
          Sid      = "MakeBucket"
          Effect   = "Allow"
          Action   = "s3:CreateBucket"
          Resource = local.bucket_arn
        }
        if listed
      ],
      [
        for listed in [var.bucket.create] : {
          Sid    = "SetUpBucket"
          Effect = "Allow"
          Action = [
            "s3:GetBucketOwnershipControls",
            "s3:GetBucketPublicAccessBlock",
            "s3:GetLifecycleConfiguration",
            "s3:PutBucketOwnershipControls",
            "s3:PutBucketPublicAccessBlock",
            "s3:PutEncryptionConfiguration",
            "s3:PutLifecycleConfiguration",
          ]
          Resource = local.bucket_arn
          Condition = {
            StringEquals = { "aws:ResourceAccount" = local.account_id }
          }
        }
        if listed
      ],
      [
        for arn in [var.kms_key_arn] : {
          Sid      = "UseQueueKey"
          Effect   = "Allow"
          Action   = ["kms:GenerateDataKey", "kms:Decrypt"]
          Resource = arn
          Condition = {
            StringEquals = { "kms:ViaService" = local.sqs_via_kms }
          }
        }
        if length(arn) > 0
      ]
    )
  })
}
