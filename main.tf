# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/root and run `make modules`.

module "hub" {
  source = "./modules/hub"

  name                 = var.name
  loki                 = var.loki
  loki_credentials     = var.loki_credentials
  loki_credential_arns = var.loki_credential_arns
  content              = var.content
  network              = var.network
  tags                 = var.tags
  spokes               = { own = module.spoke.for_hub }
}

module "spoke" {
  source = "./modules/spoke"

  bucket_name        = var.bucket_name
  prefix             = var.prefix
  expiration_days    = var.expiration_days
  force_destroy      = var.force_destroy
  demo_load_balancer = var.demo_load_balancer
  tags               = var.tags
  hub                = module.hub.for_spokes
}
