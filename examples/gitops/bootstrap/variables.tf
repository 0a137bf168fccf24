variable "region" {
  description = "Region of the state, the hub and the spokes."
  type        = string
  nullable    = false
}

variable "account_id" {
  description = "The account, in 12 digits. With credentials of another one nothing is planned."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must be the 12 digits of an AWS account id, in quotes: leading zeros count."
  }
}

variable "state_bucket_name" {
  description = "Name of the bucket for the account's states."
  type        = string
  nullable    = false
}

variable "repository" {
  description = <<-EOT
    The GitHub repository of the pipeline, as it stands in the subject of its tokens: `owner/name`, or
    `owner@<owner id>/name@<repository id>` in a repository with immutable subject claims, as those created since
    July 2026 have it. `gh api repos/<owner>/<name>/actions/oidc/customization/sub` tells which it is.
  EOT
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+(@[0-9]+)?/[A-Za-z0-9._-]+(@[0-9]+)?$", var.repository))
    error_message = "repository must be owner/name, or owner@<id>/name@<id>, without wildcards: it says whose workflows may change this account."
  }
}

variable "environment" {
  description = "GitHub environment of this account's applies. Protect it: main branch only, with reviewers."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.environment))
    error_message = "environment must be of letters, digits, hyphens and underscores."
  }
}

variable "create_oidc_provider" {
  description = "Whether to make GitHub's identity provider. An account has one at most: false where it has it already."
  type        = bool
  default     = true
  nullable    = false
}

variable "hub" {
  description = <<-EOT
    What the pipeline may make of a hub; null in an account without one.
    - `name`: the hub's `name`. Whatever else it makes begins with it, and a hyphen.
    - `iam_path`: the hub's `iam.path`. The pipeline has no say over roles outside of it.
    - `secret_arns`: secrets that the function may read: those in `loki_credential_arns`, without `#`.
    - `parameter_arns`: the same of SSM parameters.
    - `kms_key_arns`: keys that the function may decrypt with: those in `loki_credential_arns`, and those of spokes.
  EOT
  type = object({
    name           = optional(string, "alb-loki")
    iam_path       = optional(string, "/alb-loki/")
    secret_arns    = optional(list(string), [])
    parameter_arns = optional(list(string), [])
    kms_key_arns   = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.hub == null || can(regex("^/([A-Za-z0-9_-]+/)+$", var.hub.iam_path))
    error_message = "hub.iam_path must be a path of its own between slashes, such as /alb-loki/: below / are all roles of the account, also the pipeline's."
  }

  validation {
    condition     = var.hub == null || try(var.hub.iam_path, "") != "/pipeline/"
    error_message = "hub.iam_path must not be /pipeline/: the pipeline's own roles are there, and it must not change them."
  }
}

variable "spoke" {
  description = <<-EOT
    What the pipeline may make of a spoke; null in an account without one.
    - `bucket_names`: names of the log buckets.
  EOT
  type = object({
    bucket_names = list(string)
  })
  default = null
}

variable "force_destroy" {
  description = "Lets `terraform destroy` delete the bucket with the states in it: last-time.sh sets it."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of everything here."
  type        = map(string)
  default     = { project = "alb-loki" }
  nullable    = false
}
