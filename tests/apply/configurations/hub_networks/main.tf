# Two hubs in one account: one with a network of its own over two zones, and one in subnets that exist already.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.80, < 7.0"
    }
  }
}

variable "names" {
  description = "Names of the hub with the created network, and of the one in existing subnets."
  type        = object({ created = string, existing = string })
}

variable "profile" {
  description = "AWS profile of the account."
  type        = string
}

variable "function" {
  description = "The hubs' input `function`."
  type        = any
}

provider "aws" {
  region  = "eu-west-1"
  profile = var.profile
}

data "aws_availability_zones" "available" {
  state = "available"
}

module "created" {
  source = "../../../../modules/hub"

  name             = var.names.created
  loki             = { write_address = "https://loki.example.com/loki/api/v1/push" }
  loki_credentials = { anonymous = true }
  function         = var.function
  iam              = { path = "/alb-loki/" }

  network = {
    mode               = "created"
    availability_zones = slice(data.aws_availability_zones.available.names, 0, 2)
    nat_gateways       = "per_zone"
    s3_endpoint        = "interface"
    flow_logs          = { enabled = true }
  }
}

resource "aws_vpc" "existing" {
  cidr_block = "10.7.0.0/16"
}

resource "aws_subnet" "existing" {
  count = 2

  vpc_id     = aws_vpc.existing.id
  cidr_block = cidrsubnet(aws_vpc.existing.cidr_block, 8, count.index)
}

resource "aws_security_group" "existing" {
  name   = "existing"
  vpc_id = aws_vpc.existing.id
}

module "existing" {
  source = "../../../../modules/hub"

  name             = var.names.existing
  loki             = { write_address = "https://loki.example.com/loki/api/v1/push" }
  loki_credentials = { anonymous = true }
  function         = var.function

  network = {
    mode               = "existing"
    subnet_ids         = aws_subnet.existing[*].id
    security_group_ids = [aws_security_group.existing.id]
  }
}

output "nat_public_ips" {
  description = "Addresses that Loki sees the first hub come from."
  value       = module.created.nat_public_ips
}

output "existing_subnet_ids" {
  description = "The subnets that were there."
  value       = aws_subnet.existing[*].id
}
