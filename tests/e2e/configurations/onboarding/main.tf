# A hub in one account, and in another the onboarding of load balancers that are there already. With a topic, S3 tells
# that of new log objects, and the hub listens to it; without one, S3 tells the hub itself.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.82, < 7.0"
    }
  }
}

variable "region" {
  description = "Region of hub and load balancers."
  type        = string
}

variable "hub" {
  description = "The hub's account and its function."
  type        = object({ account_id = string, profile = string, mode = string, function = any })
}

variable "shop" {
  description = "The load balancers' account, the bucket that they already log to, and the one to be made for others."
  type = object({
    account_id      = string
    profile         = string
    function        = any
    existing_bucket = string
    existing_prefix = string
    bucket          = string
  })
}

variable "topic" {
  description = "Whether there is a topic."
  type        = bool
}

variable "subscriptions" {
  description = "Who hears of new log objects too, where there is a topic: the onboarding's `topic.subscriptions`."
  type        = any
}

variable "loki" {
  description = "The hub's input `loki`."
  type        = any
}

variable "loki_credentials" {
  description = "The hub's input `loki_credentials`."
  type        = any
}

provider "aws" {
  alias               = "hub"
  region              = var.region
  profile             = var.hub.profile
  allowed_account_ids = [var.hub.account_id]
}

provider "aws" {
  alias               = "shop"
  region              = var.region
  profile             = var.shop.profile
  allowed_account_ids = [var.shop.account_id]
}

module "hub" {
  source    = "../../../../modules/hub"
  providers = { aws = aws.hub }

  loki             = var.loki
  loki_credentials = var.loki_credentials
  function         = var.hub.function
  ingestion        = { mode = var.hub.mode }
  monitoring       = { alarms = false, dashboard = false }

  spokes = {
    new = module.onboarding.for_hub
    existing = {
      account_id  = var.shop.account_id
      bucket_name = var.shop.existing_bucket
      prefix      = var.shop.existing_prefix
      topic_arn   = module.onboarding.for_hub.topic_arn
    }
  }
}

module "onboarding" {
  source    = "../../../../modules/alb-onboarding"
  providers = { aws = aws.shop }

  selection = { name_patterns = ["shop-*"] }
  bucket    = { name = var.shop.bucket }
  hub       = module.hub.for_spokes
  function  = var.shop.function

  topic = {
    enabled                = var.topic
    subscriber_account_ids = var.topic ? [var.hub.account_id] : []
    subscriptions          = { for name, subscription in var.subscriptions : name => subscription if var.topic }
  }
}

output "report" {
  description = "What the onboarding found, decided and did."
  value       = module.onboarding.report
}

output "topic_arn" {
  description = "The topic, if there is one."
  value       = module.onboarding.topic_arn
}

output "subscriptions" {
  description = "The topic's subscriptions, and whether they are confirmed."
  value       = module.onboarding.subscriptions
}

output "log_group_name" {
  description = "The log group of the hub's function."
  value       = module.hub.log_group_name
}

output "queue_arn" {
  description = "The queue of the hub, if there is one."
  value       = module.hub.queue_arn
}
