# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

module "child" {
  source  = "../child"
  version = "1.2.3"

  for_each = var.spokes

  providers = { aws = aws.hub }

  names = ["a", "b"]
  settings = {
    a = 1
    b = true
  }

  depends_on = [aws_vpc.this]
}
