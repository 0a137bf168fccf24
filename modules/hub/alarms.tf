# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

# Twice within fifteen minutes, since one failure is repaired by the next attempt. Missing data is
# no alarm: with no object to deliver, there is nothing to measure.
resource "aws_cloudwatch_metric_alarm" "errors" {
  count = var.monitoring.alarms ? 1 : 0

  alarm_actions       = var.monitoring.alarm_topic_arns
  alarm_description   = "Invocations of the promtail function fail. The ERROR lines of the log group /aws/lambda/${var.name} name each object, the reason and the remedy. Loki that is away for a while is the usual reason: what failed is tried again by itself, and at last is kept in ${var.name}-dead-letter."
  alarm_name          = "${var.name}-errors"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 2
  dimensions          = { FunctionName = var.name }
  evaluation_periods  = 3
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  ok_actions          = var.monitoring.ok_topic_arns
  period              = 300
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  count = var.monitoring.alarms ? 1 : 0

  alarm_actions       = var.monitoring.alarm_topic_arns
  alarm_description   = "Lambda does not start the promtail function as often as it should. Look at the account's quota of concurrent executions, which all functions of a region share, and at the input function.reserved_concurrency of the hub. What is throttled is tried again by itself."
  alarm_name          = "${var.name}-throttles"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 2
  dimensions          = { FunctionName = var.name }
  evaluation_periods  = 3
  metric_name         = "Throttles"
  namespace           = "AWS/Lambda"
  ok_actions          = var.monitoring.ok_topic_arns
  period              = 300
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "oldest_message" {
  count = var.monitoring.alarms && local.use_queue ? 1 : 0

  alarm_actions       = var.monitoring.alarm_topic_arns
  alarm_description   = "Log objects wait too long in the queue ${var.name}: the function does not keep up, or what it does fails. The ERROR lines of the log group /aws/lambda/${var.name} name each object, the reason and the remedy. Without errors there, raise ingestion.maximum_concurrency or function.memory_size of the hub. Nothing is lost as long as messages are younger than ${var.ingestion.retention_days} days."
  alarm_name          = "${var.name}-oldest-message"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { QueueName = var.name }
  evaluation_periods  = 1
  metric_name         = "ApproximateAgeOfOldestMessage"
  namespace           = "AWS/SQS"
  ok_actions          = var.monitoring.ok_topic_arns
  period              = 300
  statistic           = "Maximum"
  threshold           = var.monitoring.oldest_message_age_seconds
  treat_missing_data  = "notBreaching"

  tags = var.tags
}

# It stays until the queue is empty. Missing data changes nothing: SQS falls silent about a queue
# that nobody used for six hours, whether messages are in it or not.
resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  count = var.monitoring.alarms ? 1 : 0

  alarm_actions       = var.monitoring.alarm_topic_arns
  alarm_description   = "Log objects were given up, and wait in ${var.name}-dead-letter for at most 14 days. The ERROR lines of the log group /aws/lambda/${var.name} name each object, the reason and the remedy. Mend that first. ${local.use_queue ? "Then send them again: aws sqs start-message-move-task --source-arn ${local.dead_letter_queue_arn}" : "Then invoke the function again with what each message holds as requestPayload."}"
  alarm_name          = "${var.name}-dead-letters"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { QueueName = "${var.name}-dead-letter" }
  evaluation_periods  = 1
  metric_name         = "ApproximateNumberOfMessagesVisible"
  namespace           = "AWS/SQS"
  ok_actions          = var.monitoring.ok_topic_arns
  period              = 300
  statistic           = "Maximum"
  threshold           = 0
  treat_missing_data  = "ignore"

  tags = var.tags
}

# Nine of ten objects, since a single old one that is sent again is no reason. Missing data is no
# alarm: with no object to deliver, there is nothing to measure.
resource "aws_cloudwatch_metric_alarm" "delivery_delay" {
  count = var.monitoring.alarms && local.use_metrics ? 1 : 0

  alarm_actions       = var.monitoring.alarm_topic_arns
  alarm_description   = "Log lines reach Loki late. The dashboard tells where the time goes: in the queue (age of the oldest message), in the function (duration) or at Loki (push latency, retries). If all are low, Elastic Load Balancing delivers late, or old objects were sent again."
  alarm_name          = "${var.name}-delivery-delay"
  comparison_operator = "GreaterThanThreshold"
  datapoints_to_alarm = 2
  dimensions          = { FunctionName = var.name }
  evaluation_periods  = 3
  extended_statistic  = "p90"
  metric_name         = "DeliveryDelay"
  namespace           = var.metrics_namespace
  ok_actions          = var.monitoring.ok_topic_arns
  period              = 300
  threshold           = var.monitoring.delivery_delay_seconds
  treat_missing_data  = "notBreaching"

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "refused_lines" {
  count = var.monitoring.alarms && local.use_metrics ? 1 : 0

  alarm_actions       = var.monitoring.alarm_topic_arns
  alarm_description   = "Loki refuses log lines for what they hold, and they are not sent again. The log group /aws/lambda/${var.name} has the number by reason and Loki's answer: raise Loki's limits, or change the labels. ${var.refused_destination_arn == "" ? "They are lost: set refused_destination_arn of the hub to keep such lines." : "They are kept in ${var.refused_destination_arn}, with what sends them again."}"
  alarm_name          = "${var.name}-refused-lines"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { FunctionName = var.name }
  evaluation_periods  = 1
  metric_name         = "LinesRefused"
  namespace           = var.metrics_namespace
  ok_actions          = var.monitoring.ok_topic_arns
  period              = 300
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"

  tags = var.tags
}
