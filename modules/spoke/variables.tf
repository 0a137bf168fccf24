# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/spoke and run `make modules`.

variable "bucket_name" {
  description = "Name of the log bucket. The hub knows the spoke by it, so it is chosen, not generated."
  type        = string
  nullable    = false

  validation {
    condition = (
      can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name))
      && !can(regex(
        "[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|--x-s3$|--table-s3$|[.]mrap$",
        var.bucket_name
      ))
    )
    error_message = "bucket_name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, starting and ending with a letter or digit, and free of the prefixes and suffixes that S3 keeps for itself."
  }
}

variable "hub" {
  description = <<-EOT
    The hub that reads this bucket, which lists the bucket in its `spokes` already: its output `for_spokes`.
    - `role_arn`: the role that reads the logs, the hub's output `lambda_promtail_role_arn`.
    - `queue_arn`: the queue that hears of each new log object, the hub's output `queue_arn`.
    - `function_arn`: the function that hears of it instead, where the hub has no queue: its output
      `lambda_promtail_function_arn`.
  EOT
  type = object({
    role_arn     = string
    function_arn = optional(string)
    queue_arn    = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role/.+$", var.hub.role_arn))
    error_message = "hub.role_arn must be the ARN of an IAM role, such as the hub's output lambda_promtail_role_arn."
  }

  validation {
    condition = (
      var.hub.function_arn == null
      || can(regex(
        "^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+$",
        var.hub.function_arn
      ))
    )
    error_message = "hub.function_arn must be the ARN of a Lambda function, such as the hub's output lambda_promtail_function_arn."
  }

  validation {
    condition = (
      var.hub.queue_arn == null
      || can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,80}$", var.hub.queue_arn))
    )
    error_message = "hub.queue_arn must be the ARN of a standard SQS queue, such as the hub's output queue_arn. S3 sends nothing to FIFO queues."
  }

  validation {
    condition     = (var.hub.function_arn == null) != (var.hub.queue_arn == null)
    error_message = "hub must have either a function_arn or a queue_arn: one of them hears of each new log object. Give the hub's output for_spokes, which has the right one."
  }
}

variable "create_bucket" {
  description = <<-EOT
    false for a bucket that is there already, in this account. Nothing of it is changed then, unless
    `manage_policy` or `manage_notification` is true: the outputs `policy_statements` and `notification` are
    what has to be added to it.
  EOT
  type        = bool
  default     = true
  nullable    = false
}

variable "manage_policy" {
  description = <<-EOT
    Whether the bucket's policy is this module's; by default that of a bucket that it creates. A bucket has
    **one** policy: with true, whatever an existing bucket's policy says is replaced without a word, and is gone
    with `terraform destroy`. Every plan warns of it.
  EOT
  type        = bool
  default     = null
}

variable "manage_notification" {
  description = <<-EOT
    Whether the bucket's notification configuration is this module's; by default that of a bucket that it
    creates. A bucket has **one**: with true, all that an existing bucket notifies is replaced without a word,
    and is gone with `terraform destroy`. Every plan warns of it.
  EOT
  type        = bool
  default     = null
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

variable "log_account_ids" {
  description = <<-EOT
    The accounts whose load balancers log to this bucket, at most 100. Empty for the bucket's own; a
    list that is not empty has to name that one too, if its load balancers log here.
  EOT
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for account_id in var.log_account_ids : can(regex("^[0-9]{12}$", account_id))])
    error_message = "Each of log_account_ids must be a 12-digit AWS account id, in quotes: leading zeros count."
  }

  validation {
    condition     = length(distinct(var.log_account_ids)) == length(var.log_account_ids)
    error_message = "log_account_ids must name each account once: S3 refuses two notifications about the same keys."
  }

  validation {
    condition     = length(var.log_account_ids) <= 100
    error_message = "log_account_ids must name at most 100 accounts: each needs a notification of its own, and a bucket has at most 100. Give the others another bucket."
  }
}

variable "log_delivery" {
  description = <<-EOT
    The kinds of load balancers that log to the bucket.
    - `application`: Application and Classic Load Balancers; access, connection and health check logs alike.
    - `network`: Network Load Balancers, which log the connections of their TLS listeners.
    - `outposts`: Application Load Balancers on AWS Outposts.
  EOT
  type = object({
    application = optional(bool, true)
    network     = optional(bool, false)
    outposts    = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = anytrue(values(var.log_delivery))
    error_message = "log_delivery must have at least one of application, network and outposts as true: otherwise nobody delivers."
  }
}

variable "grant_elb_account" {
  description = "Also lets the region's Elastic Load Balancing account write, beside the service principal: the older way. The service principal is granted in every region; users report that the regions in China need the account as well, so set it to true there. Regions opened after August 2022 have no such account."
  type        = bool
  default     = false
  nullable    = false
}

variable "kms_key_arn" {
  description = <<-EOT
    ARN of the KMS key that the bucket is encrypted with, for a bucket with logs of Network Load Balancers only;
    empty for S3's own keys. The key's policy needs the statements of the output `kms_key_statements`.
  EOT
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition = (
      var.kms_key_arn == ""
      || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$", var.kms_key_arn))
    )
    error_message = "kms_key_arn must be the ARN of a KMS key, not of an alias: arn:aws:kms:<region>:<account>:key/<id>."
  }

  validation {
    condition     = var.kms_key_arn == "" || !(var.log_delivery.application || var.log_delivery.outposts)
    error_message = "kms_key_arn is for a bucket with logs of Network Load Balancers only. Application and Classic Load Balancers support buckets with S3's own keys (SSE-S3) only: with a KMS key, their logs cannot be switched on (Access Denied for bucket). Leave kms_key_arn empty, or set log_delivery to { application = false, network = true }."
  }
}

variable "expiration_days" {
  description = "Days after which S3 deletes a log object of a created bucket. It is the time in which logs can be sent again."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition = (
      var.expiration_days >= 1
      && var.expiration_days <= 2147483647
      && floor(var.expiration_days) == var.expiration_days
    )
    error_message = "expiration_days must be a whole number of days, at least 1."
  }
}

variable "transitions" {
  description = <<-EOT
    Storage classes that the log objects of a created bucket move to, in the order of their age.
    - `days`: the age; more than that of the one before (30 more after the first three classes), and less than
      `expiration_days`.
    - `storage_class`: `STANDARD_IA` or `ONEZONE_IA` (from 30 days on), `INTELLIGENT_TIERING`, `GLACIER_IR`,
      `GLACIER` or `DEEP_ARCHIVE`. What is in the last two has to be restored before it can be sent again.

    S3 leaves objects of less than 128 KB where they are.
  EOT
  type = list(object({
    days          = number
    storage_class = string
  }))
  default  = []
  nullable = false

  validation {
    condition = alltrue([
      for rule in var.transitions : contains([
        "STANDARD_IA",
        "INTELLIGENT_TIERING",
        "ONEZONE_IA",
        "GLACIER_IR",
        "GLACIER",
        "DEEP_ARCHIVE",
      ], rule.storage_class)
    ])
    error_message = "Each storage_class of transitions must be one of STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE."
  }

  validation {
    condition = alltrue([
      for rule in var.transitions : rule.days >= 1 && rule.days <= 2147483647 && floor(rule.days) == rule.days
    ])
    error_message = "The days of transitions must be whole numbers, at least 1."
  }

  validation {
    condition = alltrue([
      for rule in var.transitions : (
        rule.days >= 30
        || !contains(["STANDARD_IA", "ONEZONE_IA"], rule.storage_class)
      )
    ])
    error_message = "transitions to STANDARD_IA and ONEZONE_IA must be of 30 days or more: S3 moves no younger object there."
  }

  validation {
    condition = alltrue([
      for index, rule in var.transitions : rule.days >= var.transitions[index - 1].days + (
        contains(["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA"], var.transitions[index - 1].storage_class)
        ? 30
        : 1
      )
      if index > 0
    ])
    error_message = "transitions must be in the order of their days, each with more than the one before, and with at least 30 more after STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA: S3 keeps objects there for so long."
  }

  validation {
    condition = alltrue([
      for index, rule in var.transitions : try(
        index(
          ["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"],
          rule.storage_class
        ) > index(
          ["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"],
          var.transitions[index - 1].storage_class
        ),
        true
      )
      if index > 0
    ])
    error_message = "transitions must go down in this order of storage classes: STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE. S3 moves no object up again."
  }

  validation {
    condition     = alltrue([for rule in var.transitions : rule.days < var.expiration_days])
    error_message = "The days of transitions must be less than expiration_days: what is deleted does not move any more."
  }

  validation {
    condition     = var.create_bucket || length(var.transitions) == 0
    error_message = "transitions is a setting of a bucket that this module creates, and create_bucket is false. Leave transitions out, and set it where the bucket is made."
  }
}

variable "versioning" {
  description = <<-EOT
    Versions of the objects of a created bucket.
    - `enabled`: keeps what is overwritten or deleted, also by `expiration_days`.
    - `noncurrent_days`: for how many days.
  EOT
  type = object({
    enabled         = optional(bool, false)
    noncurrent_days = optional(number, 7)
  })
  default  = {}
  nullable = false

  validation {
    condition = (
      var.versioning.noncurrent_days >= 1
      && var.versioning.noncurrent_days <= 2147483647
      && floor(var.versioning.noncurrent_days) == var.versioning.noncurrent_days
    )
    error_message = "versioning.noncurrent_days must be a whole number of days, at least 1."
  }

  validation {
    condition     = var.create_bucket || !var.versioning.enabled
    error_message = "versioning is a setting of a bucket that this module creates, and create_bucket is false. Leave versioning out, and set it where the bucket is made."
  }
}

variable "access_log" {
  description = <<-EOT
    Where S3 logs who comes to a created bucket; by default nowhere.
    - `bucket_name`: another bucket of this account and region, whose policy lets `logging.s3.amazonaws.com`
      write.
    - `prefix`: key prefix of these logs, without slashes at its ends.
  EOT
  type = object({
    bucket_name = string
    prefix      = optional(string, "")
  })
  default = null

  validation {
    condition = (
      var.access_log == null
      || (
        can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", try(var.access_log.bucket_name, "")))
        && !can(regex(
          "[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|--x-s3$|--table-s3$|[.]mrap$",
          try(var.access_log.bucket_name, "")
        ))
      )
    )
    error_message = "access_log.bucket_name must be a valid S3 bucket name. Give the name, not an ARN or URL."
  }

  validation {
    condition     = try(var.access_log.bucket_name, "") != var.bucket_name
    error_message = "access_log.bucket_name must not be the log bucket: each entry would make another one."
  }

  validation {
    condition = (
      var.access_log == null
      || can(regex("^([a-zA-Z0-9!_.'()-]+(/[a-zA-Z0-9!_.'()-]+)*)?$", try(var.access_log.prefix, "")))
    )
    error_message = "access_log.prefix must be of letters, digits and !_.'()- between single slashes, with no slash at its ends."
  }

  validation {
    condition     = var.create_bucket || var.access_log == null
    error_message = "access_log is a setting of a bucket that this module creates, and create_bucket is false. Leave access_log out, and set it where the bucket is made."
  }
}

variable "deletion_protection" {
  description = <<-EOT
    Denies everybody but the account's root user, Terraform included, to delete the bucket or its policy.
    To lift it, set it to false and apply, since changes of the policy are not denied. Only then
    `terraform destroy` works.
  EOT
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.deletion_protection || coalesce(var.manage_policy, var.create_bucket)
    error_message = "deletion_protection is a statement of the bucket's policy, and that policy is not this module's. Set deletion_protection to false, or manage_policy to true."
  }
}

variable "force_destroy" {
  description = "Lets `terraform destroy` delete a created bucket with the logs in it."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = var.create_bucket || !var.force_destroy
    error_message = "force_destroy is a setting of a bucket that this module creates, and create_bucket is false. Leave force_destroy out, and set it where the bucket is made."
  }
}

variable "demo_load_balancer" {
  description = <<-EOT
    A load balancer that answers every request with 200 and logs accesses and connections to the bucket, to see
    the whole path at work.
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
      && can(regex("^[0-9.]+/", var.demo_load_balancer.cidr_block))
      && tonumber(try(split("/", var.demo_load_balancer.cidr_block)[1], 32)) <= 24
    )
    error_message = "demo_load_balancer.cidr_block must be an IPv4 range in CIDR notation of at least a /24, such as 10.200.0.0/16."
  }

  validation {
    condition     = !var.demo_load_balancer.enabled || var.log_delivery.application
    error_message = "demo_load_balancer is an Application Load Balancer, and log_delivery.application is false: it could not log. Set demo_load_balancer.enabled to false."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
