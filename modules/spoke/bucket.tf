# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

data "aws_s3_bucket" "existing" {
  count = var.create_bucket ? 0 : 1

  bucket = var.bucket_name
}

resource "aws_s3_bucket" "this" {
  # checkov:skip=CKV2_AWS_62: aws_s3_bucket_notification.this notifies, for buckets of others too
  # checkov:skip=CKV_AWS_18: access_log is the user's to set, since it needs a bucket of theirs
  # checkov:skip=CKV_AWS_19: aws_s3_bucket_server_side_encryption_configuration.this encrypts, behind a count
  # checkov:skip=CKV_AWS_21: versioning is the user's to set; log objects are written once and can be delivered to Loki again
  # checkov:skip=CKV_AWS_144: the logs are on their way to Loki, and kept here for the time in which they can be sent again
  # checkov:skip=CKV_AWS_145: Application Load Balancers deliver to buckets with SSE-S3 only; kms_key_arn is for others

  count = var.create_bucket ? 1 : 0

  bucket        = var.bucket_name
  force_destroy = var.force_destroy

  tags = var.tags
}

resource "aws_s3_bucket_ownership_controls" "this" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  count = var.create_bucket ? 1 : 0

  bucket                  = aws_s3_bucket.this[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# SSE-S3, not a KMS key, where Application Load Balancers deliver: they support nothing else. Where
# the default is a KMS key, their logs cannot be switched on.
resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  rule {
    bucket_key_enabled = var.kms_key_arn == "" ? null : true

    apply_server_side_encryption_by_default {
      kms_master_key_id = var.kms_key_arn == "" ? null : var.kms_key_arn
      sse_algorithm     = var.kms_key_arn == "" ? "AES256" : "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  count = var.create_bucket && var.versioning.enabled ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.this[0].id

  rule {
    id     = "expire-logs"
    status = "Enabled"

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }

    expiration {
      days = var.expiration_days
    }

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.versioning.noncurrent_days
    }

    dynamic "transition" {
      for_each = var.transitions

      content {
        days          = transition.value.days
        storage_class = transition.value.storage_class
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_logging" "this" {
  count = var.create_bucket && var.access_log != null ? 1 : 0

  bucket        = aws_s3_bucket.this[0].id
  target_bucket = var.access_log.bucket_name
  target_prefix = var.access_log.prefix == "" ? "" : "${var.access_log.prefix}/"
}
