terraform {
  required_version = ">= 1.10" # use_lockfile

  backend "s3" {
    bucket       = "acme-terraform-state-111111111111"
    key          = "alb-loki/terraform.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}
