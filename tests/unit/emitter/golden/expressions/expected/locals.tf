# Emitted by cdktf_app. Do not edit: change cdktf_app/modules/sample and run `make modules`.

locals {
  reference       = aws_vpc.this[0].id
  wrapped         = var.x
  template        = "a-${var.x}-${upper("b")}"
  escaped         = "$${a} %%{b} $$${c} $d% \\ \"q\" \t"
  dollar_in_front = "costs \u0024${var.price}"
  unicode         = "Zürich 日本 🚀 \u2028\u0007"
  precedence      = (a + b) * c - (d - e) / -f % 2 > 1 && !(g || h)

  long_conjunction = (
    can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name))
    && !startswith(var.bucket_name, "xn--")
    && !strcontains(var.bucket_name, "..")
  )

  conditional        = var.kms_key_arn == null ? true : null
  nested_conditional = a ? b ? 1 : 2 : (c ? 3 : 4)

  long_conditional = (
    var.the_first_of_several_quite_long_names != null
    ? var.the_first_of_several_quite_long_names.identifier
    : aws_vpc.this.id
  )

  conditional_document = (
    var.enabled
    ? jsonencode({
      Version   = "2012-10-17"
      Statement = []
    })
    : null
  )

  splats     = aws_vpc.this[*].id == aws_vpc.that.*.tags["a"].0
  spread     = concat([for x in var.xs : x.y]...)
  for_object = { for k, v in var.m : k => v.list... if v.on }

  for_documents = [
    for key, spoke in var.spokes : {
      Sid       = "Receive${sha256(key)}"
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
    }
    if spoke.on
  ]

  merged = merge(
    local.tags,
    {
      Name = var.name
      Part = "a b"
    },
    { "aws:part" = 1 }
  )

  keys = {
    a           = 1
    "b-c"       = 2
    "for"       = 3
    (var.k)     = 4
    (var.j)     = 5
    "x${var.l}" = 6
    "true"      = 7
    8           = 9
    "9"         = 10
  }

  quoted_lines = <<-EOT
    first ${var.x}
      second
  EOT

  lines = <<-EOT
    first $${x}
      second

    third ${var.y}
  EOT

  unended_lines = "first\nsecond"
  numbers       = [0, -1, 1.5, 1e+21, 9007199254740993]
  digits        = ["037604701340", "1", "true", "null"]
  nothing       = [null, {}, [], "", true, false]

  deep = {
    a = {
      b = { c = [{ d = e }] }
    }
  }

  provider_function = provider::aws::arn_parse(var.arn).region
  commented         = [1, 2]
}
