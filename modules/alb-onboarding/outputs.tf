# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/alb_onboarding and run `make modules`.

output "summary" {
  description = "What the last apply found, decided and did, or would do in a dry run: a line for each load balancer and bucket, for people."
  value       = local.result.summary
}

output "report" {
  description = "The same for machines: `load_balancers` and `buckets`, each with `name`, `outcome`, `found`, `decided`, `done` and `why`, and of load balancers `arn` and `type`."
  value       = local.result
}

output "failures" {
  description = "What the last apply could not do, with the remedy: a sentence each. An apply with any of them fails, but for a dry run."
  value       = local.result.failures

  precondition {
    condition     = var.dry_run || length(local.result.failures) == 0
    error_message = "Not everything is onboarded. What is not named here is done. Mend what is named, and apply again:\n${join("\n", [for failure in local.result.failures : "- ${failure}"])}"
  }
}

output "bucket_names" {
  description = "The buckets with the logs of the onboarded load balancers, known after the apply."
  value       = local.result.bucket_names
}

output "for_hub" {
  description = "The bucket of load balancers that did not log before, as a value of the hub's `spokes`; known at plan. Buckets that load balancers log to already have to be listed there beside it."
  value = {
    account_id  = local.account_id
    bucket_name = local.bucket_name
    prefix      = var.bucket.prefix
    topic_arn   = var.topic.enabled ? local.topic_arn : ""
  }

  depends_on = [aws_sns_topic_policy.this]
}

output "topic_arn" {
  description = "ARN of the topic that is told of new log objects; null without one."
  value       = var.topic.enabled ? local.topic_arn : null

  depends_on = [aws_sns_topic_policy.this]
}

output "subscriptions" {
  description = "The topic's subscriptions, with `status`: `confirmed`, or `pending` until the other side confirms."
  value = {
    for name, subscription in aws_sns_topic_subscription.this : name => {
      protocol = subscription.protocol
      endpoint = subscription.endpoint
      status   = subscription.pending_confirmation ? "pending" : "confirmed"
    }
  }
}

output "onboards_new" {
  description = "Whether load balancers that are made later are onboarded, in an account whose CloudTrail tells of them."
  value       = local.onboards_new
}

output "function_arn" {
  description = "ARN of the onboarding function."
  value       = local.function_arn

  depends_on = [aws_lambda_function.this]
}

output "role_arn" {
  description = "ARN of the function's role, for a boundary or a policy of your own."
  value       = local.role_arn

  depends_on = [aws_iam_role.this]
}

output "log_group_name" {
  description = "CloudWatch log group of the function: a line for each load balancer and bucket of each run."
  value       = aws_cloudwatch_log_group.this.name
}

output "dead_letter_queue_arn" {
  description = "ARN of the queue of events that the function has failed for."
  value       = local.dead_letter_queue_arn

  depends_on = [aws_sqs_queue.dead_letter]
}

output "dead_letter_queue_url" {
  description = "URL of the queue of events that the function has failed for."
  value       = aws_sqs_queue.dead_letter.url
}

output "kms_key_statements" {
  description = "JSON list of the statements that the policy of a key for `kms_key_arn` needs beside those of its administrators: `concat(local.administration, jsondecode(module.onboarding.kms_key_statements))`."
  value       = jsonencode(local.kms_key_statements)
}

output "alarm_arns" {
  description = "ARNs of the alarms by their names, errors and dead_letters, those that there are."
  value       = local.alarm_arns
}
