provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]
}

module "spoke" {
  # In a repository of your own, pinned:
  #   source  = "<namespace>/alb-loki/aws//modules/spoke"
  #   version = "0.2.0"
  # or source = "git::https://github.com/<owner>/terraform-aws-alb-loki.git//modules/spoke?ref=<commit>"
  source = "../../../../modules/spoke"

  bucket_name     = var.bucket_name
  hub             = var.hub
  expiration_days = var.expiration_days

  tags = var.tags
}
