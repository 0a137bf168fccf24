region     = "eu-west-1"
account_id = "111111111111"

loki = {
  write_address = "https://loki.example.com/loki/api/v1/push"
}

# In a secret, so that neither the state nor a plan holds them. Its ARN stands in bootstrap/hub.tfvars too.
loki_credential_arns = {
  username = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf#username"
  password = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf#password"
}

spokes = {
  shop = {
    account_id  = "222222222222"
    bucket_name = "shop-alb-logs"
    labels      = { team = "shop" }
  }
}

# monitoring = {
#   alarm_topic_arns = ["arn:aws:sns:eu-west-1:111111111111:on-call"]
# }

tags = {
  project = "alb-loki"
}
