# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

variable "name" {
  description = "Name with a | bar."
  type        = string
  default     = "037604701340"
  nullable    = false
}

variable "nothing" {
  type    = string
  default = null
}

variable "empty" {
  type      = string
  default   = ""
  sensitive = true
}

variable "spokes" {
  description = <<-EOT
    Log buckets, by a name of your choice,
    as many as you like.
    - `account_id`: the owner, not $${an expression}.
    - `prefix`: in front of `AWSLogs`.
  EOT
  type = map(object({
    account_id = string
    prefix     = optional(string, "")
    limits = optional(object({
      low  = number
      high = optional(number, 1)
    }), {})
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for spoke in values(var.spokes) : can(regex("^[0-9]{12}$", spoke.account_id))])
    error_message = "Every spoke's account_id must be a 12-digit AWS account id, in quotes: leading zeros count."
  }

  validation {
    condition     = length(var.spokes) < 100
    error_message = <<-EOT
      ${length(var.spokes)} spokes are too many.
      At most 99.
    EOT
  }
}

variable "literal" {
  type = map(string)
  default = {
    template  = "$${not.a.reference} $$${x} %%{if} a\"b\\c"
    "$${key}" = "x"
    "for"     = "y"
    zero      = "0"
  }
}

variable "untyped" {}
