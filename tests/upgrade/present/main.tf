# The same hub and spoke with the present modules, and the inputs by which they stay what they are.

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
  ingestion        = { mode = "direct" }
  network          = { mode = "created", s3_endpoint = "interface" }

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
