# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

locals {
  # Where Elastic Load Balancing writes this account's logs.
  log_key_prefix = "${var.prefix == "" ? "" : "${var.prefix}/"}AWSLogs/${data.aws_caller_identity.current.account_id}/"

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

  elb_account_id = lookup(local.elb_account_ids, data.aws_region.current.id, null)
}
