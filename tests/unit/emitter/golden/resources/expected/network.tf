# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

resource "aws_vpc" "this" {
  count    = local.create_network ? 1 : 0
  provider = aws.hub

  cidr_block         = var.network.cidr_block
  enable_dns_support = true

  tags = {}
}

data "aws_region" "current" {}

resource "aws_route_table" "this" {
  vpc_id = aws_vpc.this[0].id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
}

resource "aws_security_group" "this" {
  name    = "${var.name}-function"
  egress  = []
  ingress = local.rules

  timeouts {
    create = "5m"
  }
}
