# A hub in one account and a spoke in another, from one root configuration with two provider aliases.

provider "aws" {
  alias               = "hub"
  region              = var.region
  profile             = var.hub.profile
  allowed_account_ids = [var.hub.account_id]
}

provider "aws" {
  alias               = "spoke"
  region              = var.region
  profile             = var.spoke.profile
  allowed_account_ids = [var.spoke.account_id]
}

module "hub" {
  source    = "../../modules/hub"
  providers = { aws = aws.hub }

  name                    = var.hub.name
  organization_id         = var.hub.organization_id
  ingestion               = var.hub.ingestion
  network                 = var.hub.network
  iam                     = var.hub.iam
  kms_key_arn             = var.hub.kms_key_arn
  monitoring              = var.hub.monitoring
  loki                    = var.loki
  loki_credentials        = var.loki_credentials
  loki_credential_arns    = var.loki_credential_arns
  content                 = var.content
  refused_destination_arn = var.refused_destination_arn
  function                = var.function
  log_level               = var.log_level
  metrics_namespace       = var.metrics_namespace

  spokes = {
    demo = {
      account_id  = var.spoke.account_id
      bucket_name = var.spoke.bucket_name
      prefix      = var.spoke.prefix
    }
  }
}

module "spoke" {
  source    = "../../modules/spoke"
  providers = { aws = aws.spoke }

  bucket_name        = var.spoke.bucket_name
  prefix             = var.spoke.prefix
  force_destroy      = var.spoke.force_destroy
  demo_load_balancer = { enabled = var.spoke.demo_load_balancer }

  hub = module.hub.for_spokes
}
