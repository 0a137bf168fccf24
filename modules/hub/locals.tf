# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/hub and run `make modules`.

locals {
  partition             = data.aws_partition.current.partition
  region                = data.aws_region.current.id
  account_id            = data.aws_caller_identity.current.account_id
  function_arn          = "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${var.name}"
  role_arn              = "arn:${local.partition}:iam::${local.account_id}:role${var.iam.path}${var.name}"
  queue_arn             = "arn:${local.partition}:sqs:${local.region}:${local.account_id}:${var.name}"
  dead_letter_queue_arn = "${local.queue_arn}-dead-letter"
  log_group_arn         = "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/lambda/${var.name}"
  flow_log_group_arn    = "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/vpc/${var.name}"

  spoke_bucket_arns = {
    for name, spoke in var.spokes : name => "arn:${local.partition}:s3:::${spoke.bucket_name}"
  }

  spoke_key_prefixes = {
    for name, spoke in var.spokes : name => [
      for prefix in concat([spoke.prefix], spoke.prefixes) : prefix == "" ? "" : "${prefix}/"
    ]
  }

  # Of every prefix of a spoke's bucket, and every account whose load balancers write to it.
  log_prefixes = flatten([
    for name, spoke in var.spokes : [
      for prefix in local.spoke_key_prefixes[name] : [
        for account_id in length(spoke.log_account_ids) > 0 ? spoke.log_account_ids : [spoke.account_id] : {
          arn         = "${local.spoke_bucket_arns[name]}/${prefix}AWSLogs/${account_id}/elasticloadbalancing/*"
          kms_key_arn = spoke.kms_key_arn
        }
      ]
    ]
  ])

  # S3, as KMS names it; in China some services are named with the suffix of other partitions.
  s3_via_kms = distinct([
    for suffix in ["amazonaws.com", data.aws_partition.current.dns_suffix] : "s3.${local.region}.${suffix}"
  ])

  # IAM takes 6144 characters in a policy, and 10 policies at a role by default.
  read_policies = (
    var.organization_id == ""
    ? [
      for prefixes in chunklist(local.log_prefixes, 25) : jsonencode({
        Version = "2012-10-17"
        Statement = concat(
          [{
            Sid      = "ReadLogObjects"
            Effect   = "Allow"
            Action   = ["s3:GetObject", "s3:GetObjectVersion"]
            Resource = prefixes[*].arn
          }],
          [
            for arns in [distinct(compact(prefixes[*].kms_key_arn))] : {
              Sid      = "DecryptLogObjects"
              Effect   = "Allow"
              Action   = "kms:Decrypt"
              Resource = arns
              Condition = {
                StringEquals = { "kms:ViaService" = local.s3_via_kms }
              }
            }
            if length(arns) > 0
          ]
        )
      })
    ]
    : [
      jsonencode({
        Version = "2012-10-17"
        Statement = [
          {
            Sid      = "ReadLogObjects"
            Effect   = "Allow"
            Action   = ["s3:GetObject", "s3:GetObjectVersion"]
            Resource = "arn:${local.partition}:s3:::*/AWSLogs/*/elasticloadbalancing/*"
            Condition = {
              StringEquals = { "aws:ResourceOrgID" = var.organization_id }
            }
          },
          {
            Sid      = "DecryptLogObjects"
            Effect   = "Allow"
            Action   = "kms:Decrypt"
            Resource = "arn:${local.partition}:kms:${local.region}:*:key/*"
            Condition = {
              StringEquals = {
                "aws:ResourceOrgID" = var.organization_id
                "kms:ViaService"    = local.s3_via_kms
              }
            }
          },
        ]
      }),
    ]
  )

  use_queue           = var.ingestion.mode == "queue"
  senders             = { for name, spoke in var.spokes : name => spoke if spoke.topic_arn == "" }
  sending_account_ids = distinct(values(local.senders)[*].account_id)

  sending_bucket_arns = (
    local.use_queue && var.organization_id == ""
    ? [for name in keys(local.senders) : local.spoke_bucket_arns[name]]
    : []
  )

  queue_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        for arns in [local.sending_bucket_arns] : {
          Sid       = "SpokesSend"
          Effect    = "Allow"
          Principal = { Service = "s3.amazonaws.com" }
          Action    = "sqs:SendMessage"
          Resource  = local.queue_arn
          Condition = {
            ArnEquals    = { "aws:SourceArn" = arns }
            StringEquals = { "aws:SourceAccount" = local.sending_account_ids }
          }
        }
        if length(arns) > 0
      ],
      [
        for id in [var.organization_id] : {
          Sid       = "OrganizationSends"
          Effect    = "Allow"
          Principal = { Service = "s3.amazonaws.com" }
          Action    = "sqs:SendMessage"
          Resource  = local.queue_arn
          Condition = {
            StringEquals = { "aws:SourceOrgID" = id }
          }
        }
        if length(id) > 0
      ],
      [
        for arns in [local.sending_topic_arns] : {
          Sid       = "TopicsSend"
          Effect    = "Allow"
          Principal = { Service = "sns.amazonaws.com" }
          Action    = "sqs:SendMessage"
          Resource  = local.queue_arn
          Condition = {
            ArnEquals = { "aws:SourceArn" = arns }
          }
        }
        if length(arns) > 0
      ],
      [{
        Sid       = "DenyPlainHttp"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = local.queue_arn
        Condition = {
          Bool = { "aws:SecureTransport" = "false" }
        }
      }]
    )
  })

  kms_key_arn = var.kms_key_arn == "" ? null : var.kms_key_arn

  # SQS, as KMS names it; in China some services are named with the suffix of other partitions.
  sqs_via_kms = distinct([
    for suffix in ["amazonaws.com", data.aws_partition.current.dns_suffix] : "sqs.${local.region}.${suffix}"
  ])

  # In a key's policy the resource * is that key.
  kms_key_statements = concat(
    [
      {
        Sid       = "LogsEncrypt"
        Effect    = "Allow"
        Principal = { Service = "logs.${local.region}.${data.aws_partition.current.dns_suffix}" }
        Action = [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
        ]
        Resource = "*"
        Condition = {
          ArnEquals = {
            "kms:EncryptionContext:aws:logs:arn" = [local.log_group_arn, local.flow_log_group_arn]
          }
        }
      },
      {
        Sid       = "FunctionUsesQueues"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          ArnEquals    = { "aws:PrincipalArn" = local.role_arn }
          StringEquals = { "kms:ViaService" = local.sqs_via_kms }
        }
      },
    ],
    [
      for arns in [local.sending_bucket_arns] : {
        Sid       = "SpokesSend"
        Effect    = "Allow"
        Principal = { Service = "s3.amazonaws.com" }
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          ArnEquals    = { "aws:SourceArn" = arns }
          StringEquals = { "aws:SourceAccount" = local.sending_account_ids }
        }
      }
      if length(arns) > 0
    ],
    [
      for id in [var.organization_id] : {
        Sid       = "OrganizationSends"
        Effect    = "Allow"
        Principal = { Service = "s3.amazonaws.com" }
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceOrgID" = id }
        }
      }
      if length(id) > 0
    ],
    [
      for arns in [local.sending_topic_arns] : {
        Sid       = "TopicsSend"
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com" }
        Action    = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource  = "*"
        Condition = {
          ArnEquals = { "aws:SourceArn" = arns }
        }
      }
      if length(arns) > 0
    ]
  )

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

  parks_in_queue = can(regex("^arn:[a-z-]+:sqs:", var.refused_destination_arn))

  spokes_json = jsonencode({
    for spoke in values(var.spokes) : spoke.bucket_name => {
      for name, value in { tenant = spoke.tenant_id, labels = spoke.labels } : name => value
      if length(value) > 0
    }
    if length(spoke.tenant_id) + length(spoke.labels) > 0
  })

  # The function reads both forms. Packed, tenants and labels of many spokes fit into Lambda's limit.
  spoke_settings = (
    local.spokes_json == "{}"
    ? ""
    : (length(local.spokes_json) <= 1024 ? local.spokes_json : base64gzip(local.spokes_json))
  )

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
    SPOKES               = local.spoke_settings
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

  variables = merge(var.function.environment, local.environment)

  # Lambda measures the variables in bytes, as one JSON object.
  environment_size = floor(length(trim(base64encode(jsonencode(local.variables)), "=")) * 3 / 4)

  # Of the policy that Lambda makes of the permissions of all spokes and topics, as it shows it.
  function_policy_size = local.use_queue ? 0 : length(jsonencode({
    Version = "2012-10-17"
    Id      = "default"
    Statement = concat(
      [
        for name, spoke in local.senders : {
          Sid       = "AllowS3-${name}"
          Effect    = "Allow"
          Principal = { Service = "s3.amazonaws.com" }
          Action    = "lambda:InvokeFunction"
          Resource  = local.function_arn
          Condition = {
            StringEquals = { "AWS:SourceAccount" = spoke.account_id }
            ArnLike      = { "AWS:SourceArn" = local.spoke_bucket_arns[name] }
          }
        }
      ],
      [
        for arn in local.topic_arns : {
          Sid       = "AllowSNS-${sha256(arn)}"
          Effect    = "Allow"
          Principal = { Service = "sns.amazonaws.com" }
          Action    = "lambda:InvokeFunction"
          Resource  = local.function_arn
          Condition = {
            ArnLike = { "AWS:SourceArn" = arn }
          }
        }
      ]
    )
  }))

  # IAM measures a role's inline policies together.
  inline_policies_size = length(join(
    "",
    concat([aws_iam_role_policy.function.policy], aws_iam_role_policy.network[*].policy)
  ))

  topic_arns          = distinct([for spoke in values(var.spokes) : spoke.topic_arn if spoke.topic_arn != ""])
  sending_topic_arns  = local.use_queue ? local.topic_arns : []
  create_network      = var.network.mode == "created"
  in_vpc              = var.network.mode != "none"
  function_subnet_ids = local.create_network ? aws_subnet.private[*].id : var.network.subnet_ids

  function_security_group_ids = (
    local.create_network
    ? aws_security_group.function[*].id
    : var.network.security_group_ids
  )

  # How many: where no zone is named, AWS chooses one.
  zones = local.create_network ? max(1, length(var.network.availability_zones)) : 0

  nat_gateways = var.network.nat_gateways == "per_zone" ? local.zones : min(1, local.zones)

  # The function's security group lets it reach Loki's port and HTTPS, and nothing else.
  loki_port = tonumber(try(
    regex("^https?://[^/]+:([0-9]+)/", var.loki.write_address)[0],
    startswith(var.loki.write_address, "https:") ? 443 : 80
  ))

  # Nobody but the function's role passes, whose own policies say which objects it reads: all of them
  # would not fit here. There is no Version: where EC2 does not give it back, every plan would show a
  # change.
  s3_endpoint_policy = jsonencode({
    Statement = concat(
      [{
        Sid       = "ReadLogObjects"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject", "s3:GetObjectVersion"]
        Resource  = "*"
        Condition = {
          ArnEquals = { "aws:PrincipalArn" = local.role_arn }
        }
      }],
      [
        for arn in [local.parks_in_queue ? "" : var.refused_destination_arn] : {
          Sid       = "ParkRefusedLines"
          Effect    = "Allow"
          Principal = "*"
          Action    = "s3:PutObject"
          Resource  = "${arn}/*"
          Condition = {
            ArnEquals = { "aws:PrincipalArn" = local.role_arn }
          }
        }
        if length(arn) > 0
      ]
    )
  })

  ec2_arn = "arn:${local.partition}:ec2:${local.region}:${local.account_id}"

  # Subnets and security groups that exist may be another account's, shared with this one.
  network_arn = local.create_network ? local.ec2_arn : "arn:${local.partition}:ec2:${local.region}:*"

  use_flow_logs = local.create_network && var.network.flow_logs.enabled
  use_metrics   = var.metrics_namespace != ""

  # By name, those that there are.
  alarm_arns = merge(
    { for alarm in aws_cloudwatch_metric_alarm.errors : "errors" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.throttles : "throttles" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.oldest_message : "oldest_message" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.dead_letters : "dead_letters" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.delivery_delay : "delivery_delay" => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.refused_lines : "refused_lines" => alarm.arn }
  )
}
