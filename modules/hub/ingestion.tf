# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

# Six times the function's timeout is what AWS recommends: a message must not come again while
# Lambda still tries its batch.
resource "aws_sqs_queue" "ingestion" {
  count = local.use_queue ? 1 : 0

  name                       = var.name
  kms_master_key_id          = local.kms_key_arn
  message_retention_seconds  = var.ingestion.retention_days * 86400
  sqs_managed_sse_enabled    = local.kms_key_arn == null ? true : null
  visibility_timeout_seconds = 6 * var.function.timeout

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter.arn
    maxReceiveCount     = var.ingestion.max_receive_count
  })

  tags = var.tags
}

resource "aws_sqs_queue_policy" "ingestion" {
  count = local.use_queue ? 1 : 0

  policy    = local.queue_policy
  queue_url = aws_sqs_queue.ingestion[0].url

  lifecycle {
    precondition {
      condition     = length(local.queue_policy) <= 8192
      error_message = "The policy of the queue takes ${length(local.queue_policy)} bytes for the buckets of ${length(var.spokes)} spokes, and SQS allows 8192. Give organization_id: then the policy names your organization instead of each bucket, and its size does not grow. Or use several hubs."
    }
  }
}

# What is given up: by the queue after too many attempts, or, without a queue, by Lambda after its
# own.
resource "aws_sqs_queue" "dead_letter" {
  name                      = "${var.name}-dead-letter"
  kms_master_key_id         = local.kms_key_arn
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = local.kms_key_arn == null ? true : null

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [local.queue_arn]
  })

  tags = var.tags
}

resource "aws_sqs_queue_policy" "dead_letter" {
  queue_url = aws_sqs_queue.dead_letter.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyPlainHttp"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = local.dead_letter_queue_arn
      Condition = {
        Bool = { "aws:SecureTransport" = "false" }
      }
    }]
  })
}

# The function says which messages of a batch failed, and only those come again.
resource "aws_lambda_event_source_mapping" "ingestion" {
  count = local.use_queue ? 1 : 0

  function_name           = aws_lambda_function.this.arn
  batch_size              = var.ingestion.batch_size
  event_source_arn        = aws_sqs_queue.ingestion[0].arn
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.ingestion.maximum_concurrency
  }

  tags = var.tags
}
