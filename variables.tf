# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/root and run `make modules`.

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
    The Loki that receives the log lines, how they are pushed and with which labels. Labels are made in this
    order: `extra_labels`, `drop_labels`, `relabel_configs`, `stage_configs`.
    - `write_address`: its push URL, with the path; for example `https://loki.example.com/loki/api/v1/push`.
      With a created network it has to be known at plan: its port becomes a rule.
    - `tenant_id`: sent as `X-Scope-OrgID`, for a Loki with several tenants.
    - `skip_tls_verify`: takes any certificate, so that anybody on the way can read and change the lines; for
      a test only. `ca_bundle` is the way to trust a certificate of your own.
    - `ca_bundle`: the certificates to trust instead of the public ones, in PEM: the text itself, the path of
      a file in the function's package, or the ARN of a secret as in `loki_credential_arns`.
    - `batch_size`: bytes of log lines in one push; without it, the function's own default.
    - `push_concurrency`: how many pushes are under way at once, 1 to 16.
    - `max_line_size`: bytes of the longest line that Loki takes; its own `limits_config.max_line_size`.
    - `long_lines`: what becomes of longer lines: `cut`, with a mark, or `drop`.
    - `keep_stream`: adds the label `__aws_cloudwatch_log_stream` to what comes from CloudWatch Logs.
    - `extra_labels`: labels of every line; Loki sees each name with the prefix `__extra_`.
    - `omit_extra_labels_prefix`: leaves that prefix out.
    - `drop_labels`: names of labels to leave out.
    - `stage_configs`: Promtail's pipeline stages, each an object with one member, the stage's name, as in
      `[{ drop = { expression = "health" } }, { labels = { level = null } }]`. The type is `any` because each
      stage has members of its own, which Terraform cannot describe in one list; the function checks them
      when it starts.
    - `relabel_configs`: Prometheus's relabel rules. What is left out has Prometheus's default;
      `replacement = ""` takes the label away. In HCL a group's reference is
      written with two dollar signs: `$$${1}`.
    - `tenant_rules`: a tenant for each source; the first rule of which all given members fit decides, else
      `tenant_id`: `account` (owner of the load balancer), `bucket` (a name, or a glob such as `team-a-*`),
      `prefix` (how the object's key begins).
  EOT
  type = object({
    write_address            = string
    tenant_id                = optional(string, "")
    skip_tls_verify          = optional(bool, false)
    ca_bundle                = optional(string, "")
    batch_size               = optional(number)
    push_concurrency         = optional(number, 4)
    max_line_size            = optional(number, 262144)
    long_lines               = optional(string, "cut")
    keep_stream              = optional(bool, false)
    extra_labels             = optional(map(string), {})
    omit_extra_labels_prefix = optional(bool, false)
    drop_labels              = optional(list(string), [])
    stage_configs            = optional(any, [])
    relabel_configs = optional(list(object({
      source_labels = optional(list(string))
      separator     = optional(string)
      target_label  = optional(string)
      regex         = optional(string)
      modulus       = optional(number)
      replacement   = optional(string)
      action        = optional(string)
    })), [])
    tenant_rules = optional(list(object({
      account = optional(string)
      bucket  = optional(string)
      prefix  = optional(string)
      tenant  = string
    })), [])
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
      can(regex("^[a-zA-Z0-9!_.*'()-]{0,150}$", var.loki.tenant_id))
      && !contains([".", ".."], var.loki.tenant_id)
    )
    error_message = "loki.tenant_id must be at most 150 letters, digits and !_.*'()- as Loki wants it, and neither . nor ..; or empty for a Loki with one tenant."
  }

  validation {
    condition = (
      var.loki.ca_bundle == ""
      || (
        strcontains(var.loki.ca_bundle, "-----BEGIN CERTIFICATE-----")
        && !strcontains(var.loki.ca_bundle, "PRIVATE KEY")
      )
      || can(regex(
        "^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[a-zA-Z0-9/_+=.@-]+-[a-zA-Z0-9]{6}|ssm:[a-z0-9-]+:[0-9]{12}:parameter/[a-zA-Z0-9_./-]+)(#.+)?$",
        var.loki.ca_bundle
      ))
      || can(regex("^[a-zA-Z0-9_./-]+$", var.loki.ca_bundle))
    )
    error_message = "loki.ca_bundle must be certificates in PEM without a private key, the path of such a file in the function's package, or the whole ARN of a Secrets Manager secret or SSM parameter."
  }

  validation {
    condition = (
      var.loki.batch_size == null
      || try(
        (
          var.loki.batch_size >= 1
          && var.loki.batch_size <= 6291456
          && floor(var.loki.batch_size) == var.loki.batch_size
        ),
        false
      )
    )
    error_message = "loki.batch_size must be a whole number of bytes from 1 to 6291456 (Loki's burst limit, above which it never takes a push); leave it out for the function's own default."
  }

  validation {
    condition = (
      var.loki.push_concurrency >= 1
      && var.loki.push_concurrency <= 16
      && floor(var.loki.push_concurrency) == var.loki.push_concurrency
    )
    error_message = "loki.push_concurrency must be a whole number of pushes from 1 to 16."
  }

  validation {
    condition = (
      var.loki.max_line_size >= 128
      && var.loki.max_line_size <= 1048576
      && floor(var.loki.max_line_size) == var.loki.max_line_size
    )
    error_message = "loki.max_line_size must be a whole number of bytes from 128 to 1048576; give Loki's own limits_config.max_line_size, 262144 by default."
  }

  validation {
    condition     = contains(["cut", "drop"], var.loki.long_lines)
    error_message = "loki.long_lines must be cut (keep the beginning, with a mark) or drop."
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

  validation {
    condition     = alltrue([for name in var.loki.drop_labels : can(regex("^[a-zA-Z_][a-zA-Z0-9_]*$", name))])
    error_message = "Each name in loki.drop_labels must be the whole name of a label: letters, digits and underscores, not starting with a digit, with its prefix, such as __extra_team."
  }

  validation {
    condition = try(
      (
        startswith(jsonencode(var.loki.stage_configs), "[")
        && alltrue([
          for stage in var.loki.stage_configs : (
            length(keys(stage)) == 1
            && contains([
              "drop",
              "json",
              "labelallow",
              "labeldrop",
              "labels",
              "limit",
              "logfmt",
              "match",
              "output",
              "regex",
              "replace",
              "sampling",
              "static_labels",
              "structured_metadata",
              "tenant",
              "timestamp",
            ], keys(stage)[0])
          )
        ])
      ),
      false
    )
    error_message = "loki.stage_configs must be a list of objects, each with one member, named for a stage that the function has: drop, json, labelallow, labeldrop, labels, limit, logfmt, match, output, regex, replace, sampling, static_labels, structured_metadata, tenant or timestamp. Two stages are two objects of the list."
  }

  validation {
    condition = alltrue([
      for rule in var.loki.relabel_configs : (
        rule.action == null
        || try(contains([
          "replace",
          "lowercase",
          "uppercase",
          "hashmod",
          "keepequal",
          "dropequal",
          "keep",
          "drop",
          "labelmap",
          "labeldrop",
          "labelkeep",
        ], rule.action), false)
      )
    ])
    error_message = "Each action in loki.relabel_configs must be one of Prometheus's, in small letters: replace, lowercase, uppercase, hashmod, keepequal, dropequal, keep, drop, labelmap, labeldrop or labelkeep."
  }

  validation {
    condition = alltrue([
      for rule in var.loki.relabel_configs : (
        contains(["keep", "drop", "labelmap", "labeldrop", "labelkeep"], coalesce(rule.action, "replace"))
        || try(length(rule.target_label) > 0, false)
      )
    ])
    error_message = "Each of loki.relabel_configs whose action is replace, lowercase, uppercase, hashmod, keepequal or dropequal needs a target_label; without an action it is replace."
  }

  validation {
    condition = alltrue([
      for rule in var.loki.relabel_configs : (
        coalesce(rule.action, "replace") != "hashmod"
        || try(rule.modulus >= 1 && floor(rule.modulus) == rule.modulus, false)
      )
    ])
    error_message = "Each of loki.relabel_configs whose action is hashmod needs a modulus, a whole number of at least 1."
  }

  validation {
    condition = alltrue([
      for rule in var.loki.relabel_configs : rule.regex == null || can(replace("", "/${rule.regex}/", ""))
    ])
    error_message = "Each regex in loki.relabel_configs must be a regular expression in RE2's syntax: without look-around and back references."
  }

  validation {
    condition = alltrue([
      for rule in var.loki.tenant_rules : anytrue([
        for part in [rule.account, rule.bucket, rule.prefix] : part != null
      ])
    ])
    error_message = "Each of loki.tenant_rules must say which objects it is for, by account, bucket or prefix; the tenant of all others is loki.tenant_id."
  }

  validation {
    condition = alltrue([
      for rule in var.loki.tenant_rules : (
        (rule.account == null || can(regex("^[0-9]{12}$", rule.account)))
        && (rule.bucket == null || can(regex("^[a-z0-9.*?!\\[\\]-]+$", rule.bucket)))
        && (rule.prefix == null || can(regex("^[^/\\s][^\\s]*$", rule.prefix)))
      )
    ])
    error_message = "In loki.tenant_rules account must be a 12-digit AWS account id in quotes, bucket a bucket's name or a glob of it, and prefix how an object's key begins, without a slash in front."
  }

  validation {
    condition = alltrue([
      for rule in var.loki.tenant_rules : (
        can(regex("^[a-zA-Z0-9!_.*'()-]{0,150}$", rule.tenant))
        && !contains(["", ".", ".."], rule.tenant)
      )
    ])
    error_message = "Each tenant in loki.tenant_rules must be 1 to 150 letters, digits and !_.*'()- as Loki wants it, and neither . nor .."
  }
}

variable "loki_credentials" {
  description = <<-EOT
    How the function identifies itself to Loki: exactly one of the three. Each value may be the ARN of a secret
    in `loki_credential_arns` instead.
    - `username` and `password`: basic authentication; on Grafana Cloud the user's number and a token.
    - `bearer_token`: sent as `Authorization: Bearer`.
    - `anonymous`: true for a Loki that asks for nothing, which must then be closed to others by its network.

    The values reach the function's environment and the Terraform state. Keep that state encrypted, or use
    `loki_credential_arns`.
  EOT
  type = object({
    username     = optional(string, "")
    password     = optional(string, "")
    bearer_token = optional(string, "")
    anonymous    = optional(bool, false)
  })
  default   = {}
  sensitive = true
  nullable  = false

  validation {
    condition = (var.loki_credentials.username != "" || var.loki_credential_arns.username != null) == (
      var.loki_credentials.password != ""
      || var.loki_credential_arns.password != null
    )
    error_message = "username and password go together: set both, or neither, each in loki_credentials or, as the ARN of a secret, in loki_credential_arns."
  }

  validation {
    condition = length([
      for given in [
        (
          var.loki_credentials.username != ""
          || var.loki_credential_arns.username != null
          || var.loki_credentials.password != ""
          || var.loki_credential_arns.password != null
        ),
        var.loki_credentials.bearer_token != "" || var.loki_credential_arns.bearer_token != null,
        var.loki_credentials.anonymous,
      ] : given
      if given
    ]) == 1
    error_message = "loki_credentials and loki_credential_arns must hold together exactly one kind: username with password, or bearer_token, or anonymous = true for a Loki that asks for no credentials."
  }

  validation {
    condition = alltrue([
      for name in ["username", "password", "bearer_token"] : (
        var.loki_credentials[name] == ""
        || var.loki_credential_arns[name] == null
      )
    ])
    error_message = "loki_credential_arns and loki_credentials must not both hold the same of username, password and bearer_token: remove the value from loki_credentials."
  }

  validation {
    condition = alltrue([
      for value in [
        var.loki_credentials.username,
        var.loki_credentials.password,
        var.loki_credentials.bearer_token,
      ] : !can(regex("^arn:[a-z-]+:(secretsmanager|ssm):", value))
    ])
    error_message = "loki_credentials must hold the values themselves. Put the ARN of a secret into loki_credential_arns, which also lets the function read it."
  }

  validation {
    condition = (
      can(regex("^([!-~]([ -~]*[!-~])?)?$", var.loki_credentials.bearer_token))
      && !strcontains(var.loki_credentials.username, ":")
    )
    error_message = "loki_credentials.username must be without a colon, and bearer_token without line ends or spaces at its ends: HTTP cannot carry them. A token read by file() ends in a line end; wrap it in trimspace()."
  }
}

variable "loki_credential_arns" {
  description = <<-EOT
    Secrets that the function reads itself, so that no value of them is in a plan, in the Terraform state or in
    the function's environment.
    - `username`, `password`, `bearer_token`: each the whole ARN of a Secrets Manager secret or of an SSM
      parameter; for a secret that holds JSON, with the member's key behind a `#`:
      `arn:aws:secretsmanager:eu-west-1:111111111111:secret:loki-AbCdEf#password`.
    - `kms_key_arns`: the customer managed keys that they are encrypted with, if any.
    - `lifetime`: seconds that the function keeps what it has read. It reads again at once when Loki refuses
      the credentials, so that a rotation needs no deployment.

    The function's role may read these secrets and no others. A secret of another account has to allow the
    role, too.
  EOT
  type = object({
    username     = optional(string)
    password     = optional(string)
    bearer_token = optional(string)
    kms_key_arns = optional(list(string), [])
    lifetime     = optional(number, 300)
  })
  default  = {}
  nullable = false

  validation {
    condition = alltrue([
      for name in ["username", "password", "bearer_token"] : (
        var.loki_credential_arns[name] == null
        || can(regex(
          "^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[a-zA-Z0-9/_+=.@-]+-[a-zA-Z0-9]{6}|ssm:[a-z0-9-]+:[0-9]{12}:parameter/[a-zA-Z0-9_./-]+)(#.+)?$",
          var.loki_credential_arns[name]
        ))
      )
    ])
    error_message = "Each of loki_credential_arns must be the whole ARN of a Secrets Manager secret, with the six random characters at its end, or of an SSM parameter, and behind it a # and the key of a JSON member where wanted. A value itself belongs into loki_credentials."
  }

  validation {
    condition = alltrue([
      for arn in var.loki_credential_arns.kms_key_arns : can(regex(
        "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$",
        arn
      ))
    ])
    error_message = "Each of loki_credential_arns.kms_key_arns must be the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>. An alias does not do: policies name keys."
  }

  validation {
    condition = (
      length(var.loki_credential_arns.kms_key_arns) == 0
      || startswith(var.loki.ca_bundle, "arn:")
      || !alltrue([
        for name in ["username", "password", "bearer_token"] : var.loki_credential_arns[name] == null
      ])
    )
    error_message = "loki_credential_arns.kms_key_arns are the keys of secrets, and there is no secret: give username, password or bearer_token there, or an ARN as loki.ca_bundle."
  }

  validation {
    condition = (
      var.loki_credential_arns.lifetime >= 0
      && var.loki_credential_arns.lifetime <= 86400
      && floor(var.loki_credential_arns.lifetime) == var.loki_credential_arns.lifetime
    )
    error_message = "loki_credential_arns.lifetime must be a whole number of seconds from 0 to 86400."
  }
}

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

variable "force_destroy" {
  description = "Lets `terraform destroy` delete a created bucket with the logs in it."
  type        = bool
  default     = false
  nullable    = false
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
}

variable "content" {
  description = <<-EOT
    What is made of load balancer log lines. By default they reach Loki as they are.
    - `structured_metadata`: names of fields that each line carries as structured metadata, such as
      `elb_status_code`, `client_ip`, `target_processing_time`, `method`, `path`, `user_agent` or `trace_id`.
    - `labels`: labels of few values: `log_kind`, `load_balancer_type` (application, network or classic),
      `status_class` (2xx to 5xx).
    - `output_format`: `original`, or each line as `json` or `logfmt`.
    - `redact`: `client_ip` zeroes the end of each client's address, `query_string` takes query strings out of
      URLs; in the line and in all that is made of it.
    - `print_log_line`: also writes every line to the function's own log, which CloudWatch charges for.
    - `filter_rules`: which lines are kept; the first rule that fits a line decides, and a line without one is
      kept. `match`: regular expressions (RE2) by field, each for the whole value; `kind` is the kind of log.
      `keep`: the share that is kept, 0 to 1. All errors, and one of a hundred health checks:
      `[{ match = { elb_status_code = "5.." }, keep = 1 }, { match = { path = "/health" }, keep = 0.01 }]`.
  EOT
  type = object({
    structured_metadata = optional(list(string), [])
    labels              = optional(list(string), [])
    output_format       = optional(string, "original")
    redact              = optional(list(string), [])
    print_log_line      = optional(bool, false)
    filter_rules = optional(list(object({
      match = map(string)
      keep  = number
    })), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in var.content.structured_metadata : can(regex("^[a-z][a-z0-9_]*$", name))])
    error_message = "Each of content.structured_metadata must be the name of a field, in small letters, digits and underscores, such as elb_status_code."
  }

  validation {
    condition = alltrue([
      for name in var.content.labels : contains(["log_kind", "load_balancer_type", "status_class"], name)
    ])
    error_message = "Each of content.labels must be log_kind, load_balancer_type or status_class. A field with many values belongs into content.structured_metadata."
  }

  validation {
    condition     = contains(["original", "json", "logfmt"], var.content.output_format)
    error_message = "content.output_format must be original, json or logfmt."
  }

  validation {
    condition     = alltrue([for name in var.content.redact : contains(["client_ip", "query_string"], name)])
    error_message = "Each of content.redact must be client_ip or query_string."
  }

  validation {
    condition = alltrue([
      for rule in var.content.filter_rules : (
        length(rule.match) > 0
        && alltrue([for name in keys(rule.match) : can(regex("^[a-z][a-z0-9_]*$", name))])
      )
    ])
    error_message = "Each match in content.filter_rules must name at least one field, or kind, in small letters, digits and underscores."
  }

  validation {
    condition = alltrue([
      for rule in var.content.filter_rules : alltrue([
        for value in values(rule.match) : can(replace("", "/${value}/", ""))
      ])
    ])
    error_message = "Each value of a match in content.filter_rules must be a regular expression in RE2's syntax: without look-around and back references."
  }

  validation {
    condition     = alltrue([for rule in var.content.filter_rules : rule.keep >= 0 && rule.keep <= 1])
    error_message = "Each keep in content.filter_rules must be a share from 0 (none) to 1 (all)."
  }
}

variable "network" {
  description = <<-EOT
    Where the function runs.
    - `mode`: `none` leaves the function outside of any VPC, which costs nothing and reaches every public
      Loki. `created` makes a VPC with NAT gateways, so that Loki sees fixed addresses; the gateways and
      their addresses are charged by the hour. `existing` puts it into subnets that are there.

    Of the mode `created`:
    - `cidr_block`: the VPC's address range, /16 to /24. Subnets are its sixteenths: the first is the private
      one of the first zone, the second its public one, the third the private one of the second zone.
    - `availability_zones`: the zones by name; without any AWS chooses one. Give one where AWS chose a zone
      without NAT gateways or Lambda, such as `use1-az3`. Add further ones at the end: ranges go by
      position, so that a place's zone is exchanged only together with `cidr_block`, which makes a new VPC.
    - `nat_gateways`: `one` for all zones, or `per_zone`, so that no zone depends on another.
    - `s3_endpoint`: the way to the log objects, past the NAT gateways: `gateway`, which is free, or
      `interface`, charged by the hour and the byte, where a rule of yours forbids S3's public addresses.
    - `flow_logs`: a log of the VPC's connections in CloudWatch, kept for `retention_days`.

    Of the mode `existing`:
    - `subnet_ids`: up to 16 private subnets. From there the function has to reach Loki, S3 and, where they
      are used, SQS, SSM and Secrets Manager: by NAT gateways or VPC endpoints.
    - `security_group_ids`: up to 5 groups, which have to let HTTPS and the port of Loki out.
  EOT
  type = object({
    mode               = optional(string, "none")
    cidr_block         = optional(string, "10.100.0.0/16")
    availability_zones = optional(list(string), [])
    nat_gateways       = optional(string, "one")
    s3_endpoint        = optional(string, "gateway")
    subnet_ids         = optional(list(string), [])
    security_group_ids = optional(list(string), [])
    flow_logs = optional(object({
      enabled        = optional(bool, false)
      retention_days = optional(number, 14)
    }), {})
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["none", "created", "existing"], var.network.mode)
    error_message = "network.mode must be none (no VPC), created (a VPC with NAT gateways) or existing (subnets that are there)."
  }

  validation {
    condition = (
      can(cidrhost(var.network.cidr_block, 0))
      && can(regex("^[0-9.]+/", var.network.cidr_block))
      && can(regex("/(1[6-9]|2[0-4])$", var.network.cidr_block))
      && try(cidrhost(var.network.cidr_block, 0) == split("/", var.network.cidr_block)[0], false)
    )
    error_message = "network.cidr_block must be an IPv4 range of /16 to /24 in CIDR notation, with its first address, such as 10.100.0.0/16: each subnet is a sixteenth of it, and EC2 takes subnets down to /28."
  }

  validation {
    condition = (
      length(var.network.availability_zones) <= 8
      && length(distinct(var.network.availability_zones)) == length(var.network.availability_zones)
      && alltrue([
        for zone in var.network.availability_zones : can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]+[a-z]$", zone))
      ])
    )
    error_message = "network.availability_zones must be at most 8 different zones by their names, such as eu-west-1a. Zone ids, such as euw1-az1, and Local Zones do not do."
  }

  validation {
    condition     = contains(["one", "per_zone"], var.network.nat_gateways)
    error_message = "network.nat_gateways must be one or per_zone."
  }

  validation {
    condition     = contains(["gateway", "interface"], var.network.s3_endpoint)
    error_message = "network.s3_endpoint must be gateway or interface."
  }

  validation {
    condition = contains([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
    ], var.network.flow_logs.retention_days)
    error_message = "network.flow_logs.retention_days must be a retention that CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }

  validation {
    condition = (
      var.network.mode == "created"
      || (length(var.network.availability_zones) == 0 && !var.network.flow_logs.enabled)
    )
    error_message = "network.availability_zones and network.flow_logs are of a VPC that is made: set network.mode to created, or leave them out."
  }

  validation {
    condition = (
      var.network.mode == "existing"
      ? length(var.network.subnet_ids) > 0 && length(var.network.security_group_ids) > 0
      : length(var.network.subnet_ids) == 0 && length(var.network.security_group_ids) == 0
    )
    error_message = "network.subnet_ids and network.security_group_ids must both be given with network.mode existing, and neither with another mode."
  }

  validation {
    condition = (
      length(var.network.subnet_ids) <= 16
      && alltrue([for id in var.network.subnet_ids : can(regex("^subnet-[0-9a-f]+$", id))])
    )
    error_message = "network.subnet_ids must be at most 16 ids of subnets, Lambda's limit, such as subnet-0a1b2c3d4e5f67890."
  }

  validation {
    condition = (
      length(var.network.security_group_ids) <= 5
      && alltrue([for id in var.network.security_group_ids : can(regex("^sg-[0-9a-f]+$", id))])
    )
    error_message = "network.security_group_ids must be at most 5 ids of security groups, Lambda's limit, such as sg-0a1b2c3d4e5f67890."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
