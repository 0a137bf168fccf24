variable "region" {
  description = "Region of the bucket: the hub's, and that of the load balancers."
  type        = string
}

variable "account_id" {
  description = "The spoke's account. With credentials of another one nothing is planned."
  type        = string
}

variable "bucket_name" {
  description = "Name of the log bucket, as it stands in the hub's `spokes`."
  type        = string
}

variable "hub" {
  description = "The hub's output `for_spokes`. It follows from the hub's name, so it is known before the hub is there."
  type = object({
    role_arn     = string
    function_arn = optional(string)
    queue_arn    = optional(string)
  })
}

variable "expiration_days" {
  description = "Days after which S3 deletes a log object."
  type        = number
  default     = 30
}

variable "tags" {
  description = "Tags of everything that takes tags."
  type        = map(string)
  default     = {}
}
