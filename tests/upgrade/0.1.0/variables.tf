variable "region" {
  description = "The region of both accounts."
  type        = string
}

variable "hub" {
  description = "The hub's account and name."
  type        = object({ profile = string, name = string })
}

variable "spoke" {
  description = "The spoke's account and what is in it."
  type = object({
    account_id         = string
    profile            = string
    bucket_name        = string
    load_balancer_name = string
  })
}

variable "function" {
  description = "The package of the function."
  type = object({
    architecture = string
    runtime      = string
    zip_path     = string
  })
}
