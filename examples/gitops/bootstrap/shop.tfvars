region            = "eu-west-1"
account_id        = "222222222222"
state_bucket_name = "acme-terraform-state-222222222222"

repository  = "acme/load-balancer-logs"
environment = "shop"

spoke = {
  bucket_names = ["shop-alb-logs"]
}
