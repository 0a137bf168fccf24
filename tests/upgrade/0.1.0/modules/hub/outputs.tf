# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

output "lambda_promtail_function_arn" {
  description = "ARN of the promtail function: `hub.function_arn` of every spoke."
  value       = aws_lambda_function.this.arn

  depends_on = [aws_lambda_permission.spoke]
}

output "lambda_promtail_role_arn" {
  description = "ARN of the function's role, which reads the log objects: `hub.role_arn` of every spoke."
  value       = aws_iam_role.this.arn
}

output "log_group_name" {
  description = "CloudWatch log group of the function: one line per object, and every error."
  value       = aws_cloudwatch_log_group.this.name
}

output "nat_public_ip" {
  description = "Address that Loki sees the function come from, for an allow-list; null without a created network."
  value       = one(aws_eip.nat[*].public_ip)
}
