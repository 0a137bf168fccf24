# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/alb_onboarding and run `make modules`.

# When it is given up, it goes after the run that takes it out of the buckets' notifications.
resource "aws_sns_topic" "this" {
  count = var.topic.enabled ? 1 : 0

  name              = var.name
  display_name      = "Load balancer logs"
  kms_master_key_id = local.create_key ? one(aws_kms_key.topic[*].arn) : local.kms_key_arn

  tags = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sns_topic_policy" "this" {
  count = var.topic.enabled ? 1 : 0

  arn = aws_sns_topic.this[0].arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid       = "BucketsPublish"
          Effect    = "Allow"
          Principal = { Service = "s3.amazonaws.com" }
          Action    = "sns:Publish"
          Resource  = local.topic_arn
          Condition = {
            StringEquals = { "aws:SourceAccount" = local.account_id }
            ArnLike      = { "aws:SourceArn" = local.allowed_bucket_arns }
          }
        },
        {
          Sid       = "DenyPlainHttp"
          Effect    = "Deny"
          Principal = "*"
          Action    = "sns:Publish"
          Resource  = local.topic_arn
          Condition = {
            Bool = { "aws:SecureTransport" = "false" }
          }
        },
      ],
      [
        for listed in [length(var.topic.subscriber_account_ids) > 0] : {
          Sid       = "AccountsSubscribe"
          Effect    = "Allow"
          Principal = { AWS = local.subscriber_arns }
          Action    = "sns:Subscribe"
          Resource  = local.topic_arn
          Condition = {
            StringLike = { "sns:Endpoint" = local.subscriber_endpoints }
          }
        }
        if listed
      ]
    )
  })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lambda_permission" "subscription" {
  for_each = {
    for name, subscription in var.topic.subscriptions : name => subscription
    if subscription.protocol == "lambda"
  }

  statement_id  = "AllowSNS-${var.name}-${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = each.value.endpoint
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.this[0].arn

  lifecycle {
    precondition {
      condition = (
        split(":", each.value.endpoint)[4] == local.account_id
        && split(":", each.value.endpoint)[3] == local.region
      )
      error_message = "topic.subscriptions has the function ${each.value.endpoint} of another account or region, which cannot be let SNS invoke from here. Name its account in topic.subscriber_account_ids, and subscribe it there."
    }
  }
}

resource "aws_sns_topic_subscription" "this" {
  for_each = var.topic.subscriptions

  protocol               = each.value.protocol
  endpoint               = each.value.endpoint
  endpoint_auto_confirms = each.value.endpoint_auto_confirms
  raw_message_delivery   = each.value.raw_message_delivery
  topic_arn              = aws_sns_topic.this[0].arn
}
