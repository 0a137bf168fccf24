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
  count = local.zones

  vpc_id            = aws_vpc.this[0].id
  availability_zone = try(var.network.availability_zones[count.index], null)
  cidr_block        = cidrsubnet(var.network.cidr_block, 4, 2 * count.index)

  tags = merge(var.tags, { Name = "${var.name}-private" })

  lifecycle {
    create_before_destroy = true
  }
}

# A NAT gateway is all that is in a public subnet, so a zone without one has none.
resource "aws_subnet" "public" {
  count = local.nat_gateways

  vpc_id            = aws_vpc.this[0].id
  availability_zone = aws_subnet.private[count.index].availability_zone
  cidr_block        = cidrsubnet(var.network.cidr_block, 4, 2 * count.index + 1)

  tags = merge(var.tags, { Name = "${var.name}-public" })
}

resource "aws_eip" "nat" {
  count = local.nat_gateways

  domain = "vpc"

  tags = merge(var.tags, { Name = "${var.name}-nat" })
}

resource "aws_nat_gateway" "this" {
  count = local.nat_gateways

  subnet_id     = aws_subnet.public[count.index].id
  allocation_id = aws_eip.nat[count.index].id

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
  count = local.nat_gateways

  route_table_id = aws_route_table.public[0].id
  subnet_id      = aws_subnet.public[count.index].id
}

resource "aws_route_table" "private" {
  count = local.nat_gateways

  vpc_id = aws_vpc.this[0].id

  tags = merge(var.tags, { Name = "${var.name}-private" })
}

resource "aws_route" "private_internet" {
  count = local.nat_gateways

  route_table_id         = aws_route_table.private[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[count.index].id
}

resource "aws_route_table_association" "private" {
  count = local.zones

  route_table_id = aws_route_table.private[min(count.index, local.nat_gateways - 1)].id
  subnet_id      = aws_subnet.private[count.index].id
}

# Every VPC has this group. Without rules here, it lets nothing in and nothing out.
resource "aws_default_security_group" "this" {
  count = local.create_network ? 1 : 0

  vpc_id = aws_vpc.this[0].id

  tags = merge(var.tags, { Name = "${var.name}-closed" })
}

# create_before_destroy: the function is moved out before this goes. The other way round, its
# network interfaces would hold it for most of an hour.
resource "aws_security_group" "function" {
  # checkov:skip=CKV2_AWS_5: the function has it, in a block that depends on the mode of the network

  count = local.create_network ? 1 : 0

  name_prefix = "${var.name}-function-"
  description = "The promtail function: HTTPS and the port of Loki out, nothing in"
  vpc_id      = aws_vpc.this[0].id

  tags = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "function_https" {
  count = local.create_network ? 1 : 0

  security_group_id = aws_security_group.function[0].id
  description       = "AWS, and Loki by HTTPS"
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

resource "aws_security_group" "s3_endpoint" {
  count = local.create_network && var.network.s3_endpoint == "interface" ? 1 : 0

  name        = "${var.name}-s3-endpoint"
  description = "The S3 endpoint: HTTPS in from the promtail function"
  vpc_id      = aws_vpc.this[0].id

  tags = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "s3_endpoint_https" {
  # checkov:skip=CKV_AWS_23: the group that the rule refers to has the description

  count = local.create_network && var.network.s3_endpoint == "interface" ? 1 : 0

  security_group_id            = aws_security_group.s3_endpoint[0].id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.function[0].id

  tags = var.tags
}

# A route for S3's addresses.
resource "aws_vpc_endpoint" "s3_gateway" {
  count = local.create_network && var.network.s3_endpoint == "gateway" ? 1 : 0

  vpc_id            = aws_vpc.this[0].id
  service_name      = "${data.aws_partition.current.partition == "aws-cn" ? "com.amazonaws" : data.aws_partition.current.reverse_dns_prefix}.${data.aws_region.current.id}.s3"
  policy            = local.s3_endpoint_policy
  route_table_ids   = aws_route_table.private[*].id
  vpc_endpoint_type = "Gateway"

  tags = merge(var.tags, { Name = "${var.name}-s3" })
}

# S3's regional name resolves to this endpoint inside of the VPC, so the function needs no setting
# for it.
resource "aws_vpc_endpoint" "s3" {
  count = local.create_network && var.network.s3_endpoint == "interface" ? 1 : 0

  vpc_id              = aws_vpc.this[0].id
  service_name        = "${data.aws_partition.current.reverse_dns_prefix}.${data.aws_region.current.id}.s3"
  policy              = local.s3_endpoint_policy
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.s3_endpoint[0].id]
  subnet_ids          = aws_subnet.private[*].id
  vpc_endpoint_type   = "Interface"

  dns_options {
    dns_record_ip_type                             = "ipv4"
    private_dns_only_for_inbound_resolver_endpoint = false
  }

  tags = merge(var.tags, { Name = "${var.name}-s3" })
}

# Lambda makes the function's network interfaces in the role's name. EC2 has no resource-level
# permission for Describe calls. Before Lambda makes the function, it checks that the role may
# delete */*, which IAM does not take for an interface. The function's own code needs none of it:
# only its calls carry lambda:SourceFunctionArn.
resource "aws_iam_role_policy" "network" {
  count = local.in_vpc ? 1 : 0

  name = "network"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "CreateNetworkInterface"
        Effect = "Allow"
        Action = "ec2:CreateNetworkInterface"
        Resource = concat(
          ["${local.ec2_arn}:network-interface/*"],
          formatlist("${local.network_arn}:subnet/%s", local.function_subnet_ids),
          formatlist("${local.network_arn}:security-group/%s", local.function_security_group_ids)
        )
      },
      {
        Sid      = "DeleteNetworkInterface"
        Effect   = "Allow"
        Action   = "ec2:DeleteNetworkInterface"
        Resource = ["${local.ec2_arn}:network-interface/*", "${local.ec2_arn}:*/*"]
      },
      {
        Sid      = "DescribeNetworkInterfaces"
        Effect   = "Allow"
        Action   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
        Resource = "*"
      },
      {
        Sid    = "DenyToTheFunctionItself"
        Effect = "Deny"
        Action = [
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
        ]
        Resource = "*"
        Condition = {
          ArnEquals = { "lambda:SourceFunctionArn" = local.function_arn }
        }
      },
    ]
  })
}
