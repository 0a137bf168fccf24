output "state_bucket_name" {
  description = "Name of the bucket for the account's states: `bucket` in `accounts/<account>/backend.tf`."
  value       = aws_s3_bucket.state.id
}

output "plan_role_arn" {
  description = "ARN of the role that the workflows plan with."
  value       = aws_iam_role.plan.arn
}

output "apply_role_arn" {
  description = "ARN of the role that the workflows apply with."
  value       = aws_iam_role.apply.arn
}

output "permissions_boundary_arn" {
  description = "ARN of the boundary that the hub's role has to carry: the hub's `iam.permissions_boundary_arn`; null without a hub."
  value       = one(aws_iam_policy.boundary[*].arn)
}
