# What the hub module makes, by name. A hub in a network of its own (network.mode = "created") needs more than this:
# add the EC2 actions that its first plan is refused for.

locals {
  hubs = var.hub == null ? [] : [merge(var.hub, {
    # The name itself, and the name with something behind it.
    names             = [var.hub.name, "${var.hub.name}-*"]
    function_arn      = "${local.regional.lambda}:function:${var.hub.name}"
    event_source_arn  = "${local.regional.lambda}:event-source-mapping:*"
    log_group_arn     = "${local.regional.logs}:log-group:/aws/lambda/${var.hub.name}"
    role_arn          = "arn:${local.partition}:iam::${var.account_id}:role${var.hub.iam_path}*"
    policy_arn        = "arn:${local.partition}:iam::${var.account_id}:policy${var.hub.iam_path}*"
    dashboard_arn     = "arn:${local.partition}:cloudwatch::${var.account_id}:dashboard/${var.hub.name}"
    dashboard_arn_all = "arn:${local.partition}:cloudwatch::${var.account_id}:dashboard/${var.hub.name}-*"
  })]

  hub_read = flatten([for hub in local.hubs : [
    {
      Sid    = "ReadFunction"
      Effect = "Allow"
      Action = [
        "lambda:GetFunction",
        "lambda:GetFunctionCodeSigningConfig",
        "lambda:GetFunctionConcurrency",
        "lambda:GetFunctionConfiguration",
        "lambda:GetFunctionEventInvokeConfig",
        "lambda:GetPolicy",
        "lambda:ListTags",
        "lambda:ListVersionsByFunction",
      ]
      Resource = [hub.function_arn]
    },
    {
      Sid      = "ReadEventSource"
      Effect   = "Allow"
      Action   = ["lambda:GetEventSourceMapping", "lambda:ListTags"]
      Resource = [hub.event_source_arn]
    },
    {
      Sid      = "ReadQueues"
      Effect   = "Allow"
      Action   = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"]
      Resource = [for name in hub.names : "${local.regional.sqs}:${name}"]
    },
    {
      # Lists are of all log groups and all alarms: AWS has nothing narrower for them.
      Sid      = "ListLogGroupsAndAlarms"
      Effect   = "Allow"
      Action   = ["cloudwatch:DescribeAlarms", "logs:DescribeLogGroups"]
      Resource = ["${local.regional.cloudwatch}:alarm:*", "${local.regional.logs}:log-group:*"]
    },
    {
      Sid    = "ReadLogGroupAndAlarms"
      Effect = "Allow"
      Action = ["cloudwatch:ListTagsForResource", "logs:ListTagsForResource"]
      Resource = concat(
        [hub.log_group_arn, "${hub.log_group_arn}:*"],
        [for name in hub.names : "${local.regional.cloudwatch}:alarm:${name}"]
      )
    },
    {
      Sid      = "ReadDashboard"
      Effect   = "Allow"
      Action   = ["cloudwatch:GetDashboard"]
      Resource = [hub.dashboard_arn, hub.dashboard_arn_all]
    },
    {
      Sid    = "ReadRolesAndPolicies"
      Effect = "Allow"
      Action = [
        "iam:GetPolicy",
        "iam:GetPolicyVersion",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListInstanceProfilesForRole",
        "iam:ListPolicyVersions",
        "iam:ListRolePolicies",
      ]
      Resource = [hub.role_arn, hub.policy_arn]
    },
  ]])

  hub_write = flatten([for hub in local.hubs : [
    {
      Sid    = "ChangeFunction"
      Effect = "Allow"
      Action = [
        "lambda:AddPermission",
        "lambda:CreateFunction",
        "lambda:DeleteFunction",
        "lambda:DeleteFunctionConcurrency",
        "lambda:DeleteFunctionEventInvokeConfig",
        "lambda:PutFunctionConcurrency",
        "lambda:PutFunctionEventInvokeConfig",
        "lambda:RemovePermission",
        "lambda:TagResource",
        "lambda:UntagResource",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
        "lambda:UpdateFunctionEventInvokeConfig",
      ]
      Resource = [hub.function_arn]
    },
    {
      # The action that creates knows no ARN yet: the function is what it is held to.
      Sid    = "ConnectQueueToFunction"
      Effect = "Allow"
      Action = [
        "lambda:CreateEventSourceMapping",
        "lambda:DeleteEventSourceMapping",
        "lambda:UpdateEventSourceMapping",
      ]
      Resource = ["*"]
      Condition = {
        ArnLike = { "lambda:FunctionArn" = hub.function_arn }
      }
    },
    {
      Sid      = "TagEventSource"
      Effect   = "Allow"
      Action   = ["lambda:TagResource", "lambda:UntagResource"]
      Resource = [hub.event_source_arn]
    },
    {
      Sid    = "ChangeQueues"
      Effect = "Allow"
      Action = [
        "sqs:CreateQueue",
        "sqs:DeleteQueue",
        "sqs:SetQueueAttributes",
        "sqs:TagQueue",
        "sqs:UntagQueue",
      ]
      Resource = [for name in hub.names : "${local.regional.sqs}:${name}"]
    },
    {
      Sid    = "ChangeLogGroup"
      Effect = "Allow"
      Action = [
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:DeleteRetentionPolicy",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ]
      Resource = [hub.log_group_arn, "${hub.log_group_arn}:*"]
    },
    {
      Sid    = "ChangeAlarms"
      Effect = "Allow"
      Action = [
        "cloudwatch:DeleteAlarms",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource",
      ]
      Resource = [for name in hub.names : "${local.regional.cloudwatch}:alarm:${name}"]
    },
    {
      Sid      = "ChangeDashboard"
      Effect   = "Allow"
      Action   = ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"]
      Resource = [hub.dashboard_arn, hub.dashboard_arn_all]
    },
    {
      # Only roles that carry the boundary: what the pipeline makes can do no more than what stands there.
      Sid    = "CreateBoundedRoles"
      Effect = "Allow"
      Action = [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PutRolePolicy",
      ]
      Resource = [hub.role_arn]
      Condition = {
        ArnEquals = { "iam:PermissionsBoundary" = aws_iam_policy.boundary[0].arn }
      }
    },
    {
      Sid    = "ChangePolicies"
      Effect = "Allow"
      Action = [
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:TagPolicy",
        "iam:UntagPolicy",
      ]
      Resource = [hub.policy_arn]
    },
    {
      Sid    = "ChangeRoles"
      Effect = "Allow"
      Action = [
        "iam:DeleteRole",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ]
      Resource = [hub.role_arn]
    },
    {
      Sid      = "PassRoleToFunction"
      Effect   = "Allow"
      Action   = ["iam:PassRole"]
      Resource = [hub.role_arn]
      Condition = {
        StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" }
      }
    },
  ]])
}

# The most that the function's role can be given by the pipeline, whatever stands in the role's own policies. Neither a
# plan nor an apply tells what is missing here: the function is refused when it runs. What the hub is given beyond
# accounts/hub has to be added by hand, such as X-Ray, a refused destination, or a key for the hub's queues.
resource "aws_iam_policy" "boundary" {
  count = var.hub == null ? 0 : 1

  name        = "${var.hub.name}-boundary"
  path        = "/pipeline/"
  description = "The most that roles of the alb-loki hub can do"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "WriteOwnLog"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = ["${local.hubs[0].log_group_arn}:*"]
        },
        {
          # The spokes' buckets are in other accounts, and each is one more name; load balancer logs are all that is
          # below these keys.
          Sid      = "ReadLoadBalancerLogs"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:GetObjectVersion"]
          Resource = ["arn:${local.partition}:s3:::*/AWSLogs/*"]
        },
        {
          Sid    = "UseOwnQueues"
          Effect = "Allow"
          Action = [
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage",
            "sqs:SendMessage",
          ]
          Resource = [for name in local.hubs[0].names : "${local.regional.sqs}:${name}"]
        },
      ],
      [
        for arns in [var.hub.secret_arns] : {
          Sid      = "ReadSecrets"
          Effect   = "Allow"
          Action   = ["secretsmanager:GetSecretValue"]
          Resource = arns
        }
        if length(arns) > 0
      ],
      [
        for arns in [var.hub.parameter_arns] : {
          Sid      = "ReadParameters"
          Effect   = "Allow"
          Action   = ["ssm:GetParameter"]
          Resource = arns
        }
        if length(arns) > 0
      ],
      [
        for arns in [var.hub.kms_key_arns] : {
          Sid      = "Decrypt"
          Effect   = "Allow"
          Action   = ["kms:Decrypt"]
          Resource = arns
        }
        if length(arns) > 0
      ]
    )
  })
}
