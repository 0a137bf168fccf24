region      = "eu-west-1"
account_id  = "222222222222"
bucket_name = "shop-alb-logs"

hub = {
  role_arn  = "arn:aws:iam::111111111111:role/alb-loki/alb-loki"
  queue_arn = "arn:aws:sqs:eu-west-1:111111111111:alb-loki"
}

tags = {
  project = "alb-loki"
}
