# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

resource "aws_s3_bucket_notification" "this" {
  count = local.manage_notification ? 1 : 0

  bucket = local.bucket

  dynamic "queue" {
    for_each = var.hub.queue_arn == null ? {} : local.notification_prefixes

    content {
      id            = queue.key
      queue_arn     = var.hub.queue_arn
      events        = ["s3:ObjectCreated:*"]
      filter_prefix = queue.value
    }
  }

  dynamic "lambda_function" {
    for_each = var.hub.function_arn == null ? {} : local.notification_prefixes

    content {
      id                  = lambda_function.key
      lambda_function_arn = var.hub.function_arn
      events              = ["s3:ObjectCreated:*"]
      filter_prefix       = lambda_function.value
    }
  }

  depends_on = [aws_s3_bucket_policy.this]
}
