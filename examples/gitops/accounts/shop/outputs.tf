output "bucket_name" {
  description = "Name of the log bucket: `access_logs.bucket` of the account's load balancers."
  value       = module.spoke.bucket_name
}

output "log_key_prefixes" {
  description = "Where in the bucket the load balancers' logs are, for each account that writes to it."
  value       = module.spoke.log_key_prefixes
}
