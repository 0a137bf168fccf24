# A hub in a network of its own and a spoke, as users of 0.1.0 call them.

provider "aws" {
  alias   = "hub"
  region  = var.region
  profile = var.hub.profile
}

provider "aws" {
  alias   = "spoke"
  region  = var.region
  profile = var.spoke.profile
}

module "hub" {
  source    = "./modules/hub"
  providers = { aws = aws.hub }

  name             = var.hub.name
  loki             = { write_address = "https://loki.example.com:3100/loki/api/v1/push" }
  loki_credentials = { username = "user", password = "password" }
  function         = var.function
  network          = { mode = "created" }

  spokes = {
    shop = {
      account_id  = var.spoke.account_id
      bucket_name = var.spoke.bucket_name
      prefix      = "logs"
    }
  }
}

module "spoke" {
  source    = "./modules/spoke"
  providers = { aws = aws.spoke }

  bucket_name        = var.spoke.bucket_name
  prefix             = "logs"
  demo_load_balancer = { enabled = true, name = var.spoke.load_balancer_name }
  force_destroy      = true

  hub = {
    function_arn = module.hub.lambda_promtail_function_arn
    role_arn     = module.hub.lambda_promtail_role_arn
  }
}
