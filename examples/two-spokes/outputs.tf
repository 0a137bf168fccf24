output "bucket_names" {
  description = "Names of the log buckets: `access_logs.bucket` of the load balancers of each account."
  value       = { shop = module.shop.bucket_name, blog = module.blog.bucket_name }
}

output "log_key_prefixes" {
  description = "Where in the buckets the load balancers' logs are."
  value       = { shop = module.shop.log_key_prefixes, blog = module.blog.log_key_prefixes }
}

output "log_group_name" {
  description = "CloudWatch log group of the promtail function."
  value       = module.hub.log_group_name
}
