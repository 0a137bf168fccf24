# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/alb_onboarding and run `make modules`.

locals {
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.id
  account_id = data.aws_caller_identity.current.account_id

  # Of the bucket of load balancers that do not log yet.
  bucket_name = var.bucket.name == "" ? "${var.name}-${local.account_id}-${local.region}" : var.bucket.name

  bucket_arn = "arn:${local.partition}:s3:::${local.bucket_name}"

  allowed_bucket_arns = [
    for name in distinct(concat(
      var.iam.bucket_names,
      contains(var.iam.bucket_names, "*") ? [] : [local.bucket_name]
    )) : "arn:${local.partition}:s3:::${name}"
  ]

  function_arn          = "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${var.name}"
  role_arn              = "arn:${local.partition}:iam::${local.account_id}:role${var.iam.path}${var.name}"
  dead_letter_queue_arn = "arn:${local.partition}:sqs:${local.region}:${local.account_id}:${var.name}-dead-letter"
  log_group_arn         = "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/lambda/${var.name}"
  topic_arn             = "arn:${local.partition}:sns:${local.region}:${local.account_id}:${var.name}"

  subscriber_arns = [
    for account_id in var.topic.subscriber_account_ids : "arn:${local.partition}:iam::${account_id}:root"
  ]

  # Queues and functions of the accounts that may subscribe.
  subscriber_endpoints = flatten([
    for account_id in var.topic.subscriber_account_ids : [
      "arn:${local.partition}:sqs:${local.region}:${account_id}:*",
      "arn:${local.partition}:lambda:${local.region}:${account_id}:function:*",
    ]
  ])

  elb_account_id = (
    var.grant_elb_account && module.log_delivery.elb_account_id != null
    ? module.log_delivery.elb_account_id
    : ""
  )

  zip_path = coalesce(var.function.zip_path, "${path.module}/lambda/onboarding.zip")

  # IAM measures a role's inline policies together.
  inline_policies_size = length(aws_iam_role_policy.function.policy)

  kms_key_arn = var.kms_key_arn == "" ? null : var.kms_key_arn
  create_key  = var.topic.enabled && coalesce(var.topic.create_key, var.kms_key_arn == "")

  # SQS, as KMS names it; in China some services are named with the suffix of other partitions.
  sqs_via_kms = distinct([
    for suffix in ["amazonaws.com", data.aws_partition.current.dns_suffix] : "sqs.${local.region}.${suffix}"
  ])

  # In a key's policy the resource * is that key.
  kms_key_statements = concat(
    [
      {
        Sid       = "LogsEncrypt"
        Effect    = "Allow"
        Principal = { Service = "logs.${local.region}.${data.aws_partition.current.dns_suffix}" }
        Action = [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
        ]
        Resource = "*"
        Condition = {
          ArnEquals = { "kms:EncryptionContext:aws:logs:arn" = local.log_group_arn }
        }
      },
      {
        Sid       = "FunctionGivesUp"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          ArnEquals    = { "aws:PrincipalArn" = local.role_arn }
          StringEquals = { "kms:ViaService" = local.sqs_via_kms }
        }
      },
    ],
    [
      for listed in [var.topic.enabled] : {
        Sid       = "BucketsPublish"
        Effect    = "Allow"
        Principal = { Service = "s3.amazonaws.com" }
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = local.account_id }
          ArnLike      = { "aws:SourceArn" = local.allowed_bucket_arns }
        }
      }
      if listed
    ]
  )

  hub_region = (
    var.hub == null
    ? local.region
    : split(":", coalesce(var.hub.queue_arn, var.hub.function_arn))[3]
  )

  # What the function is asked to do.
  onboarding = {
    name           = var.name
    selection      = var.selection
    logs           = var.logs
    bucket         = merge(var.bucket, { name = local.bucket_name })
    readers        = var.readers
    topic_arn      = var.topic.enabled ? local.topic_arn : ""
    hub            = var.hub
    elb_account_id = local.elb_account_id
    force          = var.force
    on_destroy     = var.on_destroy
    dry_run        = var.dry_run
  }

  result = jsondecode(aws_lambda_invocation.this.result)

  # An ARN is of what is there already.
  onboards_new = (
    var.onboard_new
    && (
      var.selection.all
      || length(var.selection.names) + length(var.selection.name_patterns) + length(var.selection.tags) > 0
    )
  )

  onboarding_of_new = "{\"onboarding\": ${jsonencode(merge(local.onboarding, { selection = merge(var.selection, { arns = [] }) }))}, \"load_balancers\": <load_balancers>, \"time\": <time>}"

  # By name, those that there are.
  alarm_arns = merge({ for alarm in aws_cloudwatch_metric_alarm.errors : "errors" => alarm.arn }, {
    for alarm in aws_cloudwatch_metric_alarm.dead_letters : "dead_letters" => alarm.arn
  })
}
