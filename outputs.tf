# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/root and run `make modules`.

output "bucket_name" {
  description = "Name of the log bucket: `access_logs.bucket` of the load balancers that are to log to Loki."
  value       = module.spoke.bucket_name
}

output "log_group_name" {
  description = "CloudWatch log group of the promtail function: one line per object, and every error."
  value       = module.hub.log_group_name
}

output "nat_public_ip" {
  description = "Address that Loki sees the function come from, for an allow-list; null without a created network."
  value       = module.hub.nat_public_ip
}

output "alb_dns_name" {
  description = "DNS name of the demo load balancer; null when there is none."
  value       = module.spoke.alb_dns_name
}
