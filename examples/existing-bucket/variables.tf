variable "region" {
  description = "Region of the bucket, the hub and the load balancers."
  type        = string
}

variable "account_id" {
  description = "The account of the hub and of the bucket."
  type        = string
}

variable "profile" {
  description = "The AWS profile with the account's credentials."
  type        = string
  default     = null
}

variable "name" {
  description = "The hub module's input of this name."
  type        = string
  default     = "alb-loki"
}

variable "bucket_name" {
  description = "The bucket that is there already, and that load balancers log to, or are going to."
  type        = string
}

variable "prefix" {
  description = "Key prefix of the logs, in front of `AWSLogs`."
  type        = string
  default     = ""
}

variable "uploads_queue_arn" {
  description = "A queue of yours that hears of what is written below `uploads/` in the same bucket: the bucket's own notification."
  type        = string
}

variable "reader_role_arn" {
  description = "A role of yours that reads below `uploads/`: the bucket's own policy."
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
