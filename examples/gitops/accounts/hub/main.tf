provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]
}

module "hub" {
  # In a repository of your own, pinned:
  #   source  = "<namespace>/alb-loki/aws//modules/hub"
  #   version = "0.2.0"
  # or source = "git::https://github.com/<owner>/terraform-aws-alb-loki.git//modules/hub?ref=<commit>"
  source = "../../../../modules/hub"

  loki                 = var.loki
  loki_credential_arns = var.loki_credential_arns
  spokes               = var.spokes
  monitoring           = var.monitoring

  # What the pipeline's role insists on.
  iam = {
    path                     = "/alb-loki/"
    permissions_boundary_arn = "arn:aws:iam::${var.account_id}:policy/pipeline/alb-loki-boundary"
  }

  tags = var.tags
}
