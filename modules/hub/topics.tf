# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

resource "aws_lambda_permission" "topic" {
  for_each = toset(local.use_queue ? [] : local.topic_arns)

  statement_id  = "AllowSNS-${sha256(each.key)}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "sns.amazonaws.com"
  source_arn    = each.key
}

resource "aws_sns_topic_subscription" "topic" {
  for_each = toset(local.topic_arns)

  protocol             = local.use_queue ? "sqs" : "lambda"
  endpoint             = local.use_queue ? local.queue_arn : local.function_arn
  raw_message_delivery = local.use_queue
  topic_arn            = each.key

  depends_on = [aws_lambda_permission.topic, aws_sqs_queue_policy.ingestion]

  lifecycle {
    precondition {
      condition     = split(":", each.key)[3] == local.region
      error_message = "The topic ${each.key} of a spoke is not in the hub's region, ${local.region}. Load balancers, their bucket and its topic are in one region: use the hub of that region."
    }
  }
}
