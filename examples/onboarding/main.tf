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

  # The bucket of load balancers that do not log yet, and those that others log to already. A spoke's name has no dots,
  # and a bucket's no underscores, so each bucket has a name of its own here, and none has that of the first entry.
  spokes = merge({ shop = module.onboarding.for_hub }, {
    for name, bucket in var.shop.log_buckets : "bucket-${replace(name, ".", "_")}" => {
      account_id  = var.shop.account_id
      bucket_name = name
      prefix      = bucket.prefixes[0]
      prefixes    = slice(bucket.prefixes, 1, length(bucket.prefixes))
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
