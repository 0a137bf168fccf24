# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

locals {
  spoke_bucket_arns = {
    for name, spoke in var.spokes :
    name => "arn:${data.aws_partition.current.partition}:s3:::${spoke.bucket_name}"
  }

  spoke_key_prefixes = {
    for name, spoke in var.spokes : name => spoke.prefix == "" ? "" : "${spoke.prefix}/"
  }

  ec2_arn = "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}"

  zip_path = coalesce(
    var.function.zip_path,
    "${path.module}/lambda/promtail-${var.function.architecture}.zip"
  )

  use_image      = var.function.image_uri != null
  create_network = var.network.mode == "created"

  # The function's security group lets it reach Loki's port and HTTPS, and nothing else.
  loki_port = tonumber(try(
    regex("^https?://[^/]+:([0-9]+)/", var.loki.write_address)[0],
    startswith(var.loki.write_address, "https:") ? 443 : 80
  ))
}
