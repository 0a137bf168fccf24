# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

resource "aws_s3_bucket_notification" "this" {
  bucket = aws_s3_bucket.this.id

  lambda_function {
    id                  = "alb-loki"
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "${local.log_key_prefix}elasticloadbalancing/"
    lambda_function_arn = var.hub.function_arn
  }

  depends_on = [aws_s3_bucket_policy.this]

  lifecycle {
    precondition {
      condition     = split(":", var.hub.function_arn)[3] == data.aws_region.current.id
      error_message = "The hub's function is in ${split(":", var.hub.function_arn)[3]}, the bucket in ${data.aws_region.current.id}: S3 notifies functions of its own region only. Apply a hub in each region."
    }
  }
}
