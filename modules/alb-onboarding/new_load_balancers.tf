# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/alb_onboarding and run `make modules`.

# Elastic Load Balancing has no events of its own for this: without a trail of CloudTrail that logs
# management events in this region, nothing comes.
resource "aws_cloudwatch_event_rule" "created" {
  count = local.onboards_new ? 1 : 0

  name        = "${var.name}-created"
  description = "Load balancers that have just been made, as CloudTrail tells"
  event_pattern = jsonencode({
    source        = ["aws.elasticloadbalancing"]
    "detail-type" = ["AWS API Call via CloudTrail"]
    detail = {
      eventSource = ["elasticloadbalancing.amazonaws.com"]
      eventName   = ["CreateLoadBalancer"]
      apiVersion  = ["2015-12-01"]
      errorCode   = [{ exists = false }]
    }
  })

  tags = var.tags
}

resource "aws_cloudwatch_event_target" "created" {
  count = local.onboards_new ? 1 : 0

  arn  = aws_lambda_function.this.arn
  rule = aws_cloudwatch_event_rule.created[0].name

  input_transformer {
    input_template = local.onboarding_of_new
    input_paths = {
      load_balancers = "$.detail.responseElements.loadBalancers"
      time           = "$.time"
    }
  }

  lifecycle {
    precondition {
      condition     = length(local.onboarding_of_new) <= 8192
      error_message = "What EventBridge is to tell the function of a new load balancer takes ${length(local.onboarding_of_new)} characters, and it allows 8192. Shorten selection, such as by patterns instead of names, or set onboard_new to false."
    }
  }
}

resource "aws_lambda_permission" "created" {
  count = local.onboards_new ? 1 : 0

  statement_id  = "AllowEventBridge"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.created[0].arn
}
