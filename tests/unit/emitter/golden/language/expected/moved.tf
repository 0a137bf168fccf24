# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

moved {
  from = aws_vpc.old
  to   = aws_vpc.this[0]
}

moved {
  from = module.a["x"]
  to   = module.b
}
