# A hub in one account, and load balancers in another that exist already: made by others, and onboarded.

provider "aws" {
  alias               = "hub"
  region              = var.region
  profile             = var.hub.profile
  allowed_account_ids = [var.hub.account_id]
}

provider "aws" {
  alias               = "shop"
  region              = var.region
  profile             = var.shop.profile
  allowed_account_ids = [var.shop.account_id]
}

module "hub" {
  source    = "../../modules/hub"
  providers = { aws = aws.hub }

  loki                 = var.loki
  loki_credentials     = var.loki_credentials
  loki_credential_arns = var.loki_credential_arns

  # The bucket of load balancers that do not log yet, and those that others log to already.
  spokes = merge({ shop = module.onboarding.for_hub }, {
    for bucket in var.shop.log_buckets : bucket.name => {
      account_id  = var.shop.account_id
      bucket_name = bucket.name
      prefix      = bucket.prefix
    }
  })
}

module "onboarding" {
  source    = "../../modules/alb-onboarding"
  providers = { aws = aws.shop }

  selection  = var.selection
  dry_run    = var.dry_run
  on_destroy = var.on_destroy

  hub = module.hub.for_spokes
}
