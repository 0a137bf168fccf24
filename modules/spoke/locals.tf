# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

locals {
  log_account_ids = (
    length(var.log_account_ids) > 0
    ? var.log_account_ids
    : [data.aws_caller_identity.current.account_id]
  )

  # Where Elastic Load Balancing writes these accounts' logs.
  log_key_prefixes = [
    for account_id in local.log_account_ids :
    "${var.prefix == "" ? "" : "${var.prefix}/"}AWSLogs/${account_id}/"
  ]

  bucket = one(concat(aws_s3_bucket.this[*].id, data.aws_s3_bucket.existing[*].id))

  # Not the bucket's own attribute, so that a plan shows the policy.
  bucket_arn = "arn:${data.aws_partition.current.partition}:s3:::${var.bucket_name}"

  manage_policy = coalesce(var.manage_policy, var.create_bucket)

  # What a bucket of others needs in its policy; one that is managed here has more in it.
  log_statements = concat(module.log_delivery.statements, [{
    Sid       = "HubReadsLogs"
    Effect    = "Allow"
    Principal = { AWS = var.hub.role_arn }
    Action    = ["s3:GetObject", "s3:GetObjectVersion"]
    Resource  = [for prefix in local.log_key_prefixes : "${local.bucket_arn}/${prefix}elasticloadbalancing/*"]
  }])

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      local.log_statements,
      [{
        Sid       = "DenyPlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
        Condition = {
          Bool = { "aws:SecureTransport" = "false" }
        }
      }],
      [
        for listed in [var.deletion_protection] : {
          Sid       = "DenyDeletion"
          Effect    = "Deny"
          Principal = "*"
          Action    = ["s3:DeleteBucket", "s3:DeleteBucketPolicy"]
          Resource  = local.bucket_arn
        }
        if listed
      ]
    )
  })

  manage_notification = coalesce(var.manage_notification, var.create_bucket)
  hub_region          = split(":", coalesce(var.hub.queue_arn, var.hub.function_arn))[3]

  # A rule for each account. The test object that load balancers write when logging is switched on
  # lies one level above.
  notification_prefixes = {
    for index, account_id in local.log_account_ids :
    "alb-loki-${account_id}" => "${local.log_key_prefixes[index]}elasticloadbalancing/"
  }
}
