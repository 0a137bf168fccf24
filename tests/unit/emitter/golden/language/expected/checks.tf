# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

check "health" {
  data "aws_region" "here" {}

  assert {
    condition     = data.aws_region.here.id != ""
    error_message = "No region."
  }
}
