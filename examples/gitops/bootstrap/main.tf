# What the pipeline needs in an account before it can do anything there: a bucket for the state, and two roles that
# GitHub's workflows take. Applied by an administrator, once for each account.

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = var.tags
  }
}

data "aws_partition" "current" {}

locals {
  partition = data.aws_partition.current.partition
  # ARNs of what a service holds in this account and region begin with it.
  regional = { for service in ["cloudwatch", "lambda", "logs", "sqs"] :
    service => "arn:${local.partition}:${service}:${var.region}:${var.account_id}"
  }
}
