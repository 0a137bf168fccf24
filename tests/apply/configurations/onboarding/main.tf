# The onboarding of load balancers that others have made beforehand.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.82, < 7.0"
    }
  }
}

variable "profile" {
  description = "AWS profile of the account."
  type        = string
}

variable "onboarding" {
  description = "Inputs of the module; those that are left out have the module's defaults."
  type        = any
}

provider "aws" {
  region  = "eu-west-1"
  profile = var.profile
}

module "onboarding" {
  source = "../../../../modules/alb-onboarding"

  name       = var.onboarding.name
  selection  = var.onboarding.selection
  bucket     = try(var.onboarding.bucket, {})
  readers    = try(var.onboarding.readers, {})
  topic      = try(var.onboarding.topic, {})
  dry_run    = try(var.onboarding.dry_run, false)
  on_destroy = try(var.onboarding.on_destroy, "restore")
}

output "summary" {
  value = module.onboarding.summary
}

output "report" {
  value = module.onboarding.report
}

output "bucket_names" {
  value = module.onboarding.bucket_names
}

output "subscriptions" {
  value = module.onboarding.subscriptions
}
