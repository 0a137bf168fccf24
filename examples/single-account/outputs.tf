output "bucket_name" {
  description = "Name of the log bucket: `access_logs.bucket` of your load balancers."
  value       = module.alb_loki.bucket_name
}

output "log_group_name" {
  description = "CloudWatch log group of the promtail function: look here first."
  value       = module.alb_loki.log_group_name
}

output "dashboard_name" {
  description = "Name of the CloudWatch dashboard."
  value       = module.alb_loki.dashboard_name
}

output "alb_dns_name" {
  description = "DNS name of the demo load balancer; null when there is none."
  value       = module.alb_loki.alb_dns_name
}
