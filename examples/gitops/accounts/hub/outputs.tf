output "for_spokes" {
  description = "What every spoke has as `hub` in its terraform.tfvars."
  value       = module.hub.for_spokes
}

output "dead_letter_queue_url" {
  description = "URL of the queue with what could not be delivered."
  value       = module.hub.dead_letter_queue_url
}

output "log_group_name" {
  description = "CloudWatch log group of the function: one line per object, and every error."
  value       = module.hub.log_group_name
}
