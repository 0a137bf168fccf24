# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/log_delivery and run `make modules`.

output "region" {
  description = "The region that was asked for."
  value       = var.region
}

output "partition" {
  description = "The region's partition, as it stands in ARNs: `aws`, `aws-cn`, `aws-us-gov`, …"
  value       = local.partition
}

output "elb_account_id" {
  description = "The region's Elastic Load Balancing account; null where there is none, or none that is known."
  value       = local.elb_account_id
}

output "principals" {
  description = "Who delivers, in the form of a policy's `Principal`: `Service`, and `AWS` with `grant_elb_account`."
  value       = local.principals
}

output "statements" {
  description = "The statements that let them deliver, to be put into a policy with others."
  value       = local.statements

  precondition {
    condition     = !var.grant_elb_account || local.elb_account_id != null
    error_message = "grant_elb_account is true, but the region ${var.region} has no Elastic Load Balancing account. Leave grant_elb_account at false: the service principal logdelivery.elasticloadbalancing.amazonaws.com is granted in every region."
  }
}

output "policy_json" {
  description = "The same as a whole bucket policy, for a bucket that has no other statements."
  value = jsonencode({
    Version   = "2012-10-17"
    Statement = local.statements
  })
}
