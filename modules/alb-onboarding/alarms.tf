# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/alb_onboarding and run `make modules`.

resource "aws_cloudwatch_metric_alarm" "errors" {
  count = var.monitoring.alarms ? 1 : 0

  alarm_actions       = var.monitoring.alarm_topic_arns
  alarm_description   = "The onboarding function fails. The ERROR lines of the log group /aws/lambda/${var.name} name each load balancer, the reason and the remedy. A run of an apply says so itself; what EventBridge has told of is tried twice more, and at last kept in ${var.name}-dead-letter."
  alarm_name          = "${var.name}-errors"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { FunctionName = var.name }
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  ok_actions          = var.monitoring.ok_topic_arns
  period              = 300
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  count = var.monitoring.alarms ? 1 : 0

  alarm_actions       = var.monitoring.alarm_topic_arns
  alarm_description   = "New load balancers are not onboarded: what EventBridge has told of them waits in ${var.name}-dead-letter for at most 14 days. The ERROR lines of the log group /aws/lambda/${var.name} name each load balancer, the reason and the remedy. Mend that, apply again with another value of the input rerun, and purge the queue."
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
