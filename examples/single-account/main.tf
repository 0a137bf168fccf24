# Hub and spoke in one account. In a configuration of your own the source is the repository, with a version.

provider "aws" {
  region              = var.region
  profile             = var.profile
  allowed_account_ids = [var.account_id]
}

module "alb_loki" {
  source = "../../"

  bucket_name          = var.bucket_name
  loki                 = { write_address = var.loki_write_address, tenant_id = var.loki_tenant_id }
  loki_credentials     = var.loki_credentials
  loki_credential_arns = var.loki_credential_arns
  force_destroy        = var.force_destroy
  demo_load_balancer   = { enabled = var.demo_load_balancer }
}
