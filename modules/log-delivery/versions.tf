# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/log_delivery and run `make modules`.

terraform {
  required_version = ">= 1.9"
}
