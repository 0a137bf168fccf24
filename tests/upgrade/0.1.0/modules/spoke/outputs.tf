# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

output "bucket_name" {
  description = "Name of the log bucket: `access_logs.bucket` of the load balancers that log to it."
  value       = aws_s3_bucket.this.id
}

output "bucket_arn" {
  description = "ARN of the log bucket."
  value       = aws_s3_bucket.this.arn
}

output "log_key_prefix" {
  description = "Key prefix of the account's logs in the bucket, with a slash at its end."
  value       = local.log_key_prefix
}

output "alb_dns_name" {
  description = "DNS name of the demo load balancer; null when there is none."
  value       = one(aws_lb.demo[*].dns_name)
}
