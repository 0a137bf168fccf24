# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

resource "aws_iam_role_policy" "spokes" {
  count = length(var.spokes) > 0 ? 1 : 0

  name = "spokes"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid    = "ReadLogObjects"
      Effect = "Allow"
      Action = ["s3:GetObject", "s3:GetObjectVersion"]
      Resource = [
        for name, spoke in var.spokes :
        "${local.spoke_bucket_arns[name]}/${local.spoke_key_prefixes[name]}AWSLogs/${spoke.account_id}/*"
      ]
    }]
  })
}

resource "aws_lambda_permission" "spoke" {
  for_each = var.spokes

  statement_id   = "AllowS3-${each.key}"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "s3.amazonaws.com"
  source_account = each.value.account_id
  source_arn     = local.spoke_bucket_arns[each.key]
}
