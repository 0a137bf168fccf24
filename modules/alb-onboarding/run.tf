# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/alb_onboarding and run `make modules`.

resource "aws_ssm_parameter" "last_failure" {
  # checkov:skip=CKV2_AWS_34: it says no more than when a run has failed: nothing to encrypt

  name           = "/alb-loki/onboarding/${var.name}/last-failure"
  description    = "Changed by the function when a run has failed, so that the next apply runs again"
  type           = "String"
  insecure_value = "none"

  tags = var.tags

  lifecycle {
    ignore_changes = [insecure_value]
  }
}

# It runs when its input changes, and when it is destroyed; what it then needs goes after it. It
# fails for nothing that single load balancers or buckets are: what fails is in its answer, and
# fails the apply by the output failures, so that Terraform knows of the run, and can take back what
# it has done.
resource "aws_lambda_invocation" "this" {
  function_name   = aws_lambda_function.this.function_name
  lifecycle_scope = "CRUD"
  input = jsonencode(merge(local.onboarding, {
    resume = trimprefix(aws_ssm_parameter.last_failure.insecure_value, "ended ")
    rerun  = var.rerun
  }))

  depends_on = [
    aws_cloudwatch_log_group.this,
    aws_iam_role_policy.function,
    aws_lambda_function_event_invoke_config.this,
    aws_sns_topic_policy.this,
    aws_sns_topic_subscription.this,
    aws_lambda_permission.subscription,
    aws_cloudwatch_event_target.created,
    aws_lambda_permission.created,
  ]

  lifecycle {
    precondition {
      condition     = !var.grant_elb_account || local.elb_account_id != ""
      error_message = "grant_elb_account is true, but the region ${local.region} has no Elastic Load Balancing account. Leave grant_elb_account at false: the service principal is granted in every region."
    }

    precondition {
      condition     = var.topic.enabled || local.hub_region == local.region
      error_message = "hub: its queue or function is in ${local.hub_region}, and S3 notifies only what is in the region of its bucket, ${local.region}. Use a hub of that region."
    }
  }
}
