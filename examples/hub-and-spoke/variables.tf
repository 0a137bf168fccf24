variable "region" {
  description = "Region of the hub, the spoke and its load balancers."
  type        = string
}

variable "hub" {
  description = "The hub's account, the AWS profile with its credentials, and its network (`none` or `created`)."
  type = object({
    account_id = string
    profile    = optional(string)
    network    = optional(string, "none")
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
    write_address = string
    tenant_id     = optional(string, "")
    batch_size    = optional(number, 131072)
    keep_stream   = optional(bool, false)
    extra_labels  = optional(map(string), {})
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
  sensitive = true
}

variable "function" {
  description = "The hub module's input of this name."
  type = object({
    architecture = optional(string, "arm64")
    memory_size  = optional(number, 256)
    timeout      = optional(number, 60)
    runtime      = optional(string, "python3.13")
    zip_path     = optional(string)
    image_uri    = optional(string)
  })
  default = {}
}
