# A bucket that is there already, with a policy and a notification of its own. S3 knows one policy and one notification
# configuration for a bucket, so both are written here, from what the bucket has and what the spoke module says.

provider "aws" {
  region              = var.region
  profile             = var.profile
  allowed_account_ids = [var.account_id]
}

module "hub" {
  source = "../../modules/hub"

  name                 = var.name
  loki                 = var.loki
  loki_credentials     = var.loki_credentials
  loki_credential_arns = var.loki_credential_arns

  spokes = { existing = module.spoke.for_hub }
}

module "spoke" {
  source = "../../modules/spoke"

  bucket_name   = var.bucket_name
  create_bucket = false
  prefix        = var.prefix
  hub           = module.hub.for_spokes
}

resource "aws_s3_bucket_policy" "this" {
  bucket = var.bucket_name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "ReadUploads"
        Effect    = "Allow"
        Principal = { AWS = var.reader_role_arn }
        Action    = "s3:GetObject"
        Resource  = "${module.spoke.bucket_arn}/uploads/*"
      }],
      jsondecode(module.spoke.policy_statements)
    )
  })
}

locals {
  notification = jsondecode(module.spoke.notification)
}

resource "aws_s3_bucket_notification" "this" {
  bucket = var.bucket_name

  queue {
    id            = "uploads"
    queue_arn     = var.uploads_queue_arn
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = "uploads/"
  }

  dynamic "queue" {
    for_each = local.notification.QueueConfigurations

    content {
      id            = queue.value.Id
      queue_arn     = queue.value.QueueArn
      events        = queue.value.Events
      filter_prefix = queue.value.Filter.Key.FilterRules[0].Value
    }
  }

  # The hub reads a new object at once.
  depends_on = [aws_s3_bucket_policy.this]
}
