# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

resource "aws_vpc" "this" {
  count = local.create_network ? 1 : 0

  cidr_block           = var.network.cidr_block
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = merge(var.tags, { Name = var.name })
}

resource "aws_internet_gateway" "this" {
  count = local.create_network ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = merge(var.tags, { Name = var.name })
}

# create_before_destroy: the function is moved out before this goes. The other way round, its
# network interfaces would hold it for most of an hour.
resource "aws_subnet" "private" {
  count = local.create_network ? 1 : 0

  vpc_id            = aws_vpc.this[0].id
  availability_zone = var.network.availability_zone
  cidr_block        = var.network.private_subnet_cidr_block

  tags = merge(var.tags, { Name = "${var.name}-private" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_subnet" "public" {
  count = local.create_network ? 1 : 0

  vpc_id            = aws_vpc.this[0].id
  availability_zone = aws_subnet.private[0].availability_zone
  cidr_block        = var.network.public_subnet_cidr_block

  tags = merge(var.tags, { Name = "${var.name}-public" })
}

resource "aws_eip" "nat" {
  count = local.create_network ? 1 : 0

  domain = "vpc"

  tags = merge(var.tags, { Name = "${var.name}-nat" })
}

resource "aws_nat_gateway" "this" {
  count = local.create_network ? 1 : 0

  subnet_id     = aws_subnet.public[0].id
  allocation_id = aws_eip.nat[0].id

  tags = merge(var.tags, { Name = var.name })

  depends_on = [aws_internet_gateway.this]
}

resource "aws_route_table" "public" {
  count = local.create_network ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = merge(var.tags, { Name = "${var.name}-public" })
}

resource "aws_route" "public_internet" {
  count = local.create_network ? 1 : 0

  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route_table_association" "public" {
  count = local.create_network ? 1 : 0

  route_table_id = aws_route_table.public[0].id
  subnet_id      = aws_subnet.public[0].id
}

resource "aws_route_table" "private" {
  count = local.create_network ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = merge(var.tags, { Name = "${var.name}-private" })
}

resource "aws_route" "private_internet" {
  count = local.create_network ? 1 : 0

  route_table_id         = aws_route_table.private[0].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[0].id
}

resource "aws_route_table_association" "private" {
  count = local.create_network ? 1 : 0

  route_table_id = aws_route_table.private[0].id
  subnet_id      = aws_subnet.private[0].id
}

# create_before_destroy: the function is moved out before this goes. The other way round, its
# network interfaces would hold it for most of an hour.
resource "aws_security_group" "function" {
  count = local.create_network ? 1 : 0

  name_prefix = "${var.name}-function-"
  description = "The promtail function: HTTPS and the port of Loki out, nothing in"
  vpc_id      = aws_vpc.this[0].id

  tags = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "s3_endpoint" {
  count = local.create_network ? 1 : 0

  name        = "${var.name}-s3-endpoint"
  description = "The S3 endpoint: HTTPS in from the promtail function"
  vpc_id      = aws_vpc.this[0].id

  tags = var.tags
}

resource "aws_vpc_security_group_egress_rule" "function_https" {
  count = local.create_network ? 1 : 0

  security_group_id = aws_security_group.function[0].id
  description       = "S3, and Loki by HTTPS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"

  tags = var.tags
}

resource "aws_vpc_security_group_egress_rule" "function_loki" {
  count = local.create_network ? (local.loki_port != 443 ? 1 : 0) : 0

  security_group_id = aws_security_group.function[0].id
  description       = "Loki on a port of its own"
  ip_protocol       = "tcp"
  from_port         = local.loki_port
  to_port           = local.loki_port
  cidr_ipv4         = "0.0.0.0/0"

  tags = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "s3_endpoint_https" {
  count = local.create_network ? 1 : 0

  security_group_id            = aws_security_group.s3_endpoint[0].id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.function[0].id

  tags = var.tags
}

# S3's regional name resolves to this endpoint inside of the VPC, so the function needs no setting
# for it, and log objects do not pass the NAT gateway. Which buckets may be read is said by the
# function's role.
resource "aws_vpc_endpoint" "s3" {
  count = local.create_network ? 1 : 0

  vpc_id              = aws_vpc.this[0].id
  service_name        = "${data.aws_partition.current.reverse_dns_prefix}.${data.aws_region.current.id}.s3"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.s3_endpoint[0].id]
  subnet_ids          = [aws_subnet.private[0].id]
  vpc_endpoint_type   = "Interface"

  dns_options {
    dns_record_ip_type                             = "ipv4"
    private_dns_only_for_inbound_resolver_endpoint = false
  }

  tags = merge(var.tags, { Name = "${var.name}-s3" })
}
