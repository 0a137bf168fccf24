"""`hcl_value`: Python values as HCL, and its way through CDKTF's tokens and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cdktf_app.emitter.emit import emit
from cdktf_app.emitter.errors import EmitError
from cdktf_app.emitter.module import SynthesizedModule
from cdktf_app.emitter.value import hcl_value
from tests.unit.emitter.conftest import texts


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, "null"),
        (True, "true"),
        (3.0, "3"),
        (-0.5, "-0.5"),
        ("037604701340", '"037604701340"'),
        ("${var.x}", "var.x"),
        ("a-${var.x}", '"a-${var.x}"'),
        ("$${var.x}", '"$${var.x}"'),
        ('say "hi"\n', r'"say \"hi\"\n"'),
        ({}, "{}"),
        ([], "[]"),
        (["s3:GetObject"], '["s3:GetObject"]'),
        ({"aws:SourceArn": "${var.arn}"}, '{ "aws:SourceArn" = var.arn }'),
        ({"${var.key}": 1}, "{ (var.key) = 1 }"),
        ({"a": 1, "long_b": [2]}, "{ a = 1, long_b = [2] }"),
        ({"text": "first\n  second\n"}, r'{ text = "first\n  second\n" }'),
        ("%%{if x}", '"%%{if x}"'),
    ],
)
def test_a_value_is_printed_as_an_engineer_writes_it(value: Any, printed: str) -> None:
    assert hcl_value(value) == printed


def test_lines_in_a_document_become_a_heredoc_when_the_document_is_emitted(
    provider_schema: dict[str, Any],
) -> None:
    document = "${jsonencode(" + hcl_value({"text": "first %%{x}\n  second\n"}) + ")}"

    module = SynthesizedModule("sample", "# sample", {"locals": {"a": document}}, (), Path())
    files = texts(emit(module, provider_schema))

    assert files["locals.tf"].partition("\n\n")[2] == (
        "locals {\n"
        "  a = jsonencode({\n"
        "    text = <<-EOT\n"
        "      first %%{x}\n"
        "        second\n"
        "    EOT\n"
        "  })\n"
        "}\n"
    )


def test_a_string_token_stays_quoted_so_that_cdktf_can_resolve_it() -> None:
    # CDKTF replaces a token inside of a longer expression together with its braces, even in a string.
    assert hcl_value({"Resource": "${TfToken[TOKEN.12]}"}) == '{ Resource = "${${TfToken[TOKEN.12]}}" }'
    assert hcl_value("${TfToken[my:name-1.TOKEN.3]}/*") == '"${${TfToken[my:name-1.TOKEN.3]}}/*"'
    assert hcl_value("${f(${TfToken[TOKEN.3]}, 1)}") == "f(${TfToken[TOKEN.3]}, 1)"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (["#{TfToken[TOKEN.1]}"], r"\[0\]: .*Token\.as_string"),
        (-1.8881545897087626e289, "token of a number"),
        (float("nan"), "HCL has no number"),
        ({"a": {1, 2}}, "a: a set has no form in HCL"),
        ({1: 2}, "keys are strings"),
        ("${var.}", "expected a name at the mark"),
        ("${f(}", "expected a value at the mark"),
        ("${a b}", "expected '}'"),
        ("%{if var.x}yes%{endif}", r"template directives are not supported \(use .*`%%\{` is plain text\)"),
        ('${"%{for x in var.xs}x%{endfor}"}', "template directives are not supported"),
        ("${~ var.x }", r"strip markers are not supported \(use trimspace"),
        ("${var.x ~}", "expected '}' at the mark"),
        ("${<<-EOT\n  a\n  EOT\n}", "heredocs are not supported here .*quoted string"),
        ("half of \ud83d", "surrogate"),
    ],
)
def test_what_has_no_certain_form_is_refused(value: Any, reason: str) -> None:
    with pytest.raises(EmitError, match=reason):
        hcl_value(value)


def test_a_document_with_tokens_survives_cdktf(provider_schema: dict[str, Any]) -> None:
    from cdktf import App, TerraformStack
    from constructs import Construct
    from imports.aws.s3_bucket import S3Bucket
    from imports.aws.s3_bucket_policy import S3BucketPolicy

    stack = TerraformStack(App(skip_validation=True), "sample")
    storage = Construct(stack, "storage")
    bucket = S3Bucket(storage, "bucket", bucket="logs")
    bucket.override_logical_id("this")
    document = {
        "Statement": [
            {"Resource": f"{bucket.arn}/*", "Condition": {"ArnEquals": {"aws:SourceArn": bucket.arn}}},
            {"Resource": [bucket.arn, "${var.other_arn}"], "Account": "037604701340"},
            {"Sid": "${title(" + bucket.id + ")}", "Literal": "$${aws:username}", "Last": f"<{bucket.arn}>"},
        ]
    }
    policy = S3BucketPolicy(
        storage, "policy", bucket=bucket.id, policy="${jsonencode(" + hcl_value(document) + ")}"
    )
    policy.override_logical_id("this")
    order = tuple(construct.node.path for construct in stack.node.find_all())

    module = SynthesizedModule("sample", "# sample", stack.to_terraform(), order, Path())
    files = texts(emit(module, provider_schema))

    assert files["storage.tf"].partition("\n\n")[2] == (
        'resource "aws_s3_bucket" "this" {\n'
        '  bucket = "logs"\n'
        "}\n"
        "\n"
        'resource "aws_s3_bucket_policy" "this" {\n'
        "  bucket = aws_s3_bucket.this.id\n"
        "  policy = jsonencode({\n"
        "    Statement = [\n"
        "      {\n"
        '        Resource = "${aws_s3_bucket.this.arn}/*"\n'
        "        Condition = {\n"
        '          ArnEquals = { "aws:SourceArn" = aws_s3_bucket.this.arn }\n'
        "        }\n"
        "      },\n"
        "      {\n"
        "        Resource = [aws_s3_bucket.this.arn, var.other_arn]\n"
        '        Account  = "037604701340"\n'
        "      },\n"
        "      {\n"
        "        Sid     = title(aws_s3_bucket.this.id)\n"
        '        Literal = "$${aws:username}"\n'
        '        Last    = "<${aws_s3_bucket.this.arn}>"\n'
        "      },\n"
        "    ]\n"
        "  })\n"
        "}\n"
    )
