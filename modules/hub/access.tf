# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

resource "aws_iam_policy" "read_logs" {
  count = length(local.read_policies)

  name        = "${var.name}-read-logs-${count.index + 1}"
  description = "Load balancer logs in the spokes' buckets, for the promtail function"
  path        = var.iam.path
  policy      = local.read_policies[count.index]

  tags = var.tags

  lifecycle {
    precondition {
      condition     = length(local.read_policies[count.index]) <= 6144
      error_message = "A policy for 25 prefixes takes ${length(local.read_policies[count.index])} characters, and IAM allows 6144: the spokes' buckets, prefixes and keys have very long names. Shorten the prefixes, or give organization_id, for which one short policy does."
    }
  }
}

resource "aws_iam_role_policy_attachment" "read_logs" {
  count = length(local.read_policies)

  role       = aws_iam_role.this.name
  policy_arn = aws_iam_policy.read_logs[count.index].arn
}
