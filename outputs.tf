# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/root and run `make modules`.

output "bucket_name" {
  description = "Name of the log bucket: `access_logs.bucket` of the load balancers that are to log to Loki."
  value       = module.spoke.bucket_name
}

output "log_group_name" {
  description = "CloudWatch log group of the promtail function: one line per object, and every error."
  value       = module.hub.log_group_name
}

output "queue_arn" {
  description = "ARN of the queue of new log objects, from which the function reads."
  value       = module.hub.queue_arn
}

output "dead_letter_queue_url" {
  description = "URL of the queue of what was given up; an empty one is a good sign."
  value       = module.hub.dead_letter_queue_url
}

output "dashboard_name" {
  description = "Name of the CloudWatch dashboard: lines, delays, queues and alarms."
  value       = module.hub.dashboard_name
}

output "nat_public_ips" {
  description = "Addresses that Loki sees the function come from, for an allow-list; empty without a created network."
  value       = module.hub.nat_public_ips
}

output "alb_dns_name" {
  description = "DNS name of the demo load balancer; null when there is none."
  value       = module.spoke.alb_dns_name
}
