variable "region" {
  description = "Region of the hub and of all spokes."
  type        = string
}

variable "account_id" {
  description = "The hub's account. With credentials of another one nothing is planned."
  type        = string
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

variable "spokes" {
  description = "The hub module's input of this name."
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
  default = {}
}

variable "monitoring" {
  description = "The hub module's input of this name: whom its alarms tell."
  type = object({
    alarms                     = optional(bool, true)
    dashboard                  = optional(bool, true)
    alarm_topic_arns           = optional(list(string), [])
    ok_topic_arns              = optional(list(string), [])
    oldest_message_age_seconds = optional(number, 900)
    delivery_delay_seconds     = optional(number, 900)
  })
  default = {}
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
}
