# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

resource "aws_vpc" "alone" {
  cidr_block          = "10.0.0.0/16"
  ipv4_netmask_length = null
}
