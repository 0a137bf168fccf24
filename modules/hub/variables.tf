# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

variable "name" {
  description = "Name of the function and its role, and prefix of the names of everything around them. Roles are global: hubs in several regions of one account need different names."
  type        = string
  default     = "alb-loki"
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,40}$", var.name))
    error_message = "name must be 1 to 40 letters, digits, hyphens or underscores: the names made from it have to fit IAM's and Lambda's limit of 64."
  }
}

variable "loki" {
  description = <<-EOT
    The Loki that receives the log lines.
    - `write_address`: its push URL, with the path; for example `https://loki.example.com/loki/api/v1/push`.
      With a created network it has to be known at plan: its port becomes a rule.
    - `tenant_id`: sent as `X-Scope-OrgID`, for a Loki with several tenants.
    - `batch_size`: bytes of log lines in one push.
    - `keep_stream`: adds the label `__aws_cloudwatch_log_stream` to what comes from CloudWatch Logs.
    - `extra_labels`: labels of every line; Loki sees each name with the prefix `__extra_`.
  EOT
  type = object({
    write_address = string
    tenant_id     = optional(string, "")
    batch_size    = optional(number, 131072)
    keep_stream   = optional(bool, false)
    extra_labels  = optional(map(string), {})
  })
  nullable = false

  validation {
    condition = (
      can(regex("^https?://[^/?#@\\s]+/[^#\\s]*$", var.loki.write_address))
      && try(tonumber(regex("^https?://[^/]+:([0-9]+)/", var.loki.write_address)[0]), 443) <= 65535
    )
    error_message = "loki.write_address must be the HTTP(S) URL of Loki's push API, with its path and without credentials or a fragment in it, such as https://loki.example.com/loki/api/v1/push."
  }

  validation {
    condition = (
      var.loki.batch_size >= 1
      && var.loki.batch_size <= 6291456
      && floor(var.loki.batch_size) == var.loki.batch_size
    )
    error_message = "loki.batch_size must be a whole number of bytes from 1 to 6291456 (Loki's burst limit, above which it never takes a push); the default is 131072."
  }

  validation {
    condition     = can(regex("^[a-zA-Z0-9!_.*'()-]{0,150}$", var.loki.tenant_id))
    error_message = "loki.tenant_id must be at most 150 letters, digits and !_.*'()- as Loki wants it, or empty for a Loki with one tenant."
  }

  validation {
    condition = alltrue([
      for name, value in var.loki.extra_labels : (
        can(regex("^[a-zA-Z_][a-zA-Z0-9_]*$", name))
        && can(regex("^[^,]+$", value))
      )
    ])
    error_message = "Each name in loki.extra_labels must be letters, digits and underscores, not starting with a digit, and each value must be without commas and not empty: the function gets them as one comma-separated list."
  }
}

variable "loki_credentials" {
  description = <<-EOT
    How the function identifies itself to Loki: exactly one of the three.
    - `username` and `password`: basic authentication; on Grafana Cloud the user's number and a token.
    - `bearer_token`: sent as `Authorization: Bearer`.
    - `anonymous`: true for a Loki that asks for nothing, which must then be closed to others by its network.

    The values reach the function's environment and the Terraform state. Keep that state encrypted.
  EOT
  type = object({
    username     = optional(string, "")
    password     = optional(string, "")
    bearer_token = optional(string, "")
    anonymous    = optional(bool, false)
  })
  sensitive = true
  nullable  = false

  validation {
    condition     = (var.loki_credentials.username == "") == (var.loki_credentials.password == "")
    error_message = "loki_credentials.username and loki_credentials.password go together: set both, or neither."
  }

  validation {
    condition = length([
      for given in [
        var.loki_credentials.username != "" || var.loki_credentials.password != "",
        var.loki_credentials.bearer_token != "",
        var.loki_credentials.anonymous,
      ] : given
      if given
    ]) == 1
    error_message = "loki_credentials must hold exactly one kind: username with password, or bearer_token, or anonymous = true for a Loki that asks for no credentials."
  }

  validation {
    condition = alltrue([
      for value in [
        var.loki_credentials.username,
        var.loki_credentials.password,
        var.loki_credentials.bearer_token,
      ] : !can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", value))
    ])
    error_message = "loki_credentials must hold the values themselves: the function does not look up ARNs of Secrets Manager or SSM yet."
  }

  validation {
    condition = (
      !strcontains(var.loki_credentials.username, ":")
      && can(regex("^([!-~]([ -~]*[!-~])?)?$", var.loki_credentials.bearer_token))
    )
    error_message = "loki_credentials.username must be without a colon, and bearer_token without line ends or spaces at its ends: HTTP cannot carry them. A token read by file() ends in a line end; wrap it in trimspace()."
  }
}

variable "spokes" {
  description = <<-EOT
    Log buckets that feed this hub, by a name of your choice. Add a spoke here before its own module is
    applied: S3 checks that it may invoke the function when the notification is made.
    - `account_id`: the AWS account that owns the bucket, and whose load balancers write to it.
    - `bucket_name`: the bucket that Elastic Load Balancing writes to.
    - `prefix`: the key prefix in front of `AWSLogs`, without slashes at its ends.
  EOT
  type = map(object({
    account_id  = string
    bucket_name = string
    prefix      = optional(string, "")
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.spokes) : can(regex("^[a-zA-Z0-9_-]{1,80}$", name))])
    error_message = "Each name in spokes must be 1 to 80 letters, digits, hyphens or underscores: it becomes part of a permission's statement id."
  }

  validation {
    condition     = alltrue([for spoke in values(var.spokes) : can(regex("^[0-9]{12}$", spoke.account_id))])
    error_message = "Every spoke's account_id must be a 12-digit AWS account id, in quotes: leading zeros count."
  }

  validation {
    condition = alltrue([
      for spoke in values(var.spokes) : (
        can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", spoke.bucket_name))
        && !can(regex(
          "[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$",
          spoke.bucket_name
        ))
      )
    ])
    error_message = "Every spoke's bucket_name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, starting and ending with a letter or digit. Give the name, not an ARN or URL."
  }

  validation {
    condition = alltrue([
      for spoke in values(var.spokes) : (
        can(regex("^([a-zA-Z0-9!_.'()-]+(/[a-zA-Z0-9!_.'()-]+)*)?$", spoke.prefix))
        && !strcontains(spoke.prefix, "AWSLogs")
      )
    ])
    error_message = "Every spoke's prefix must be of letters, digits and !_.'()- between single slashes, with no slash at its ends, and no AWSLogs in it: Elastic Load Balancing adds /AWSLogs/<account> itself and refuses a prefix that contains it. Use logs/team-a, for example, or an empty string."
  }

  validation {
    condition     = length(distinct([for spoke in values(var.spokes) : spoke.bucket_name])) == length(var.spokes)
    error_message = "Two spokes name the same bucket. A bucket has one notification configuration, so it is one spoke."
  }
}

variable "function" {
  description = <<-EOT
    The promtail function.
    - `architecture`: `arm64` (cheaper) or `x86_64`.
    - `memory_size`: in MB.
    - `timeout`: in seconds, at most 900. An object that takes longer is tried again from its beginning.
    - `runtime`: the Lambda runtime of the zip. The zip in this module is built for the default.
    - `zip_path`: a zip of your own build instead of the one in this module.
    - `image_uri`: a container image in Amazon ECR instead of a zip.
  EOT
  type = object({
    architecture = optional(string, "arm64")
    memory_size  = optional(number, 256)
    timeout      = optional(number, 60)
    runtime      = optional(string, "python3.13")
    zip_path     = optional(string)
    image_uri    = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["arm64", "x86_64"], var.function.architecture)
    error_message = "function.architecture must be arm64 or x86_64."
  }

  validation {
    condition     = var.function.memory_size >= 128 && var.function.memory_size <= 10240
    error_message = "function.memory_size must be 128 to 10240 (MB)."
  }

  validation {
    condition     = var.function.timeout >= 1 && var.function.timeout <= 900
    error_message = "function.timeout must be 1 to 900 (seconds), Lambda's limit."
  }

  validation {
    condition     = can(regex("^python3[.](1[1-9])$", var.function.runtime))
    error_message = "function.runtime must be a Python runtime of Lambda, python3.11 or newer."
  }

  validation {
    condition = (
      var.function.runtime == "python3.13"
      || var.function.zip_path != null
      || var.function.image_uri != null
    )
    error_message = "The zip in this module is built for function.runtime python3.13. For another runtime give function.zip_path, a zip that is built for it."
  }

  validation {
    condition     = var.function.zip_path == null || var.function.image_uri == null
    error_message = "function.zip_path and function.image_uri exclude each other: a function is a zip or an image."
  }

  validation {
    condition = (
      var.function.image_uri == null
      || can(regex(
        "^[0-9]{12}[.]dkr[.-]ecr(-fips)?[.][a-z0-9.-]+/[a-z0-9._/-]+(:[a-zA-Z0-9_.-]+|(:[a-zA-Z0-9_.-]+)?@sha256:[0-9a-f]{64})$",
        var.function.image_uri
      ))
    )
    error_message = "function.image_uri must be the URI of an image in Amazon ECR, with its tag or digest: <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>. Lambda runs images from nowhere else."
  }
}

variable "network" {
  description = <<-EOT
    Where the function runs.
    - `mode`: `none` leaves the function outside of any VPC, which costs nothing and reaches every public
      Loki. `created` makes a VPC with a NAT gateway, so that Loki sees one fixed address; the gateway, its
      address and the S3 endpoint are charged by the hour.
    - `cidr_block`, `private_subnet_cidr_block`, `public_subnet_cidr_block`: the created VPC's address ranges.
    - `availability_zone`: the zone of the created subnets; without it AWS chooses one. Give one where AWS
      chose a zone without NAT gateways or Lambda, such as `use1-az3`.
  EOT
  type = object({
    mode                      = optional(string, "none")
    cidr_block                = optional(string, "10.100.0.0/16")
    private_subnet_cidr_block = optional(string, "10.100.0.0/20")
    public_subnet_cidr_block  = optional(string, "10.100.16.0/20")
    availability_zone         = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["none", "created"], var.network.mode)
    error_message = "network.mode must be none (no VPC) or created (a VPC with a NAT gateway)."
  }

  validation {
    condition = alltrue([
      for block in [
        var.network.cidr_block,
        var.network.private_subnet_cidr_block,
        var.network.public_subnet_cidr_block,
      ] : can(cidrhost(block, 0)) && !strcontains(block, ":")
    ])
    error_message = "network.cidr_block, private_subnet_cidr_block and public_subnet_cidr_block must be IPv4 ranges in CIDR notation, such as 10.100.0.0/16."
  }
}

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the function's own log: one line per object, not the log lines."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition = contains([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ], var.log_retention_days)
    error_message = "log_retention_days must be a retention that CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
