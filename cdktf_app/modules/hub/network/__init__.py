"""The hub's network: a VPC of its own, or the subnets and security groups that are given."""
