# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

resource "aws_s3_bucket_policy" "this" {
  count = local.manage_policy ? 1 : 0

  bucket = local.bucket
  policy = local.policy

  depends_on = [aws_s3_bucket_public_access_block.this]

  lifecycle {
    precondition {
      condition     = length(local.policy) <= 20480
      error_message = "The bucket policy would have ${length(local.policy)} characters, and S3 takes 20480. Spread the accounts of log_account_ids over several buckets."
    }
  }
}
