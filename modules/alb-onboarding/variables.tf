# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/alb_onboarding and run `make modules`.

variable "name" {
  description = "Name of the function, its role and all around them, and mark of what it adds to buckets. Roles are global: onboardings in several regions of one account need different names. A change of it takes everything back under the old name and begins anew."
  type        = string
  default     = "alb-onboarding"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$", var.name)) && length(var.name) <= 32
    error_message = "name must be at most 32 small letters and digits, in words that begin with a letter, with single hyphens between them, such as alb-onboarding: ids of statements are made of it."
  }
}

variable "selection" {
  description = <<-EOT
    The load balancers of this account and region: those that any of these selects. Only Application Load
    Balancers are onboarded; Network and Gateway Load Balancers are reported and left alone.
    - `arns`, `names`: single ones. One that does not exist fails the apply.
    - `name_patterns`: patterns of names; `*` stands for any characters, `?` for one.
    - `tags`: tags that a load balancer has to have, all of them, each with one of the values given for it; `*`
      and `?` stand for the same.
    - `all`: all of them.

    What is no longer selected is put back to what it was before.
  EOT
  type = object({
    arns          = optional(list(string), [])
    names         = optional(list(string), [])
    name_patterns = optional(list(string), [])
    tags          = optional(map(list(string)), {})
    all           = optional(bool, false)
  })
  nullable = false

  validation {
    condition = (
      var.selection.all
      || length(var.selection.arns) + length(var.selection.names) + length(var.selection.name_patterns) + length(
        var.selection.tags
      ) > 0
    )
    error_message = "selection must select something: give arns, names, name_patterns or tags, or all = true."
  }

  validation {
    condition = alltrue([
      for value in var.selection.arns : can(regex(
        "^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/.+$",
        value
      ))
    ])
    error_message = "Each of selection.arns must be the ARN of a load balancer, …:loadbalancer/app/<name>/<id>."
  }

  validation {
    condition     = alltrue([for value in var.selection.names : can(regex("^[a-zA-Z0-9-]{1,32}$", value))])
    error_message = "Each of selection.names must be the name of a load balancer: 1 to 32 letters, digits and hyphens. With * or ? it is one of name_patterns."
  }

  validation {
    condition     = alltrue([for value in var.selection.name_patterns : can(regex("^[a-zA-Z0-9*?-]+$", value))])
    error_message = "Each of selection.name_patterns must be a pattern of names: letters, digits, hyphens, * and ?, such as shop-*."
  }

  validation {
    condition     = alltrue([for values in values(var.selection.tags) : length(values) > 0])
    error_message = "Each of selection.tags must have at least one value; [\"*\"] stands for any."
  }
}

variable "logs" {
  description = <<-EOT
    The kinds of logs that are switched on. Those that are on already stay on, whatever is said here.
    - `access`: a line for each request.
    - `connection`: a line for each TLS connection.
    - `health_check`: a line for each change of a target's health.
  EOT
  type = object({
    access       = optional(bool, true)
    connection   = optional(bool, false)
    health_check = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = anytrue(values(var.logs))
    error_message = "logs must have at least one of access, connection and health_check as true: otherwise there is nothing to switch on."
  }
}

variable "bucket" {
  description = <<-EOT
    Where load balancers log that do not log yet. One that does keeps its bucket and prefix.
    - `name`: a bucket of this account and region; by default `<name>-<account>-<region>`.
    - `create`: makes the bucket when it is not there: private, encrypted by S3's own keys, TLS only. The
      function makes it, not Terraform, so that it and its logs outlive `terraform destroy`.
    - `prefix`: key prefix of the logs, in front of `AWSLogs`, without slashes at its ends.
    - `expiration_days`: after how many days a bucket that the function has made deletes its logs.
  EOT
  type = object({
    name            = optional(string, "")
    create          = optional(bool, true)
    prefix          = optional(string, "")
    expiration_days = optional(number, 30)
  })
  default  = {}
  nullable = false

  validation {
    condition = (
      var.bucket.name == ""
      || (
        can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket.name))
        && !can(regex(
          "[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|--x-s3$|--table-s3$|[.]mrap$",
          var.bucket.name
        ))
      )
    )
    error_message = "bucket.name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, starting and ending with a letter or digit. Give the name, not an ARN or URL."
  }

  validation {
    condition     = var.bucket.name != "" || var.bucket.create
    error_message = "bucket.create is false, and bucket.name is empty. Name a bucket that is there, or let create be true."
  }

  validation {
    condition = (
      can(regex("^([a-zA-Z0-9!_.'()-]+(/[a-zA-Z0-9!_.'()-]+)*)?$", var.bucket.prefix))
      && !strcontains(var.bucket.prefix, "AWSLogs")
    )
    error_message = "bucket.prefix must be of letters, digits and !_.'()- between single slashes, with no slash at its ends, and no AWSLogs in it: Elastic Load Balancing adds /AWSLogs/<account> itself and refuses a prefix that contains it. Use logs/team-a, for example, or an empty string."
  }

  validation {
    condition = (
      var.bucket.expiration_days >= 1
      && var.bucket.expiration_days <= 36500
      && floor(var.bucket.expiration_days) == var.bucket.expiration_days
    )
    error_message = "bucket.expiration_days must be a whole number of days, from 1 to 36500."
  }
}

variable "grant_elb_account" {
  description = "Also lets the region's Elastic Load Balancing account write, beside the service principal: the older way. The service principal is granted in every region; users report that the regions in China need the account as well, so set it to true there. Regions opened after August 2022 have no such account."
  type        = bool
  default     = false
  nullable    = false
}

variable "force" {
  description = "Moves load balancers that log to another bucket than `bucket` to it; one that logs to it with another prefix keeps that. Without it none is moved. Logs that are there stay there."
  type        = bool
  default     = false
  nullable    = false
}

variable "hub" {
  description = <<-EOT
    The hub that gets the logs: its output `for_spokes`. It lists the buckets in its `spokes` already, by
    `for_hub` for the bucket of this onboarding. Without a hub and without a topic nobody is told of new logs:
    they are in their buckets, where `readers` find them.
    - `role_arn`: the role that reads the logs.
    - `queue_arn` or `function_arn`: what hears of each new log object, unless there is a topic: S3 takes one
      rule for a key, so the hub then listens to the topic.
  EOT
  type = object({
    role_arn     = string
    function_arn = optional(string)
    queue_arn    = optional(string)
  })
  default = null

  validation {
    condition = (
      var.hub == null
      || try(can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role/.+$", var.hub.role_arn)), false)
    )
    error_message = "hub.role_arn must be the ARN of an IAM role, such as the hub's output lambda_promtail_role_arn."
  }

  validation {
    condition = (
      var.hub == null
      || try(
        (
          var.hub.function_arn == null
          || can(regex(
            "^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+$",
            var.hub.function_arn
          ))
        ),
        false
      )
    )
    error_message = "hub.function_arn must be the ARN of a Lambda function, such as the hub's output lambda_promtail_function_arn."
  }

  validation {
    condition = (
      var.hub == null
      || try(
        (
          var.hub.queue_arn == null
          || can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,80}$", var.hub.queue_arn))
        ),
        false
      )
    )
    error_message = "hub.queue_arn must be the ARN of a standard SQS queue, such as the hub's output queue_arn. S3 sends nothing to FIFO queues."
  }

  validation {
    condition     = var.hub == null || try((var.hub.function_arn == null) != (var.hub.queue_arn == null), false)
    error_message = "hub must have either a function_arn or a queue_arn: one of them hears of each new log object. Give the hub's output for_spokes, which has the right one."
  }
}

variable "topic" {
  description = <<-EOT
    An SNS topic of the name `name` that S3 publishes each new log object to; encrypted.
    - `enabled`: true to make it.
    - `create_key`: makes a KMS key for it, since S3 cannot publish by AWS's own key; by default, unless there
      is a `kms_key_arn`. Say false where that key is made by the same configuration.
    - `subscriber_account_ids`: accounts that may subscribe queues and functions of theirs, which then nobody
      has to confirm: such as the hub's, when it listens to the topic.
    - `subscriptions`: by a name of your choice, an `https` address, or the ARN of a queue (`sqs`) or function
      (`lambda`). The output `subscriptions` says which wait to be confirmed: an address, unless it confirms by
      itself (`endpoint_auto_confirms`) while Terraform waits for it; and a queue of another account. A queue's
      policy has to let `sns.amazonaws.com` send for this topic; a function has to be of this account and
      region, and is invited here. `raw_message_delivery` leaves out SNS's envelope; not for `lambda`.
  EOT
  type = object({
    enabled                = optional(bool, false)
    create_key             = optional(bool)
    subscriber_account_ids = optional(list(string), [])
    subscriptions = optional(map(object({
      protocol               = string
      endpoint               = string
      raw_message_delivery   = optional(bool, false)
      endpoint_auto_confirms = optional(bool, false)
    })), {})
  })
  default  = {}
  nullable = false

  validation {
    condition = (
      var.topic.enabled
      || length(var.topic.subscriptions) + length(var.topic.subscriber_account_ids) == 0
    )
    error_message = "topic has subscriptions or subscriber_account_ids, but no topic: set topic.enabled to true, or leave them out."
  }

  validation {
    condition = (
      alltrue([for id in var.topic.subscriber_account_ids : can(regex("^[0-9]{12}$", id))])
      && length(distinct(var.topic.subscriber_account_ids)) == length(var.topic.subscriber_account_ids)
    )
    error_message = "Each of topic.subscriber_account_ids must be a 12-digit AWS account id, in quotes, named once."
  }

  validation {
    condition = alltrue([
      for name in keys(var.topic.subscriptions) : can(regex("^[a-zA-Z0-9_-]{1,55}$", name))
    ])
    error_message = "Each name in topic.subscriptions must be 1 to 55 letters, digits, hyphens or underscores: it becomes part of a permission's statement id, which takes 100 characters."
  }

  validation {
    condition = alltrue([
      for subscription in values(var.topic.subscriptions) :
      contains(["https", "sqs", "lambda"], subscription.protocol)
    ])
    error_message = "The protocol of each of topic.subscriptions must be https, sqs or lambda."
  }

  validation {
    condition = alltrue([
      for subscription in values(var.topic.subscriptions) : (
        subscription.protocol != "https"
        || can(regex("^https://[^/@\\s]+(/\\S*)?$", subscription.endpoint))
      )
    ])
    error_message = "The endpoint of each of topic.subscriptions with protocol https must be an address with TLS, https://<host>/<path>."
  }

  validation {
    condition = alltrue([
      for subscription in values(var.topic.subscriptions) : (
        subscription.protocol != "sqs"
        || can(regex("^arn:[a-z0-9-]+:sqs:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,80}$", subscription.endpoint))
      )
    ])
    error_message = "The endpoint of each of topic.subscriptions with protocol sqs must be the ARN of a standard queue, arn:aws:sqs:<region>:<account>:<name>."
  }

  validation {
    condition = alltrue([
      for subscription in values(var.topic.subscriptions) : (
        subscription.protocol != "lambda"
        || can(regex(
          "^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+$",
          subscription.endpoint
        ))
      )
    ])
    error_message = "The endpoint of each of topic.subscriptions with protocol lambda must be the ARN of a function, arn:aws:lambda:<region>:<account>:function:<name>."
  }

  validation {
    condition = alltrue([
      for subscription in values(var.topic.subscriptions) : (
        subscription.protocol != "lambda"
        || !subscription.raw_message_delivery
      )
    ])
    error_message = "raw_message_delivery of topic.subscriptions is for https and sqs: SNS always gives a function its envelope."
  }

  validation {
    condition     = var.topic.create_key != false || !var.topic.enabled || var.kms_key_arn != ""
    error_message = "topic.create_key is false, and kms_key_arn is empty: S3 cannot publish to a topic under AWS's own key. Give kms_key_arn, or leave topic.create_key out."
  }
}

variable "readers" {
  description = <<-EOT
    Who else may read the logs: list the buckets, and get the log objects, and nothing more.
    - `arns`: accounts (`arn:aws:iam::<account>:root`), roles or users.
    - `organization_id`: the AWS organization that they have to be in, such as `o-a1b2c3d4e5`; empty for any.
  EOT
  type = object({
    arns            = optional(list(string), [])
    organization_id = optional(string, "")
  })
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for arn in var.readers.arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(root|(role|user)/.+)$", arn))
    ])
    error_message = "Each of readers.arns must be the ARN of an account, a role or a user: arn:aws:iam::<account>:root, arn:aws:iam::<account>:role/<name>."
  }

  validation {
    condition     = can(regex("^(o-[a-z0-9]{10,32})?$", var.readers.organization_id))
    error_message = "readers.organization_id must be the ID of an AWS organization, o- and 10 to 32 small letters and digits, or empty."
  }

  validation {
    condition     = var.readers.organization_id == "" || length(var.readers.arns) > 0
    error_message = "readers.organization_id is a condition on readers.arns, which is empty. Name the accounts or roles of the organization that may read."
  }
}

variable "dry_run" {
  description = "Changes no load balancer and no bucket: the outputs `summary` and `report` say what would be done. Function, role, topic and so on are made all the same."
  type        = bool
  default     = false
  nullable    = false
}

variable "onboard_new" {
  description = <<-EOT
    Onboards load balancers that are made later and that the selection selects by name, pattern, tag or `all`,
    by a rule of EventBridge. It hears of them by CloudTrail: **the account needs a trail that logs management
    events in this region**; without one nothing happens, and nothing says so. The next apply with another
    `rerun` onboards what was missed.
  EOT
  type        = bool
  default     = true
  nullable    = false
}

variable "on_destroy" {
  description = <<-EOT
    What `terraform destroy` leaves behind. Buckets with their logs stay in any case.
    - `restore`: every load balancer as it was before, where its state is still what this module has made; and
      buckets without what it has added.
    - `keep`: load balancers that go on logging, to buckets that go on telling the hub. Only what the topic was
      told ends, since the topic is gone.
  EOT
  type        = string
  default     = "restore"
  nullable    = false

  validation {
    condition     = contains(["restore", "keep"], var.on_destroy)
    error_message = "on_destroy must be restore or keep."
  }
}

variable "rerun" {
  description = "Any text; another one makes the next apply look at everything again, such as after a load balancer was changed by hand. After an apply that failed it is not needed: the next one runs again."
  type        = string
  default     = ""
  nullable    = false
}

variable "function" {
  description = <<-EOT
    The onboarding function.
    - `architecture`: `arm64` (cheaper) or `x86_64`.
    - `memory_size`: in MB.
    - `timeout`: in seconds, from 60 to 900. What is not reached in this time is reported, and the next apply
      goes on with it.
    - `runtime`: the Lambda runtime.
    - `zip_path`: a zip of your own build instead of the one in this module.
    - `log_format`: `Text`, or `JSON`, in which Lambda's own lines are JSON, too.
  EOT
  type = object({
    architecture = optional(string, "arm64")
    memory_size  = optional(number, 256)
    timeout      = optional(number, 900)
    runtime      = optional(string, "python3.13")
    zip_path     = optional(string)
    log_format   = optional(string, "Text")
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["arm64", "x86_64"], var.function.architecture)
    error_message = "function.architecture must be arm64 or x86_64."
  }

  validation {
    condition = (
      var.function.memory_size >= 128
      && var.function.memory_size <= 10240
      && floor(var.function.memory_size) == var.function.memory_size
    )
    error_message = "function.memory_size must be a whole number from 128 to 10240 (MB)."
  }

  validation {
    condition = (
      var.function.timeout >= 60
      && var.function.timeout <= 900
      && floor(var.function.timeout) == var.function.timeout
    )
    error_message = "function.timeout must be a whole number from 60 to 900 (seconds), Lambda's limit."
  }

  validation {
    condition     = can(regex("^python3[.](1[1-9])$", var.function.runtime))
    error_message = "function.runtime must be a Python runtime of Lambda, python3.11 or newer."
  }

  validation {
    condition     = contains(["Text", "JSON"], var.function.log_format)
    error_message = "function.log_format must be Text or JSON."
  }
}

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the function's own log: a line for each load balancer and bucket of each run, which says what was found, decided and done."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition = contains([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ], var.log_retention_days)
    error_message = "log_retention_days must be a retention that CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "iam" {
  description = <<-EOT
    What your account asks of the function's role.
    - `path`: the path of the role, such as `/platform/logs/`.
    - `permissions_boundary_arn`: a policy that limits what the role may do. It has to allow what the function
      needs, see the role's policy.
    - `bucket_names`: the buckets of this account whose policy and notifications the function may change, as
      names or patterns with `*` and `?`; by default all, since a load balancer may log to any of them. A bucket
      that is no longer wanted has to stay for one more apply, which takes out what is in it.
  EOT
  type = object({
    path                     = optional(string, "/")
    permissions_boundary_arn = optional(string)
    bucket_names             = optional(list(string), ["*"])
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^/([a-zA-Z0-9+=,.@_-]+/)*$", var.iam.path))
    error_message = "iam.path must begin and end with a slash, with letters, digits and +=,.@_- between slashes, such as /platform/logs/, or be a slash alone."
  }

  validation {
    condition = (
      var.iam.permissions_boundary_arn == null
      || can(regex(
        "^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[a-zA-Z0-9+=,.@_/-]+$",
        var.iam.permissions_boundary_arn
      ))
    )
    error_message = "iam.permissions_boundary_arn must be the ARN of an IAM policy, arn:aws:iam::<account>:policy/<name>."
  }

  validation {
    condition = (
      length(var.iam.bucket_names) > 0
      && alltrue([for name in var.iam.bucket_names : can(regex("^[a-z0-9.*?-]{1,63}$", name))])
    )
    error_message = "iam.bucket_names must be at least one name of a bucket, or pattern with * and ?, such as shop-*-logs. Give names, not ARNs."
  }
}

variable "kms_key_arn" {
  description = <<-EOT
    A customer managed KMS key, in this region, for the topic, the dead-letter queue and the log group; empty
    for AWS's own keys, and a key of its own for the topic. The key's policy has to hold the statements of the
    output `kms_key_statements`, which do not depend on this input: key and onboarding can be made by one
    configuration.
  EOT
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition = (
      var.kms_key_arn == ""
      || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$", var.kms_key_arn))
    )
    error_message = "kms_key_arn must be the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>, or empty. An alias does not do: policies name keys."
  }
}

variable "monitoring" {
  description = <<-EOT
    How you learn of load balancers that could not be onboarded when they were made. An apply tells it itself.
    - `alarms`: alarms on errors of the function, and on what it has given up. Each says what to do next, and
      has a monthly price.
    - `alarm_topic_arns`, `ok_topic_arns`: up to 5 SNS topics each, in this region, for an alarm that goes off,
      and for one that is over. A topic under a customer managed key has to let `cloudwatch.amazonaws.com` use
      the key.
  EOT
  type = object({
    alarms           = optional(bool, true)
    alarm_topic_arns = optional(list(string), [])
    ok_topic_arns    = optional(list(string), [])
  })
  default  = {}
  nullable = false

  validation {
    condition = (
      length(var.monitoring.alarm_topic_arns) <= 5
      && alltrue([
        for arn in var.monitoring.alarm_topic_arns : can(regex(
          "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,256}([.]fifo)?$",
          arn
        ))
      ])
    )
    error_message = "monitoring.alarm_topic_arns must be at most 5 ARNs of SNS topics, arn:aws:sns:<region>:<account>:<name>."
  }

  validation {
    condition = (
      length(var.monitoring.ok_topic_arns) <= 5
      && alltrue([
        for arn in var.monitoring.ok_topic_arns : can(regex(
          "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,256}([.]fifo)?$",
          arn
        ))
      ])
    )
    error_message = "monitoring.ok_topic_arns must be at most 5 ARNs of SNS topics, arn:aws:sns:<region>:<account>:<name>."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
