# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

removed {
  from = aws_vpc.gone

  lifecycle {
    destroy = false
  }
}
