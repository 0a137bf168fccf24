# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

import {
  to = aws_vpc.this[0]
  id = "vpc-${local.id}"
}
