# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/log_delivery and run `make modules`.

locals {
  # The partition of a region by how its name begins; all others are in the partition aws.
  partitions = {
    "cn-"      = "aws-cn"
    "us-gov-"  = "aws-us-gov"
    "us-iso-"  = "aws-iso"
    "us-isob-" = "aws-iso-b"
    "eu-isoe-" = "aws-iso-e"
    "us-isof-" = "aws-iso-f"
    "eusc-"    = "aws-eusc"
  }

  partition = coalesce(one([
    for start, partition in local.partitions : partition
    if startswith(var.region, start)
  ]), "aws")

  # The account that delivers load balancer logs, in the regions that have one. Sources: the AWS
  # provider's data source aws_elb_service_account and the region facts of the AWS CDK.
  elb_account_ids = {
    "af-south-1"      = "098369216593"
    "ap-east-1"       = "754344448648"
    "ap-northeast-1"  = "582318560864"
    "ap-northeast-2"  = "600734575887"
    "ap-northeast-3"  = "383597477331"
    "ap-south-1"      = "718504428378"
    "ap-southeast-1"  = "114774131450"
    "ap-southeast-2"  = "783225319266"
    "ap-southeast-3"  = "589379963580"
    "ca-central-1"    = "985666609251"
    "cn-north-1"      = "638102146993"
    "cn-northwest-1"  = "037604701340"
    "eu-central-1"    = "054676820928"
    "eu-north-1"      = "897822967062"
    "eu-south-1"      = "635631232127"
    "eu-west-1"       = "156460612806"
    "eu-west-2"       = "652711504416"
    "eu-west-3"       = "009996457667"
    "me-south-1"      = "076674570225"
    "sa-east-1"       = "507241528517"
    "us-east-1"       = "127311923021"
    "us-east-2"       = "033677994240"
    "us-gov-east-1"   = "190560391635"
    "us-gov-west-1"   = "048591011584"
    "us-iso-east-1"   = "770363063475"
    "us-iso-west-1"   = "121062877647"
    "us-isob-east-1"  = "740734521339"
    "us-isof-east-1"  = "091100254016"
    "us-isof-south-1" = "412137745753"
    "us-west-1"       = "027434742980"
    "us-west-2"       = "797873946194"
  }

  elb_account_id = lookup(local.elb_account_ids, var.region, null)

  service_principals = {
    application = "logdelivery.elasticloadbalancing.amazonaws.com"
    network     = "delivery.logs.amazonaws.com"
    outposts    = "logdelivery.elb.amazonaws.com"
  }

  principals = {
    for type, names in {
      Service = [for kind, service in local.service_principals : service if var.load_balancers[kind]]
      AWS = [
        for account_id in [local.elb_account_id] : "arn:${local.partition}:iam::${account_id}:root"
        if var.grant_elb_account && account_id != null
      ]
    } : type => names
    if length(names) > 0
  }

  bucket_arn = "arn:${local.partition}:s3:::${var.bucket_name}"

  # Where Elastic Load Balancing writes. The account in the path is what keeps other accounts' load
  # balancers out: AWS documents no condition for the principal of Application Load Balancers, and
  # with aws:SourceArn its delivery has been seen refused.
  log_objects = [
    for account_id in var.account_ids :
    "${local.bucket_arn}/${var.prefix == "" ? "" : "${var.prefix}/"}AWSLogs/${account_id}/*"
  ]

  # Network Load Balancers deliver by CloudWatch Logs, which says for whom it does.
  network_source = {
    StringEquals = { "aws:SourceAccount" = var.account_ids }
    ArnLike = {
      "aws:SourceArn" = [
        for account_id in var.account_ids : "arn:${local.partition}:logs:${var.region}:${account_id}:*"
      ]
    }
  }

  statements = concat(
    [
      for listed in [var.load_balancers.application] : {
        Sid       = "DeliverLogs"
        Effect    = "Allow"
        Principal = { Service = local.service_principals.application }
        Action    = "s3:PutObject"
        Resource  = local.log_objects
      }
      if listed
    ],
    [
      for listed in [var.grant_elb_account] : {
        Sid       = "DeliverLogsByAccount"
        Effect    = "Allow"
        Principal = { AWS = try(local.principals.AWS, []) }
        Action    = "s3:PutObject"
        Resource  = local.log_objects
      }
      if listed
    ],
    [
      for listed in [var.load_balancers.outposts] : {
        Sid       = "DeliverOutpostsLogs"
        Effect    = "Allow"
        Principal = { Service = local.service_principals.outposts }
        Action    = "s3:PutObject"
        Resource  = local.log_objects
        Condition = {
          StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control" }
        }
      }
      if listed
    ],
    [
      for listed in [var.load_balancers.network] : {
        Sid       = "DeliverNetworkLogs"
        Effect    = "Allow"
        Principal = { Service = local.service_principals.network }
        Action    = "s3:PutObject"
        Resource  = local.log_objects
        Condition = {
          StringEquals = merge(local.network_source.StringEquals, {
            "s3:x-amz-acl" = "bucket-owner-full-control"
          })
          ArnLike = local.network_source.ArnLike
        }
      }
      if listed
    ],
    [
      for listed in [var.load_balancers.network] : {
        Sid       = "CheckNetworkLogsBucket"
        Effect    = "Allow"
        Principal = { Service = local.service_principals.network }
        Action    = "s3:GetBucketAcl"
        Resource  = local.bucket_arn
        Condition = local.network_source
      }
      if listed
    ]
  )
}
