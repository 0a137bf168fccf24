# For pull requests, and for the daily look for drift: reads what the modules make, and the state. It writes nothing,
# so a plan takes no lock.
resource "aws_iam_role" "plan" {
  name                 = "alb-loki-plan"
  path                 = "/pipeline/"
  description          = "Plans of ${var.repository}"
  assume_role_policy   = local.trust.plan
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "plan" {
  name = "plan"
  role = aws_iam_role.plan.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.state_read, local.hub_read, local.spoke_read)
  })
}

# For the environment only: applies the plans that were reviewed.
resource "aws_iam_role" "apply" {
  name                 = "alb-loki-apply"
  path                 = "/pipeline/"
  description          = "Applies of ${var.repository}"
  assume_role_policy   = local.trust.apply
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "apply" {
  name = "apply"
  role = aws_iam_role.apply.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      local.state_read,
      local.state_write,
      local.hub_read,
      local.hub_write,
      local.spoke_read,
      local.spoke_write
    )
  })
}

locals {
  # Out of reach: bootstrap/terraform.tfstate, with the pipeline's own roles in it.
  state_object_arn = "${aws_s3_bucket.state.arn}/alb-loki/terraform.tfstate"

  state_read = [
    {
      Sid      = "FindState"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = [aws_s3_bucket.state.arn]
    },
    {
      Sid      = "ReadState"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = [local.state_object_arn]
    },
  ]

  state_write = [
    {
      Sid      = "WriteState"
      Effect   = "Allow"
      Action   = ["s3:PutObject"]
      Resource = [local.state_object_arn]
    },
    {
      Sid      = "LockState"
      Effect   = "Allow"
      Action   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
      Resource = ["${local.state_object_arn}.tflock"]
    },
  ]
}
