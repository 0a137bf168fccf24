variable "region" {
  description = "Region of the hub and of the load balancers."
  type        = string
}

variable "hub" {
  description = "The hub's account, and the AWS profile with its credentials."
  type = object({
    account_id = string
    profile    = optional(string)
  })
}

variable "shop" {
  description = <<-EOT
    The account of the load balancers, the AWS profile with its credentials, and the buckets that they log to already,
    by name, each with all key prefixes in it: a dry run tells them. An empty string is a bucket's top.
  EOT
  type = object({
    account_id = string
    profile    = optional(string)
    log_buckets = optional(map(object({
      prefixes = list(string)
    })), {})
  })

  validation {
    condition     = alltrue([for bucket in values(var.shop.log_buckets) : length(bucket.prefixes) > 0])
    error_message = "Each of shop.log_buckets needs a prefix; that of a bucket without prefixes is an empty string."
  }
}

variable "selection" {
  description = "The onboarding module's input of this name."
  type = object({
    arns          = optional(list(string), [])
    names         = optional(list(string), [])
    name_patterns = optional(list(string), [])
    tags          = optional(map(list(string)), {})
    all           = optional(bool, false)
  })
}

variable "dry_run" {
  description = "Says what would be done, and changes no load balancer and no bucket."
  type        = bool
  default     = true
}

variable "on_destroy" {
  description = "The onboarding module's input of this name."
  type        = string
  default     = "restore"
}

variable "loki" {
  description = "The hub module's input of this name."
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
}

variable "loki_credentials" {
  description = "The hub module's input of this name. Set it in the environment: TF_VAR_loki_credentials."
  type = object({
    username     = optional(string, "")
    password     = optional(string, "")
    bearer_token = optional(string, "")
    anonymous    = optional(bool, false)
  })
  default   = {}
  sensitive = true
}

variable "loki_credential_arns" {
  description = "The hub module's input of this name, instead of values in loki_credentials."
  type = object({
    username     = optional(string)
    password     = optional(string)
    bearer_token = optional(string)
    kms_key_arns = optional(list(string), [])
    lifetime     = optional(number, 300)
  })
  default = {}
}
