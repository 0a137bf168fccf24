variable "region" {
  description = "Region of the hub, the spokes and their load balancers."
  type        = string
}

variable "hub" {
  description = "The hub's account, the AWS profile with its credentials, and the hub module's input `name`."
  type = object({
    account_id = string
    profile    = optional(string)
    name       = optional(string, "alb-loki")
  })
}

variable "shop" {
  description = <<-EOT
    A spoke's account, the AWS profile with its credentials, its log bucket and the key prefix in it, and what becomes
    of its lines in Loki.
    - `tenant_id`: the tenant of its lines; `loki.tenant_id` without one.
    - `labels`: labels of its lines, beside `loki.extra_labels`.
  EOT
  type = object({
    account_id    = string
    profile       = optional(string)
    bucket_name   = string
    prefix        = optional(string, "")
    tenant_id     = optional(string, "")
    labels        = optional(map(string), {})
    force_destroy = optional(bool, false)
  })
}

variable "blog" {
  description = "The other spoke, as `shop`."
  type = object({
    account_id    = string
    profile       = optional(string)
    bucket_name   = string
    prefix        = optional(string, "")
    tenant_id     = optional(string, "")
    labels        = optional(map(string), {})
    force_destroy = optional(bool, false)
  })
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
