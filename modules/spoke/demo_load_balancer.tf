# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

data "aws_availability_zones" "available" {
  count = var.demo_load_balancer.enabled ? 1 : 0

  state = "available"

  filter {
    name   = "zone-name"
    values = [for letter in ["a", "b", "c", "d", "e", "f"] : "${data.aws_region.current.id}${letter}"]
  }
}

resource "aws_vpc" "demo" {
  # checkov:skip=CKV2_AWS_11: nothing but the demo load balancer is in it
  # checkov:skip=CKV2_AWS_12: the demo load balancer has a security group of its own

  count = var.demo_load_balancer.enabled ? 1 : 0

  cidr_block           = var.demo_load_balancer.cidr_block
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = merge(var.tags, { Name = var.demo_load_balancer.name })
}

resource "aws_internet_gateway" "demo" {
  count = var.demo_load_balancer.enabled ? 1 : 0

  vpc_id = aws_vpc.demo[0].id

  tags = merge(var.tags, { Name = var.demo_load_balancer.name })
}

resource "aws_subnet" "demo" {
  count = var.demo_load_balancer.enabled ? 2 : 0

  vpc_id            = aws_vpc.demo[0].id
  availability_zone = data.aws_availability_zones.available[0].names[count.index]
  cidr_block        = cidrsubnet(var.demo_load_balancer.cidr_block, 4, count.index)

  tags = merge(var.tags, { Name = "${var.demo_load_balancer.name}-${count.index}" })
}

resource "aws_route_table" "demo" {
  count = var.demo_load_balancer.enabled ? 1 : 0

  vpc_id = aws_vpc.demo[0].id

  tags = merge(var.tags, { Name = var.demo_load_balancer.name })
}

resource "aws_route" "demo_internet" {
  count = var.demo_load_balancer.enabled ? 1 : 0

  route_table_id         = aws_route_table.demo[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.demo[0].id
}

resource "aws_route_table_association" "demo" {
  count = var.demo_load_balancer.enabled ? 2 : 0

  route_table_id = aws_route_table.demo[0].id
  subnet_id      = aws_subnet.demo[count.index].id
}

resource "aws_security_group" "demo" {
  count = var.demo_load_balancer.enabled ? 1 : 0

  name        = var.demo_load_balancer.name
  description = "The demo load balancer: HTTP in, nothing out"
  vpc_id      = aws_vpc.demo[0].id

  tags = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "demo_http" {
  # checkov:skip=CKV_AWS_260: it is there to be called from everywhere, and it answers every request with the same words, to show the logs of them

  count = var.demo_load_balancer.enabled ? 1 : 0

  security_group_id = aws_security_group.demo[0].id
  description       = "HTTP from everywhere"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = "0.0.0.0/0"

  tags = var.tags
}

resource "aws_lb" "demo" {
  # checkov:skip=CKV_AWS_150: the demo is not there to stay
  # checkov:skip=CKV2_AWS_20: HTTPS needs a certificate, and there is nothing to protect
  # checkov:skip=CKV2_AWS_28: it answers every request with the same words, to show the logs of them

  count = var.demo_load_balancer.enabled ? 1 : 0

  name                       = var.demo_load_balancer.name
  drop_invalid_header_fields = true
  internal                   = false
  load_balancer_type         = "application"
  security_groups            = [aws_security_group.demo[0].id]
  subnets                    = aws_subnet.demo[*].id

  access_logs {
    bucket  = local.bucket
    enabled = true
    prefix  = var.prefix
  }

  connection_logs {
    bucket  = local.bucket
    enabled = true
    prefix  = var.prefix
  }

  tags = var.tags

  depends_on = [aws_s3_bucket_policy.this, aws_route.demo_internet]

  lifecycle {
    precondition {
      condition     = contains(local.log_account_ids, data.aws_caller_identity.current.account_id)
      error_message = "demo_load_balancer.enabled is true, but log_account_ids does not have its account ${data.aws_caller_identity.current.account_id}: it may not log to the bucket. Add the account, or set demo_load_balancer.enabled to false."
    }
  }
}

resource "aws_lb_listener" "demo" {
  # checkov:skip=CKV_AWS_2: HTTPS needs a certificate, and there is nothing to protect
  # checkov:skip=CKV_AWS_103: HTTPS needs a certificate, and there is nothing to protect

  count = var.demo_load_balancer.enabled ? 1 : 0

  load_balancer_arn = aws_lb.demo[0].arn
  protocol          = "HTTP"
  port              = 80

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "alb-loki demo"
      status_code  = "200"
    }
  }

  tags = var.tags
}
