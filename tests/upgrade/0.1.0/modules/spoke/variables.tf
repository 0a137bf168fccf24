# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

variable "bucket_name" {
  description = "Name of the log bucket. The hub knows the spoke by it, so it is chosen, not generated."
  type        = string
  nullable    = false

  validation {
    condition = (
      can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name))
      && !can(regex(
        "[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$",
        var.bucket_name
      ))
    )
    error_message = "bucket_name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, starting and ending with a letter or digit, and free of the prefixes and suffixes that S3 keeps for itself."
  }
}

variable "hub" {
  description = <<-EOT
    The hub that reads this bucket, which lists the bucket in its `spokes` already.
    - `function_arn`: the hub's output `lambda_promtail_function_arn`.
    - `role_arn`: the hub's output `lambda_promtail_role_arn`.
  EOT
  type = object({
    function_arn = string
    role_arn     = string
  })
  nullable = false

  validation {
    condition = can(regex(
      "^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+$",
      var.hub.function_arn
    ))
    error_message = "hub.function_arn must be the ARN of a Lambda function, such as the hub's output lambda_promtail_function_arn."
  }

  validation {
    condition     = can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role/.+$", var.hub.role_arn))
    error_message = "hub.role_arn must be the ARN of an IAM role, such as the hub's output lambda_promtail_role_arn."
  }
}

variable "prefix" {
  description = "Key prefix of the logs, in front of `AWSLogs`, without slashes at its ends. Give every load balancer that logs to this bucket the same one."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition = (
      can(regex("^([a-zA-Z0-9!_.'()-]+(/[a-zA-Z0-9!_.'()-]+)*)?$", var.prefix))
      && !strcontains(var.prefix, "AWSLogs")
    )
    error_message = "prefix must be of letters, digits and !_.'()- between single slashes, with no slash at its ends, and no AWSLogs in it: Elastic Load Balancing adds /AWSLogs/<account> itself and refuses a prefix that contains it. Use logs/team-a, for example, or an empty string."
  }
}

variable "expiration_days" {
  description = "Days after which S3 deletes a log object. It is the time in which logs can be sent again."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.expiration_days >= 1 && floor(var.expiration_days) == var.expiration_days
    error_message = "expiration_days must be a whole number of days, at least 1."
  }
}

variable "force_destroy" {
  description = "Lets `terraform destroy` delete the bucket with the logs in it."
  type        = bool
  default     = false
  nullable    = false
}

variable "grant_elb_account" {
  description = "Also lets the region's Elastic Load Balancing account write, beside the service principal: the older way, which the regions in China still need. Regions opened after August 2022 have no such account."
  type        = bool
  default     = false
  nullable    = false
}

variable "demo_load_balancer" {
  description = <<-EOT
    A load balancer that answers every request with 200 and logs to the bucket, to see the whole path at work.
    - `enabled`: true to make it, with a VPC of its own; it is charged by the hour, and open to the internet.
    - `name`: name of the load balancer.
    - `cidr_block`: address range of its VPC, at least a /24.
  EOT
  type = object({
    enabled    = optional(bool, false)
    name       = optional(string, "alb-loki-demo")
    cidr_block = optional(string, "10.200.0.0/16")
  })
  default  = {}
  nullable = false

  validation {
    condition = (
      can(regex("^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$", var.demo_load_balancer.name))
      && !startswith(var.demo_load_balancer.name, "internal-")
    )
    error_message = "demo_load_balancer.name must be 1 to 32 letters, digits and hyphens, without a hyphen at its ends, and not start with internal-."
  }

  validation {
    condition = (
      can(cidrhost(var.demo_load_balancer.cidr_block, 0))
      && !strcontains(var.demo_load_balancer.cidr_block, ":")
      && tonumber(try(split("/", var.demo_load_balancer.cidr_block)[1], 32)) <= 24
    )
    error_message = "demo_load_balancer.cidr_block must be an IPv4 range in CIDR notation of at least a /24, such as 10.200.0.0/16."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
