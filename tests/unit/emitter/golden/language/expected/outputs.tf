# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

output "arn" {
  description = <<-EOT
    ARN.

    Of it.
  EOT
  value       = aws_vpc.this.arn
  sensitive   = true

  depends_on = [aws_vpc.this]

  precondition {
    condition     = true
    error_message = "No."
  }
}

output "false" {
  value = false
}
