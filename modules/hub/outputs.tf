# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

output "lambda_promtail_function_arn" {
  description = "ARN of the promtail function: in mode `direct` `hub.function_arn` of every spoke."
  value       = local.function_arn

  depends_on = [
    aws_lambda_function.this,
    aws_lambda_permission.spoke,
    aws_sns_topic_subscription.topic,
    aws_sqs_queue_policy.ingestion,
  ]
}

output "lambda_promtail_role_arn" {
  description = "ARN of the function's role, which reads the log objects: `hub.role_arn` of every spoke."
  value       = local.role_arn

  depends_on = [aws_iam_role.this]
}

output "queue_arn" {
  description = "ARN of the queue that feeds the function: `hub.queue_arn` of every spoke; null in mode `direct`."
  value       = local.use_queue ? local.queue_arn : null

  depends_on = [
    aws_sqs_queue.ingestion,
    aws_lambda_permission.spoke,
    aws_sns_topic_subscription.topic,
    aws_sqs_queue_policy.ingestion,
  ]
}

output "queue_url" {
  description = "URL of the queue that feeds the function; null in mode `direct`."
  value       = one(aws_sqs_queue.ingestion[*].url)
}

output "for_spokes" {
  description = "The input `hub` of every spoke."
  value = {
    role_arn     = local.role_arn
    function_arn = local.use_queue ? null : local.function_arn
    queue_arn    = local.use_queue ? local.queue_arn : null
  }

  depends_on = [
    aws_iam_role.this,
    aws_lambda_permission.spoke,
    aws_sns_topic_subscription.topic,
    aws_sqs_queue_policy.ingestion,
  ]
}

output "dead_letter_queue_arn" {
  description = "ARN of the queue of what was given up."
  value       = local.dead_letter_queue_arn

  depends_on = [aws_sqs_queue.dead_letter]
}

output "dead_letter_queue_url" {
  description = "URL of the queue of what was given up, for `aws sqs receive-message` and `start-message-move-task`."
  value       = aws_sqs_queue.dead_letter.url
}

output "log_group_name" {
  description = "CloudWatch log group of the function: one line per object, and every error."
  value       = aws_cloudwatch_log_group.this.name
}

output "kms_key_statements" {
  description = "JSON list of the statements that the policy of a key for `kms_key_arn` needs beside those of its administrators: `concat(local.administration, jsondecode(module.hub.kms_key_statements))`."
  value       = jsonencode(local.kms_key_statements)
}

output "nat_public_ips" {
  description = "Addresses that Loki sees the function come from, for an allow-list; empty without a created network."
  value       = aws_eip.nat[*].public_ip
}

output "vpc_id" {
  description = "The created VPC, for routes and peerings of your own; null without a created network."
  value       = one(aws_vpc.this[*].id)
}

output "security_group_id" {
  description = "The function's security group in the created VPC, which what it is to reach lets in; null without one."
  value       = one(aws_security_group.function[*].id)
}

output "alarm_arns" {
  description = "ARNs of the alarms by their names: errors, throttles, oldest_message, dead_letters, delivery_delay and refused_lines, those that there are."
  value       = local.alarm_arns
}

output "dashboard_name" {
  description = "Name of the CloudWatch dashboard; null without one."
  value       = one(aws_cloudwatch_dashboard.this[*].dashboard_name)
}
