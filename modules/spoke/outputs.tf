# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

output "bucket_name" {
  description = "Name of the log bucket: `access_logs.bucket` of the load balancers that log to it."
  value       = local.bucket

  depends_on = [aws_s3_bucket_policy.this]
}

output "bucket_arn" {
  description = "ARN of the log bucket."
  value       = local.bucket_arn
}

output "log_key_prefixes" {
  description = "Key prefixes of the logs in the bucket, one for each account, with a slash at the end."
  value       = local.log_key_prefixes
}

output "for_hub" {
  description = "The spoke as a value of the hub's `spokes`."
  value = {
    account_id      = data.aws_caller_identity.current.account_id
    bucket_name     = var.bucket_name
    prefix          = var.prefix
    log_account_ids = var.log_account_ids
    kms_key_arn     = var.kms_key_arn
  }
}

output "policy_statements" {
  description = "What the bucket's policy has to say, as a JSON list of statements to be merged into the policy of a bucket that is managed elsewhere."
  value       = jsonencode(local.log_statements)
}

output "notification" {
  description = "What the bucket has to notify, as JSON in the form of S3's `PutBucketNotificationConfiguration`, to be merged into the configuration of a bucket that is managed elsewhere."
  value = jsonencode({
    for kind, rules in {
      QueueConfigurations = [
        for id, prefix in local.notification_prefixes : {
          Id       = id
          QueueArn = var.hub.queue_arn
          Events   = ["s3:ObjectCreated:*"]
          Filter = {
            Key = {
              FilterRules = [{
                Name  = "prefix"
                Value = prefix
              }]
            }
          }
        }
        if var.hub.queue_arn != null
      ]
      LambdaFunctionConfigurations = [
        for id, prefix in local.notification_prefixes : {
          Id                = id
          LambdaFunctionArn = var.hub.function_arn
          Events            = ["s3:ObjectCreated:*"]
          Filter = {
            Key = {
              FilterRules = [{
                Name  = "prefix"
                Value = prefix
              }]
            }
          }
        }
        if var.hub.function_arn != null
      ]
    } : kind => rules
    if length(rules) > 0
  })

  precondition {
    condition     = local.hub_region == data.aws_region.current.id
    error_message = "The hub's queue or function is in ${local.hub_region}, the bucket in ${data.aws_region.current.id}: S3 notifies queues and functions of its own region only. Apply a hub in each region."
  }

  precondition {
    condition = alltrue([
      for name in data.aws_s3_bucket.existing[*].bucket_regional_domain_name : strcontains(
        name,
        ".${data.aws_region.current.id}."
      )
    ])
    error_message = "The bucket ${var.bucket_name} is not in ${data.aws_region.current.id}, the region of the provider that the module is given. Give it a provider of the bucket's region."
  }
}

output "kms_key_statements" {
  description = "What the policy of a key for `kms_key_arn` has to say beside what is said of its administrators, as a JSON list of statements."
  value = jsonencode([
    {
      Sid       = "DeliverNetworkLogs"
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action = [
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:DescribeKey",
      ]
      Resource = "*"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.log_account_ids }
        ArnLike = {
          "aws:SourceArn" = [
            for account_id in local.log_account_ids :
            "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${account_id}:*"
          ]
        }
      }
    },
    {
      Sid       = "HubReadsLogs"
      Effect    = "Allow"
      Principal = { AWS = var.hub.role_arn }
      Action    = "kms:Decrypt"
      Resource  = "*"
      Condition = {
        StringEquals = {
          "kms:ViaService" = distinct([
            for suffix in ["amazonaws.com", data.aws_partition.current.dns_suffix] :
            "s3.${data.aws_region.current.id}.${suffix}"
          ])
        }
        StringLike = { "kms:EncryptionContext:aws:s3:arn" = [local.bucket_arn, "${local.bucket_arn}/*"] }
      }
    },
  ])
}

output "alb_dns_name" {
  description = "DNS name of the demo load balancer; null when there is none."
  value       = one(aws_lb.demo[*].dns_name)
}
