# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/alb_onboarding and run `make modules`.

module "log_delivery" {
  source = "../log-delivery"

  region      = local.region
  bucket_name = local.bucket_name
  account_ids = [local.account_id]
}
