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

variable "spokes" {
  description = <<-EOT
    Log buckets that feed this hub, by a name of your choice. Add a spoke here before its own module is
    applied: S3 checks that it may send to the queue, or invoke the function, when the notification is made.
    The buckets are in the hub's region. The README says how many spokes there can be.
    - `account_id`: the AWS account that owns the bucket.
    - `bucket_name`: the bucket that Elastic Load Balancing writes to.
    - `prefix`: the key prefix in front of `AWSLogs`, without slashes at its ends.
    - `prefixes`: further key prefixes, for a bucket whose load balancers have several; an empty string is the
      bucket's top.
    - `log_account_ids`: the accounts whose load balancers write to the bucket, and whose logs the function
      reads; empty for the owner's own.
    - `kms_key_arn`: the customer managed key of the bucket, if any. Its policy has to let the hub's role
      decrypt.
    - `topic_arn`: the SNS topic that S3 tells of the bucket's objects, where it does not tell the hub: it takes
      one rule for a key. The hub subscribes itself to the topic, whose policy has to let the hub's account
      do that. Terraform has to know the ARN at plan, as it does the output `topic_arn` of `alb-onboarding`;
      write that of a topic of your own from its parts, if the same configuration makes it.
    - `tenant_id`: the Loki tenant of the bucket's lines, where no rule of `loki.tenant_rules` has another;
      empty for `loki.tenant_id`.
    - `labels`: labels of the bucket's lines, which win over those of `loki.extra_labels` and get the same
      prefix.
  EOT
  type = map(object({
    account_id      = string
    bucket_name     = string
    prefix          = optional(string, "")
    prefixes        = optional(list(string), [])
    log_account_ids = optional(list(string), [])
    kms_key_arn     = optional(string, "")
    topic_arn       = optional(string, "")
    tenant_id       = optional(string, "")
    labels          = optional(map(string), {})
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
          "[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|--x-s3$|--table-s3$|[.]mrap$",
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
    condition = alltrue([
      for spoke in values(var.spokes) : alltrue([
        for prefix in spoke.prefixes : (
          can(regex("^([a-zA-Z0-9!_.'()-]+(/[a-zA-Z0-9!_.'()-]+)*)?$", prefix))
          && !strcontains(prefix, "AWSLogs")
        )
      ])
    ])
    error_message = "Each of a spoke's prefixes must be of letters, digits and !_.'()- between single slashes, with no slash at its ends, and no AWSLogs in it: Elastic Load Balancing adds /AWSLogs/<account> itself and refuses a prefix that contains it. Use logs/team-a, for example, or an empty string."
  }

  validation {
    condition = alltrue([
      for spoke in values(var.spokes) :
      length(distinct(concat([spoke.prefix], spoke.prefixes))) == 1 + length(spoke.prefixes)
    ])
    error_message = "A spoke's prefixes must name each prefix once, and not that of prefix again, which is an empty string unless you give one."
  }

  validation {
    condition = alltrue([
      for spoke in values(var.spokes) : alltrue([
        for id in spoke.log_account_ids : can(regex("^[0-9]{12}$", id))
      ])
    ])
    error_message = "Each of a spoke's log_account_ids must be a 12-digit AWS account id, in quotes: leading zeros count."
  }

  validation {
    condition = alltrue([
      for spoke in values(var.spokes) :
      length(distinct(spoke.log_account_ids)) == length(spoke.log_account_ids)
    ])
    error_message = "A spoke's log_account_ids must name each account once."
  }

  validation {
    condition = alltrue([
      for spoke in values(var.spokes) : (
        spoke.kms_key_arn == ""
        || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$", spoke.kms_key_arn))
      )
    ])
    error_message = "Every spoke's kms_key_arn must be the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>, or empty. An alias does not do: policies name keys."
  }

  validation {
    condition = alltrue([
      for spoke in values(var.spokes) : (
        spoke.topic_arn == ""
        || can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,256}$", spoke.topic_arn))
      )
    ])
    error_message = "Every spoke's topic_arn must be the ARN of a standard SNS topic, arn:aws:sns:<region>:<account>:<name>, or empty. S3 does not publish to FIFO topics."
  }

  validation {
    condition = alltrue([
      for spoke in values(var.spokes) : can(regex("^[a-zA-Z0-9!_.*'()-]{0,150}$", spoke.tenant_id))
    ])
    error_message = "Every spoke's tenant_id must be what Loki takes for a tenant: at most 150 letters, digits and !-_.*'(), or empty."
  }

  validation {
    condition = alltrue([
      for spoke in values(var.spokes) : alltrue([
        for name in keys(spoke.labels) : can(regex("^[a-zA-Z_][a-zA-Z0-9_]*$", name))
      ])
    ])
    error_message = "Each name in a spoke's labels must be letters, digits and underscores, not starting with a digit."
  }

  validation {
    condition     = length(distinct([for spoke in values(var.spokes) : spoke.bucket_name])) == length(var.spokes)
    error_message = "Two spokes name the same bucket. A bucket has one notification configuration, so it is one spoke."
  }
}

variable "organization_id" {
  description = <<-EOT
    ID of the AWS organization of all spokes, such as `o-a1b2c3d4e5`: for more spokes than policies can name,
    and for spokes that come and go without a change of the hub. S3 may then send to the queue for every bucket
    of the organization, and the function may read load balancers' logs in every bucket of it that allows the
    hub's role, and use every KMS key of it that allows the role, for S3 only. `spokes` is then needed only for
    what has a tenant or labels of its own. Terraform has to know the ID at plan.
  EOT
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(o-[a-z0-9]{10,32})?$", var.organization_id))
    error_message = "organization_id must be the ID of an AWS organization, o- and 10 to 32 small letters and digits, or an empty string."
  }

  validation {
    condition     = var.organization_id == "" || var.ingestion.mode == "queue"
    error_message = "organization_id needs ingestion.mode queue: Lambda cannot let S3 invoke a function for a whole organization."
  }
}

variable "ingestion" {
  description = <<-EOT
    How the news of a new object reaches the function.
    - `mode`: `queue`, the default, loses nothing: S3 writes to an SQS queue, where each message stays until its
      object is delivered, for `retention_days`. An object that takes longer than the function's timeout goes on
      where it stopped, and what fails again and again is kept in the dead-letter queue. `direct` lets S3 invoke
      the function: one hop less, but an object is tried three times within six hours and no more, from its
      beginning each time, and Lambda's own queue cannot be looked into. What is given up is in the dead-letter
      queue, too.
    - `batch_size`: messages in one invocation, at most 10. Only what failed of them comes again.
    - `maximum_concurrency`: invocations at once, 2 to 1000; what spares Loki when many objects come at once.
    - `max_receive_count`: how often a message is tried before it goes to the dead-letter queue. It is tried
      again after six times the function's timeout, so that the defaults bridge an hour without Loki.
    - `retention_days`: how long the queue keeps a message. The dead-letter queue keeps it until 14 days after
      it was sent.
    - `maximum_retry_attempts`, `maximum_event_age_seconds`: in mode `direct`, how often Lambda tries an event
      again, 0 to 2, and how old it may become, 60 to 21600. The defaults are Lambda's most.
  EOT
  type = object({
    mode                      = optional(string, "queue")
    batch_size                = optional(number, 10)
    maximum_concurrency       = optional(number, 10)
    max_receive_count         = optional(number, 10)
    retention_days            = optional(number, 14)
    maximum_retry_attempts    = optional(number, 2)
    maximum_event_age_seconds = optional(number, 21600)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["queue", "direct"], var.ingestion.mode)
    error_message = "ingestion.mode must be queue (S3 writes to a queue that feeds the function) or direct (S3 invokes the function)."
  }

  validation {
    condition = (
      var.ingestion.batch_size >= 1
      && var.ingestion.batch_size <= 10
      && floor(var.ingestion.batch_size) == var.ingestion.batch_size
    )
    error_message = "ingestion.batch_size must be a whole number of messages from 1 to 10."
  }

  validation {
    condition = (
      var.ingestion.maximum_concurrency >= 2
      && var.ingestion.maximum_concurrency <= 1000
      && floor(var.ingestion.maximum_concurrency) == var.ingestion.maximum_concurrency
    )
    error_message = "ingestion.maximum_concurrency must be a whole number from 2, the least that Lambda takes, to 1000. It is a limit for the queue alone; function.reserved_concurrency is one for the function."
  }

  validation {
    condition = (
      var.ingestion.max_receive_count >= 1
      && var.ingestion.max_receive_count <= 1000
      && floor(var.ingestion.max_receive_count) == var.ingestion.max_receive_count
    )
    error_message = "ingestion.max_receive_count must be a whole number from 1 to 1000. AWS recommends 5 or more: a message that is throttled counts as received, too."
  }

  validation {
    condition = (
      var.ingestion.retention_days >= 1
      && var.ingestion.retention_days <= 14
      && floor(var.ingestion.retention_days) == var.ingestion.retention_days
    )
    error_message = "ingestion.retention_days must be a whole number of days from 1 to 14, the most that SQS keeps."
  }

  validation {
    condition = (
      var.ingestion.maximum_retry_attempts >= 0
      && var.ingestion.maximum_retry_attempts <= 2
      && floor(var.ingestion.maximum_retry_attempts) == var.ingestion.maximum_retry_attempts
    )
    error_message = "ingestion.maximum_retry_attempts must be 0, 1 or 2, the most that Lambda takes. For more attempts use the mode queue."
  }

  validation {
    condition = (
      var.ingestion.maximum_event_age_seconds >= 60
      && var.ingestion.maximum_event_age_seconds <= 21600
      && floor(var.ingestion.maximum_event_age_seconds) == var.ingestion.maximum_event_age_seconds
    )
    error_message = "ingestion.maximum_event_age_seconds must be a whole number of seconds from 60 to 21600 (six hours), the most that Lambda takes. To keep events for longer use the mode queue."
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

variable "refused_destination_arn" {
  description = <<-EOT
    Where log lines are parked that Loki refuses for what they hold, with the reason: the ARN of an SQS
    queue, or of an S3 bucket with a key prefix behind it where wanted, such as
    `arn:aws:s3:::refused-logs/loki`. Without one, they are only counted.

    It must not be what feeds the function, a spoke's bucket or the queue of an event source: what is refused
    would come again and again.

    The function's role may then send to that queue, or put objects below that prefix. A queue or bucket of
    another account has to allow the role, too; one under a customer managed KMS key needs permissions for the
    key that this module does not give.
  EOT
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition = can(regex(
      "^(arn:aws[a-z-]*:(sqs:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,80}|s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[a-zA-Z0-9!_.'()-]+)*))?$",
      var.refused_destination_arn
    ))
    error_message = "refused_destination_arn must be the ARN of a standard SQS queue, or of an S3 bucket with a key prefix behind it where wanted, without a slash at its end: arn:aws:s3:::refused-logs/loki."
  }
}

variable "function" {
  description = <<-EOT
    The promtail function.
    - `architecture`: `arm64` (cheaper) or `x86_64`.
    - `memory_size`: in MB.
    - `timeout`: in seconds, at most 900. An object that takes longer is tried again from its beginning,
      unless it came from a queue: then the rest of it follows in the next invocation.
    - `runtime`: the Lambda runtime of the zip. The zip in this module is built for the default.
    - `zip_path`: a zip of your own build instead of the one in this module.
    - `image_uri`: a container image in Amazon ECR instead of a zip.
    - `reserved_concurrency`: what the function has of the account's concurrency, and its limit. Without it,
      the function shares with others. In mode `queue` it must not be below `ingestion.maximum_concurrency`:
      messages beyond it would be throttled, count as received, and end in the dead-letter queue untried.
    - `tracing`: of AWS X-Ray: `Active`, or `PassThrough`, which follows the caller.
    - `log_format`: `Text`, or `JSON`, in which Lambda's own lines are JSON, too. `log_level` decides what the
      function writes, in both.
    - `environment`: environment variables beside those that the module sets, which it cannot change.
    - `code_signing_config_arn`: makes Lambda check the zip's signature. The zip in this module has none: sign
      it, and give the signed one as `zip_path`.
  EOT
  type = object({
    architecture            = optional(string, "arm64")
    memory_size             = optional(number, 256)
    timeout                 = optional(number, 60)
    runtime                 = optional(string, "python3.13")
    zip_path                = optional(string)
    image_uri               = optional(string)
    reserved_concurrency    = optional(number)
    tracing                 = optional(string, "PassThrough")
    log_format              = optional(string, "Text")
    environment             = optional(map(string), {})
    code_signing_config_arn = optional(string)
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
      var.function.timeout >= 1
      && var.function.timeout <= 900
      && floor(var.function.timeout) == var.function.timeout
    )
    error_message = "function.timeout must be a whole number from 1 to 900 (seconds), Lambda's limit."
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

  validation {
    condition = (
      var.function.reserved_concurrency == null
      || try(
        (
          var.function.reserved_concurrency >= 1
          && var.function.reserved_concurrency <= 1000000
          && floor(var.function.reserved_concurrency) == var.function.reserved_concurrency
        ),
        false
      )
    )
    error_message = "function.reserved_concurrency must be a whole number from 1, or left out. To stop the function, disable its event source mapping: with none reserved, messages end in the dead-letter queue."
  }

  validation {
    condition = (
      var.function.reserved_concurrency == null
      || var.ingestion.mode != "queue"
      || try(var.function.reserved_concurrency >= var.ingestion.maximum_concurrency, false)
    )
    error_message = "function.reserved_concurrency must not be below ingestion.maximum_concurrency: messages beyond it would be throttled and end in the dead-letter queue. Raise it, or lower ingestion.maximum_concurrency."
  }

  validation {
    condition     = contains(["PassThrough", "Active"], var.function.tracing)
    error_message = "function.tracing must be PassThrough or Active."
  }

  validation {
    condition     = contains(["Text", "JSON"], var.function.log_format)
    error_message = "function.log_format must be Text or JSON."
  }

  validation {
    condition = alltrue([
      for name in keys(var.function.environment) : (
        can(regex("^[a-zA-Z][a-zA-Z0-9_]+$", name))
        && !can(regex(
          "^(AWS_(REGION|DEFAULT_REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|LAMBDA_(FUNCTION_NAME|FUNCTION_MEMORY_SIZE|FUNCTION_VERSION|INITIALIZATION_TYPE|LOG_GROUP_NAME|LOG_STREAM_NAME|RUNTIME_API))|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$",
          name
        ))
      )
    ])
    error_message = "Each name in function.environment must be two or more letters, digits and underscores, with a letter in front, and not be one that Lambda sets itself, such as AWS_REGION."
  }

  validation {
    condition = alltrue([
      for name in keys(var.function.environment) : !contains([
        "WRITE_ADDRESS",
        "USERNAME",
        "PASSWORD",
        "BEARER_TOKEN",
        "SECRET_LIFETIME",
        "CA_BUNDLE",
        "SKIP_TLS_VERIFY",
        "TENANT_ID",
        "TENANT_RULES",
        "BATCH_SIZE",
        "PUSH_CONCURRENCY",
        "MAX_LINE_SIZE",
        "LONG_LINES",
        "KEEP_STREAM",
        "EXTRA_LABELS",
        "OMIT_EXTRA_LABELS_PREFIX",
        "DROP_LABELS",
        "RELABEL_CONFIGS",
        "LOKI_STAGE_CONFIGS",
        "SPOKES",
        "STRUCTURED_METADATA",
        "LOAD_BALANCER_LABELS",
        "OUTPUT_FORMAT",
        "FILTER_RULES",
        "REDACT",
        "PRINT_LOG_LINE",
        "REFUSED_DESTINATION",
        "LOG_LEVEL",
        "METRICS_NAMESPACE",
      ], name)
    ])
    error_message = "function.environment must not name a variable that the module sets from its own inputs, such as WRITE_ADDRESS. Use that input: loki, content, spokes, log_level and so on."
  }

  validation {
    condition = (
      var.function.code_signing_config_arn == null
      || (
        can(regex(
          "^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:code-signing-config:csc-[a-z0-9]{17}$",
          var.function.code_signing_config_arn
        ))
        && var.function.image_uri == null
      )
    )
    error_message = "function.code_signing_config_arn must be the ARN of a code signing configuration, arn:aws:lambda:<region>:<account>:code-signing-config:csc-<id>, and needs a zip: Lambda checks no signatures of images."
  }
}

variable "iam" {
  description = <<-EOT
    What your account asks of roles and policies.
    - `path`: the path of roles and policies, such as `/platform/logs/`.
    - `permissions_boundary_arn`: a policy that limits what the role may do. It has to allow what the function
      needs, see the role's policies.
  EOT
  type = object({
    path                     = optional(string, "/")
    permissions_boundary_arn = optional(string)
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
}

variable "kms_key_arn" {
  description = <<-EOT
    A customer managed KMS key, in the hub's region, for the function's environment variables, both queues and
    the log groups; empty for AWS's own keys. The key's policy has to hold the statements of the output
    `kms_key_statements`, which do not depend on this input: key and hub can be made by one configuration. Who
    applies needs `kms:CreateGrant`, `kms:Encrypt` and `kms:Decrypt` on the key: Lambda takes a grant in the
    name of who makes the function.
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

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the function's own log: one line per object, and the log lines only if content.print_log_line asks for them."
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

variable "log_level" {
  description = "From which level on the function writes to its own log: `debug`, `info`, `warn` or `error`. The line for each object is always written: it carries the metrics."
  type        = string
  default     = "info"
  nullable    = false

  validation {
    condition     = contains(["debug", "info", "warn", "error"], var.log_level)
    error_message = "log_level must be debug, info, warn or error."
  }
}

variable "metrics_namespace" {
  description = "CloudWatch namespace of the function's metrics. They reach CloudWatch by the function's log, so that the function needs no permission for them. Empty for no metrics."
  type        = string
  default     = "AlbLoki"
  nullable    = false

  validation {
    condition = (
      can(regex("^([a-zA-Z0-9._/#-][a-zA-Z0-9._/#:-]{0,254})?$", var.metrics_namespace))
      && !startswith(var.metrics_namespace, "AWS/")
    )
    error_message = "metrics_namespace must be at most 255 letters, digits and ._/#:- without a colon in front, and not begin with AWS/, which CloudWatch keeps for itself. Empty turns metrics off."
  }
}

variable "monitoring" {
  description = <<-EOT
    How you learn how the hub is doing. Alarms and the dashboard have a monthly price each.
    - `alarms`: alarms on errors and throttles of the function, on what waits too long in the queue, on what was
      given up, on lines that arrive late and on lines that Loki refuses. The last two are of the function's own
      metrics: there are none where `metrics_namespace` is empty. Each says what to do next.
    - `dashboard`: a CloudWatch dashboard of the name `name`.
    - `alarm_topic_arns`, `ok_topic_arns`: up to 5 SNS topics each, in the hub's region, for an alarm that goes
      off, and for one that is over. A topic under a customer managed key has to let
      `cloudwatch.amazonaws.com` use the key.
    - `oldest_message_age_seconds`: how long the oldest message may wait in the queue. A message that failed is
      tried again after six times `function.timeout`.
    - `delivery_delay_seconds`: how long after their time nine of ten objects' newest lines may arrive. Elastic
      Load Balancing itself writes its logs every five minutes.
  EOT
  type = object({
    alarms                     = optional(bool, true)
    dashboard                  = optional(bool, true)
    alarm_topic_arns           = optional(list(string), [])
    ok_topic_arns              = optional(list(string), [])
    oldest_message_age_seconds = optional(number, 900)
    delivery_delay_seconds     = optional(number, 900)
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

  validation {
    condition = (
      var.monitoring.oldest_message_age_seconds >= 60
      && var.monitoring.oldest_message_age_seconds <= 1209600
      && floor(var.monitoring.oldest_message_age_seconds) == var.monitoring.oldest_message_age_seconds
    )
    error_message = "monitoring.oldest_message_age_seconds must be a whole number of seconds from 60 to 1209600 (14 days), the longest that SQS keeps a message."
  }

  validation {
    condition = (
      var.monitoring.delivery_delay_seconds >= 60
      && var.monitoring.delivery_delay_seconds <= 1209600
      && floor(var.monitoring.delivery_delay_seconds) == var.monitoring.delivery_delay_seconds
    )
    error_message = "monitoring.delivery_delay_seconds must be a whole number of seconds from 60 to 1209600 (14 days)."
  }
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
