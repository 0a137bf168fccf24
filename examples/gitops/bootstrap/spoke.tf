# What the spoke module makes: buckets, by name. No action here reads or deletes the logs in them, but a bucket policy
# or a lifecycle that the pipeline applies could let others read them, or let them expire: that is for the review.

locals {
  spoke_bucket_arns = [
    for name in try(var.spoke.bucket_names, []) : "arn:${local.partition}:s3:::${name}"
  ]

  spoke_read = [
    for arns in [local.spoke_bucket_arns] : {
      Sid    = "ReadLogBuckets"
      Effect = "Allow"
      Action = [
        "s3:GetAccelerateConfiguration",
        "s3:GetBucketAcl",
        "s3:GetBucketCORS",
        "s3:GetBucketLocation",
        "s3:GetBucketLogging",
        "s3:GetBucketNotification",
        "s3:GetBucketObjectLockConfiguration",
        "s3:GetBucketOwnershipControls",
        "s3:GetBucketPolicy",
        "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketRequestPayment",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetBucketWebsite",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
      ]
      Resource = arns
    }
    if length(arns) > 0
  ]

  spoke_write = [
    for arns in [local.spoke_bucket_arns] : {
      Sid    = "ChangeLogBuckets"
      Effect = "Allow"
      Action = [
        "s3:CreateBucket",
        "s3:DeleteBucket",
        "s3:DeleteBucketPolicy",
        "s3:PutBucketLogging",
        "s3:PutBucketNotification",
        "s3:PutBucketOwnershipControls",
        "s3:PutBucketPolicy",
        "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketTagging",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
      ]
      Resource = arns
    }
    if length(arns) > 0
  ]
}
