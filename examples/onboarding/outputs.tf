output "summary" {
  description = "What the last apply found, decided and did, or would do in a dry run: a line for each load balancer and bucket."
  value       = module.onboarding.summary
}

output "bucket_names" {
  description = "The buckets with the logs of the onboarded load balancers."
  value       = module.onboarding.bucket_names
}

output "onboards_new" {
  description = "Whether load balancers that are made later are onboarded, in an account whose CloudTrail tells of them."
  value       = module.onboarding.onboards_new
}
