# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/log_delivery and run `make modules`.

variable "region" {
  description = "Region of the bucket and of the load balancers that log to it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "region must be the code of an AWS region, such as eu-west-1."
  }
}

variable "bucket_name" {
  description = "Name of the log bucket."
  type        = string
  nullable    = false

  validation {
    condition = (
      can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name))
      && !can(regex(
        "[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|--x-s3$|--table-s3$|[.]mrap$",
        var.bucket_name
      ))
    )
    error_message = "bucket_name must be a valid S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, starting and ending with a letter or digit. Give the name, not an ARN or URL."
  }
}

variable "prefix" {
  description = "Key prefix of the logs, in front of `AWSLogs`, without slashes at its ends."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition = (
      can(regex("^([a-zA-Z0-9!_.'()-]+(/[a-zA-Z0-9!_.'()-]+)*)?$", var.prefix))
      && !strcontains(var.prefix, "AWSLogs")
    )
    error_message = "prefix must be of letters, digits and !_.'()- between single slashes, with no slash at its ends, and no AWSLogs in it: Elastic Load Balancing adds /AWSLogs/<account> itself and refuses a prefix that contains it. Use logs/team-a, for example, or an empty string."
  }
}

variable "account_ids" {
  description = "The accounts whose load balancers log to the bucket."
  type        = list(string)
  nullable    = false

  validation {
    condition     = alltrue([for account_id in var.account_ids : can(regex("^[0-9]{12}$", account_id))])
    error_message = "Each of account_ids must be a 12-digit AWS account id, in quotes: leading zeros count."
  }

  validation {
    condition     = length(var.account_ids) > 0 && length(distinct(var.account_ids)) == length(var.account_ids)
    error_message = "account_ids must name at least one account, and each one once."
  }
}

variable "load_balancers" {
  description = <<-EOT
    The kinds of load balancers that log to the bucket.
    - `application`: Application and Classic Load Balancers; access, connection and health check logs alike.
    - `network`: Network Load Balancers, which log the connections of their TLS listeners.
    - `outposts`: Application Load Balancers on AWS Outposts.
  EOT
  type = object({
    application = optional(bool, true)
    network     = optional(bool, false)
    outposts    = optional(bool, false)
  })
  default  = {}
  nullable = false

  validation {
    condition     = anytrue(values(var.load_balancers))
    error_message = "load_balancers must have at least one of application, network and outposts as true: otherwise nobody delivers."
  }
}

variable "grant_elb_account" {
  description = "Also lets the region's Elastic Load Balancing account write, beside the service principal: the older way. The service principal is granted in every region; users report that the regions in China need the account as well, so set it to true there. Regions opened after August 2022 have no such account."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.grant_elb_account || var.load_balancers.application
    error_message = "grant_elb_account is about Application and Classic Load Balancers, and load_balancers.application is false. Leave grant_elb_account at false: no other kind of load balancer delivers by that account."
  }
}
