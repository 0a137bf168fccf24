# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/alb_onboarding and run `make modules`.

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338: log_retention_days is the user's to set; a year of operational logs is no need

  name              = "/aws/lambda/${var.name}"
  kms_key_id        = local.kms_key_arn
  retention_in_days = var.log_retention_days

  tags = var.tags
}

resource "aws_lambda_function" "this" {
  # checkov:skip=CKV_AWS_50: it runs at an apply and when a load balancer is made: its log tells each step, no trace is needed
  # checkov:skip=CKV_AWS_115: reserved concurrency would take from the account's, for a function that runs a few times a day
  # checkov:skip=CKV_AWS_116: an event that fails goes to the dead-letter queue, by the on-failure destination
  # checkov:skip=CKV_AWS_117: it calls AWS only, for which it needs no network of its own
  # checkov:skip=CKV_AWS_272: the zip in this module is not signed

  function_name    = var.name
  description      = "Switches on the logs of load balancers that exist"
  role             = aws_iam_role.this.arn
  architectures    = [var.function.architecture]
  filename         = local.zip_path
  handler          = "onboarding.handler.handler"
  memory_size      = var.function.memory_size
  package_type     = "Zip"
  runtime          = var.function.runtime
  source_code_hash = filebase64sha256(local.zip_path)
  timeout          = var.function.timeout

  logging_config {
    log_format = var.function.log_format
    log_group  = aws_cloudwatch_log_group.this.name
  }

  tags = var.tags

  depends_on = [aws_iam_role_policy.function]

  lifecycle {
    precondition {
      condition     = local.inline_policies_size <= 10240
      error_message = "The inline policies of the function's role take ${local.inline_policies_size} characters, and IAM allows 10240 for them together. List patterns in iam.bucket_names, such as shop-*-logs, in the place of many names."
    }
  }
}
