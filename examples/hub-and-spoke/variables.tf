variable "region" {
  description = "Region of the hub, the spoke and its load balancers."
  type        = string
}

variable "hub" {
  description = <<-EOT
    The hub's account, the AWS profile with its credentials, and the hub module's inputs of these names: `name`,
    `organization_id`, `ingestion`, `network`, `iam`, `kms_key_arn`, `monitoring`.
  EOT
  type = object({
    account_id      = string
    profile         = optional(string)
    name            = optional(string, "alb-loki")
    organization_id = optional(string, "")
    kms_key_arn     = optional(string, "")
    ingestion = optional(object({
      mode                      = optional(string, "queue")
      batch_size                = optional(number, 10)
      maximum_concurrency       = optional(number, 10)
      max_receive_count         = optional(number, 10)
      retention_days            = optional(number, 14)
      maximum_retry_attempts    = optional(number, 2)
      maximum_event_age_seconds = optional(number, 21600)
    }), {})
    network = optional(object({
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
    }), {})
    iam = optional(object({
      path                     = optional(string, "/")
      permissions_boundary_arn = optional(string)
    }), {})
    monitoring = optional(object({
      alarms                     = optional(bool, true)
      dashboard                  = optional(bool, true)
      alarm_topic_arns           = optional(list(string), [])
      ok_topic_arns              = optional(list(string), [])
      oldest_message_age_seconds = optional(number, 900)
      delivery_delay_seconds     = optional(number, 900)
    }), {})
  })
}

variable "spoke" {
  description = "The spoke's account, the AWS profile with its credentials, its log bucket and the key prefix in it."
  type = object({
    account_id         = string
    profile            = optional(string)
    bucket_name        = string
    prefix             = optional(string, "")
    force_destroy      = optional(bool, false)
    demo_load_balancer = optional(bool, false)
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

variable "content" {
  description = "The hub module's input of this name."
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
  default = {}
}

variable "refused_destination_arn" {
  description = "The hub module's input of this name."
  type        = string
  default     = ""
}

variable "log_level" {
  description = "The hub module's input of this name."
  type        = string
  default     = "info"
}

variable "metrics_namespace" {
  description = "The hub module's input of this name."
  type        = string
  default     = "AlbLoki"
}

variable "function" {
  description = "The hub module's input of this name."
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
  default = {}
}
