"""What every emitted module has in common: a stack without provider and backend, with names of our choice."""

from __future__ import annotations

from typing import Any

from cdktf import App, TerraformElement, TerraformLocal, TerraformStack
from constructs import Construct

REQUIRED_TERRAFORM = ">= 1.9"
"""The oldest Terraform that is supported. The tests run with the one that is installed."""

REQUIRED_AWS = ">= 5.80, < 7.0"
"""The tests apply 5.100.0 only; nothing is used that the changes of version 6 name as removed."""

REQUIRED_AWS_OF_ONBOARDING = ">= 5.82, < 7.0"
"""Before 5.82 the result of an invocation stays what it was in a plan of a new one (hashicorp/terraform-provider-aws,
pull request 34263): what failed once would fail every plan."""


class Module(TerraformStack):
    """A Terraform module: a stack that is synthesized for its content only, never deployed itself.

    The first part of a construct's path below the stack is its concern, and names the emitted file. The last
    part, behind its last dot, is the Terraform name: `Subnet(network, "subnet.private")` of the concern
    `network` becomes `resource "aws_subnet" "private"` in `network.tf`.
    """

    def __init__(
        self, app: App, name: str, *, with_provider: bool = True, required_aws: str = REQUIRED_AWS
    ) -> None:
        super().__init__(app, name)
        self.name = name
        self.add_override("terraform.required_version", REQUIRED_TERRAFORM)
        if with_provider:
            self.add_override(
                "terraform.required_providers.aws", {"source": "hashicorp/aws", "version": required_aws}
            )

    def _allocate_logical_id(self, tf_element: TerraformElement | Any) -> str:
        node_id: str = tf_element.node.id
        return node_id.rpartition(".")[2]

    def files(self) -> dict[str, str]:
        """Return further files that are emitted as they are, by path in the module's folder."""
        return {}

    def concern(self, name: str) -> Construct:
        """Make the scope whose resources are emitted to `<name>.tf`."""
        return Construct(self, name)

    def local(self, name: str, expression: Any, comment: str = "") -> str:
        """Define a local value and return the reference to it; the comment says why it is there."""
        TerraformLocal(self, f"local.{name}", expression)
        if comment:
            self.add_override(f"//.comments.locals.{name}", comment)
        return f"${{local.{name}}}"


def comment(element: TerraformElement, text: str) -> None:
    """Put a comment above the emitted block."""
    element.add_override("//.comment", text)


def skip_check(element: TerraformElement, check: str, reason: str) -> None:
    """Say in the emitted block that a check of checkov does not apply to it, and why."""
    element.add_override(f"//.skipped_checks.{check}", reason)
