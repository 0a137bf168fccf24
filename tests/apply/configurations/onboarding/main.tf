# The onboarding alone, with whatever a test gives it; load balancers are made beforehand, by others.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "profile" {
  type = string
}

variable "name" {
  type = string
}

variable "selection" {
  type = any
}

variable "bucket" {
  type    = any
  default = {}
}

variable "topic" {
  type    = any
  default = {}
}

variable "readers" {
  type    = any
  default = {}
}

variable "dry_run" {
  type    = bool
  default = false
}

variable "on_destroy" {
  type    = string
  default = "restore"
}

variable "rerun" {
  type    = string
  default = ""
}

variable "function" {
  type    = any
  default = {}
}

provider "aws" {
  profile = var.profile
}

module "onboarding" {
  source = "../../../../modules/alb-onboarding"

  name       = var.name
  selection  = var.selection
  bucket     = var.bucket
  topic      = var.topic
  readers    = var.readers
  dry_run    = var.dry_run
  on_destroy = var.on_destroy
  rerun      = var.rerun
  function   = var.function
}

output "onboarding" {
  value = module.onboarding
}
