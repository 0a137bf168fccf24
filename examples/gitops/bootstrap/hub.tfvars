region            = "eu-west-1"
account_id        = "111111111111"
state_bucket_name = "acme-terraform-state-111111111111"

repository  = "acme/load-balancer-logs"
environment = "hub"

hub = {
  secret_arns = ["arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf"]
}
