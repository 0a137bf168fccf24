variable "region" {
  description = "Region of the load balancers, the log bucket and the function."
  type        = string
}

variable "account_id" {
  description = "The account, so that a wrong profile applies nothing in a wrong one."
  type        = string
}

variable "profile" {
  description = "The AWS profile with the account's credentials; without it, those of the environment."
  type        = string
  default     = null
}

variable "bucket_name" {
  description = "Name of the log bucket, which nobody else in AWS may have."
  type        = string
}

variable "loki_write_address" {
  description = "Loki's push URL, with the path."
  type        = string
}

variable "loki_tenant_id" {
  description = "Tenant, for a Loki with several."
  type        = string
  default     = ""
}

variable "loki_credentials" {
  description = "The module's input of this name. Set it in the environment: TF_VAR_loki_credentials."
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
  description = "The module's input of this name, instead of values in loki_credentials."
  type = object({
    username     = optional(string)
    password     = optional(string)
    bearer_token = optional(string)
    kms_key_arns = optional(list(string), [])
    lifetime     = optional(number, 300)
  })
  default = {}
}

variable "force_destroy" {
  description = "Lets `terraform destroy` delete the bucket with the logs in it."
  type        = bool
  default     = false
}

variable "demo_load_balancer" {
  description = "Makes a load balancer that logs to the bucket. It is charged by the hour, and open to the internet."
  type        = bool
  default     = false
}
