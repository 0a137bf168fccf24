# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

resource "aws_lambda_permission" "spoke" {
  for_each = { for name, spoke in var.spokes : name => spoke if spoke.account_id != "009996457667" }

  statement_id   = "S3-${each.key}"
  action         = "lambda:InvokeFunction"
  function_name  = var.name
  principal      = "s3.amazonaws.com"
  source_account = each.value.account_id
}

# Holds the objects.
#
# A bucket of its own, so that the lifetime of what is in it can differ from that of everything else
# that is around it.
resource "aws_s3_bucket" "this" {
  bucket        = var.name
  force_destroy = false

  tags = {
    Name       = "x"
    "aws:part" = "queue"
    Account    = "037604701340"
  }

  lifecycle {
    prevent_destroy      = true
    ignore_changes       = [tags["Owner"], bucket]
    replace_triggered_by = [aws_vpc.this[0].id]

    precondition {
      condition     = var.name != ""
      error_message = "name: \"${var.name}\" is empty."
    }

    postcondition {
      condition     = self.arn != null
      error_message = "No ARN."
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Read"
        Effect    = "Allow"
        Principal = { AWS = var.role_arn }
        Action    = ["s3:GetObject"]
        Resource  = ["${aws_s3_bucket.this.arn}/*"]
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
        Condition = {
          Bool         = { "aws:SecureTransport" = "false" }
          StringEquals = { "aws:SourceAccount" = "037604701340" }
        }
      },
    ]
  })

  depends_on = [aws_vpc.this, data.aws_region.current]
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "expire"
    status = "Enabled"

    expiration {
      days = var.days
    }

    filter {}
  }

  rule {
    id     = "small"
    status = "Disabled"

    filter {
      and {
        prefix = "a/"
        tags   = { k = "v" }
      }
    }
  }
}

resource "aws_s3_bucket_notification" "this" {
  bucket = aws_s3_bucket.this.id

  dynamic "lambda_function" {
    for_each = var.spokes
    iterator = spoke

    content {
      id                  = spoke.key
      events              = ["s3:ObjectCreated:*"]
      lambda_function_arn = spoke.value.arn
    }
  }
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = var.role_arn
  architectures = ["arm64"]
  memory_size   = 256
  layers        = []

  environment {
    variables = {
      WRITE_ADDRESS = var.address
      EMPTY         = ""
      PASSWORD      = null
    }
  }
}
