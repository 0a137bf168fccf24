# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid       = "DeliverLogs"
          Effect    = "Allow"
          Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
          Action    = "s3:PutObject"
          Resource  = "${aws_s3_bucket.this.arn}/${local.log_key_prefix}*"
        },
        {
          Sid       = "HubReadsLogs"
          Effect    = "Allow"
          Principal = { AWS = var.hub.role_arn }
          Action    = ["s3:GetObject", "s3:GetObjectVersion"]
          Resource  = "${aws_s3_bucket.this.arn}/${local.log_key_prefix}*"
        },
        {
          Sid       = "DenyPlainHttp"
          Effect    = "Deny"
          Principal = "*"
          Action    = "s3:*"
          Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
          Condition = {
            Bool = { "aws:SecureTransport" = "false" }
          }
        },
      ],
      [
        for account_id in var.grant_elb_account ? [local.elb_account_id] : [] : {
          Sid       = "DeliverLogsByAccount"
          Effect    = "Allow"
          Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${account_id}:root" }
          Action    = "s3:PutObject"
          Resource  = "${aws_s3_bucket.this.arn}/${local.log_key_prefix}*"
        }
      ]
    )
  })

  depends_on = [aws_s3_bucket_public_access_block.this]

  lifecycle {
    precondition {
      condition     = !var.grant_elb_account || local.elb_account_id != null
      error_message = "grant_elb_account is true, but the region ${data.aws_region.current.id} has no Elastic Load Balancing account. Leave grant_elb_account at false: the service principal logdelivery.elasticloadbalancing.amazonaws.com is granted in every region."
    }
  }
}
