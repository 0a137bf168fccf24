output "for_spokes" {
  description = "What further spokes of this hub have as `hub`."
  value       = module.hub.for_spokes
}

output "log_key_prefixes" {
  description = "Where in the bucket the load balancers' logs are."
  value       = module.spoke.log_key_prefixes
}

output "log_group_name" {
  description = "CloudWatch log group of the promtail function."
  value       = module.hub.log_group_name
}
