# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

module "log_delivery" {
  source = "../log-delivery"

  region            = data.aws_region.current.id
  bucket_name       = var.bucket_name
  prefix            = var.prefix
  account_ids       = local.log_account_ids
  load_balancers    = var.log_delivery
  grant_elb_account = var.grant_elb_account
}
