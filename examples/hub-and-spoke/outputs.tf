output "function_arn" {
  description = "ARN of the promtail function."
  value       = module.hub.lambda_promtail_function_arn
}

output "queue_url" {
  description = "URL of the queue that feeds the function; null in mode `direct`."
  value       = module.hub.queue_url
}

output "dead_letter_queue_arn" {
  description = "ARN of the queue of what was given up."
  value       = module.hub.dead_letter_queue_arn
}

output "dead_letter_queue_url" {
  description = "URL of the queue of what was given up."
  value       = module.hub.dead_letter_queue_url
}

output "log_group_name" {
  description = "CloudWatch log group of the promtail function."
  value       = module.hub.log_group_name
}

output "bucket_name" {
  description = "Name of the spoke's log bucket."
  value       = module.spoke.bucket_name
}

output "log_key_prefixes" {
  description = "Where in the bucket the account's load balancers log to."
  value       = module.spoke.log_key_prefixes
}

output "alb_dns_name" {
  description = "DNS name of the demo load balancer; null when there is none."
  value       = module.spoke.alb_dns_name
}
