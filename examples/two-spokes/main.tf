# Two accounts with load balancers and one hub in a third. Each spoke says itself what the hub has to know of it.

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

provider "aws" {
  alias               = "blog"
  region              = var.region
  profile             = var.blog.profile
  allowed_account_ids = [var.blog.account_id]
}

module "hub" {
  source    = "../../modules/hub"
  providers = { aws = aws.hub }

  name                 = var.hub.name
  loki                 = var.loki
  loki_credentials     = var.loki_credentials
  loki_credential_arns = var.loki_credential_arns

  spokes = {
    shop = merge(module.shop.for_hub, { tenant_id = var.shop.tenant_id, labels = var.shop.labels })
    blog = merge(module.blog.for_hub, { tenant_id = var.blog.tenant_id, labels = var.blog.labels })
  }
}

module "shop" {
  source    = "../../modules/spoke"
  providers = { aws = aws.shop }

  bucket_name   = var.shop.bucket_name
  prefix        = var.shop.prefix
  force_destroy = var.shop.force_destroy
  hub           = module.hub.for_spokes
}

module "blog" {
  source    = "../../modules/spoke"
  providers = { aws = aws.blog }

  bucket_name   = var.blog.bucket_name
  prefix        = var.blog.prefix
  force_destroy = var.blog.force_destroy
  hub           = module.hub.for_spokes
}
