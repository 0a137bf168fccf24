"""What Terraform prints becomes a line that says how far it is and what it waits for."""

from __future__ import annotations

import pytest

from tests.demo.terraform_output import summary

APPLY = """\
module.spoke.data.aws_region.current: Reading...
module.spoke.data.aws_region.current: Read complete after 0s [id=eu-west-1]

Terraform will perform the following actions:

  # module.spoke.aws_lb.demo[0] will be created
  + resource "aws_lb" "demo" {
      + name = "x: Creating..."
    }

Plan: 4 to add, 0 to change, 0 to destroy.
module.hub.aws_vpc.this[0]: Creating...
module.spoke.aws_lb.demo[0]: Creating...
module.hub.aws_vpc.this[0]: Creation complete after 1s [id=vpc-1]
module.hub.aws_lambda_permission.spoke["a b"]: Creating...
module.hub.aws_lambda_permission.spoke["a b"]: Creation complete after 0s [id=AllowS3]
module.spoke.aws_s3_bucket_policy.this: Creating...
module.spoke.aws_lb.demo[0]: Still creating... [00m10s elapsed]
module.spoke.aws_lb.demo[0]: Still creating... [00m20s elapsed]
"""


def test_nothing_is_said_before_terraform_works_on_a_resource() -> None:
    assert summary("") == ""
    assert summary(APPLY.partition("module.hub.aws_vpc")[0]) == ""


def test_resources_done_are_counted_and_the_others_named_the_slow_ones_first() -> None:
    assert summary(APPLY) == (
        "2 resources done, waiting for module.spoke.aws_lb.demo[0] (00m20s), module.spoke.aws_s3_bucket_policy.this"
    )


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("a.b: Creating...\n", "0 resources done, waiting for a.b"),
        ("a.b: Still creating... [10s elapsed]\n", "0 resources done, waiting for a.b (10s)"),
        ("a.b: Still creating... [id=x, 10s elapsed]\n", "0 resources done, waiting for a.b (10s)"),
        (
            "a.b: Destroying... [id=x]\na.b: Still destroying... [id=arn:x:y/z, 01m10s elapsed]\n",
            "0 resources done, waiting for a.b (01m10s)",
        ),
        ("a.b: Modifying... [id=x]\n", "0 resources done, waiting for a.b"),
        ("a.b: Creating...\na.b: Creation complete after 1s [id=x]\n", "1 resource done"),
        (
            "a.b: Destroying... [id=x]\na.b: Destruction complete after 1s\n"
            "a.c: Modifying... [id=y]\na.c: Modifications complete after 1s [id=y]\n",
            "2 resources done",
        ),
        (
            "".join(f"a.{name}: Creating...\n" for name in "bcdef"),
            "0 resources done, waiting for a.b, a.c, a.d, 2 more",
        ),
    ],
)
def test_each_form_of_terraforms_lines_is_known(printed: str, said: str) -> None:
    assert summary(printed) == said
