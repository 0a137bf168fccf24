# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

resource "aws_vpc" "alone" {
  # checkov:skip=CKV2_AWS_11: the example keeps no flow logs
  # checkov:skip=CKV2_AWS_12: nothing runs in it

  cidr_block          = "10.0.0.0/16"
  ipv4_netmask_length = null
}
