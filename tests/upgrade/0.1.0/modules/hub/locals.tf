# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

locals {
  spoke_bucket_arns = {
    for name, spoke in var.spokes :
    name => "arn:${data.aws_partition.current.partition}:s3:::${spoke.bucket_name}"
  }

  spoke_key_prefixes = {
    for name, spoke in var.spokes : name => spoke.prefix == "" ? "" : "${spoke.prefix}/"
  }

  # Several values can be members of one secret: behind the # is the key in its JSON.
  secret_arns = distinct([
    for value in [
      var.loki_credential_arns.username,
      var.loki_credential_arns.password,
      var.loki_credential_arns.bearer_token,
      var.loki.ca_bundle,
    ] : split("#", value)[0]
    if can(regex("^arn:", value))
  ])

  secrets_manager_arns = [for arn in local.secret_arns : arn if split(":", arn)[2] == "secretsmanager"]
  parameter_arns       = [for arn in local.secret_arns : arn if split(":", arn)[2] == "ssm"]

  # The services that use a key, as KMS names them; in China some are named with the suffix of other
  # partitions.
  secret_services = distinct(flatten([
    for arn in local.secret_arns : [
      for suffix in ["amazonaws.com", data.aws_partition.current.dns_suffix] :
      "${split(":", arn)[2]}.${split(":", arn)[3]}.${suffix}"
    ]
  ]))

  ec2_arn = "arn:${data.aws_partition.current.partition}:ec2:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}"

  zip_path = coalesce(
    var.function.zip_path,
    "${path.module}/lambda/promtail-${var.function.architecture}.zip"
  )

  use_image = var.function.image_uri != null

  environment = {
    WRITE_ADDRESS = var.loki.write_address
    USERNAME = (
      var.loki_credential_arns.username == null
      ? var.loki_credentials.username
      : var.loki_credential_arns.username
    )
    PASSWORD = (
      var.loki_credential_arns.password == null
      ? var.loki_credentials.password
      : var.loki_credential_arns.password
    )
    BEARER_TOKEN = (
      var.loki_credential_arns.bearer_token == null
      ? var.loki_credentials.bearer_token
      : var.loki_credential_arns.bearer_token
    )
    SECRET_LIFETIME = tostring(var.loki_credential_arns.lifetime)
    CA_BUNDLE       = var.loki.ca_bundle
    SKIP_TLS_VERIFY = tostring(var.loki.skip_tls_verify)
    TENANT_ID       = var.loki.tenant_id
    TENANT_RULES = (
      length(var.loki.tenant_rules) > 0
      ? jsonencode([
        for rule in var.loki.tenant_rules : { for name, value in rule : name => value if value != null }
      ])
      : ""
    )
    BATCH_SIZE               = var.loki.batch_size == null ? "" : tostring(var.loki.batch_size)
    PUSH_CONCURRENCY         = tostring(var.loki.push_concurrency)
    MAX_LINE_SIZE            = tostring(var.loki.max_line_size)
    LONG_LINES               = var.loki.long_lines
    KEEP_STREAM              = tostring(var.loki.keep_stream)
    EXTRA_LABELS             = join(",", flatten([for name, value in var.loki.extra_labels : [name, value]]))
    OMIT_EXTRA_LABELS_PREFIX = tostring(var.loki.omit_extra_labels_prefix)
    DROP_LABELS              = join(",", var.loki.drop_labels)
    RELABEL_CONFIGS = (
      length(var.loki.relabel_configs) > 0
      ? jsonencode([
        for rule in var.loki.relabel_configs : { for name, value in rule : name => value if value != null }
      ])
      : ""
    )
    LOKI_STAGE_CONFIGS   = length(var.loki.stage_configs) > 0 ? jsonencode(var.loki.stage_configs) : ""
    STRUCTURED_METADATA  = join(",", distinct(var.content.structured_metadata))
    LOAD_BALANCER_LABELS = join(",", distinct(var.content.labels))
    OUTPUT_FORMAT        = var.content.output_format == "original" ? "" : var.content.output_format
    FILTER_RULES         = length(var.content.filter_rules) > 0 ? jsonencode(var.content.filter_rules) : ""
    REDACT               = join(",", distinct(var.content.redact))
    PRINT_LOG_LINE       = tostring(var.content.print_log_line)
    REFUSED_DESTINATION  = var.refused_destination_arn
    LOG_LEVEL            = var.log_level
    METRICS_NAMESPACE    = var.metrics_namespace == "" ? "none" : var.metrics_namespace
  }

  # Lambda measures the variables in bytes, as one JSON object.
  environment_size = floor(length(trim(base64encode(jsonencode(local.environment)), "=")) * 3 / 4)

  create_network = var.network.mode == "created"

  # The function's security group lets it reach Loki's port and HTTPS, and nothing else.
  loki_port = tonumber(try(
    regex("^https?://[^/]+:([0-9]+)/", var.loki.write_address)[0],
    startswith(var.loki.write_address, "https:") ? 443 : 80
  ))
}
