# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

resource "aws_lambda_permission" "spoke" {
  for_each = { for name, spoke in local.senders : name => spoke if !local.use_queue }

  statement_id   = "AllowS3-${each.key}"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "s3.amazonaws.com"
  source_account = each.value.account_id
  source_arn     = local.spoke_bucket_arns[each.key]
}

resource "aws_lambda_function_event_invoke_config" "this" {
  count = local.use_queue ? 0 : 1

  function_name                = aws_lambda_function.this.function_name
  maximum_event_age_in_seconds = var.ingestion.maximum_event_age_seconds
  maximum_retry_attempts       = var.ingestion.maximum_retry_attempts

  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead_letter.arn
    }
  }
}
