terraform {
  required_version = ">= 1.10" # use_lockfile

  backend "s3" {
    bucket       = "acme-terraform-state-222222222222"
    key          = "alb-loki/terraform.tfstate"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}
