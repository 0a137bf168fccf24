"""Warnings that stand in every plan for as long as there is reason for them."""

from __future__ import annotations

from cdktf_app.modules.inputs import Validation
from cdktf_app.modules.module import Module


def add_checks(module: Module) -> None:
    """Warn of what replaces the settings of a bucket that is there already."""
    _warn(module, "policy", document="policy", output="policy_statements")
    _warn(module, "notification", document="notification configuration", output="notification")


def _warn(module: Module, part: str, *, document: str, output: str) -> None:
    rule = Validation(
        f"var.create_bucket || !local.manage_{part}",
        f"manage_{part} is true for the existing bucket ${{var.bucket_name}}: a bucket has one {document}, so whatever "
        "others have put into it is replaced, and all of it goes with this module. To keep theirs, leave "
        f"manage_{part} out and add the output {output} where the {document} is managed.",
    )
    module.add_override(f"check.existing_bucket_{part}", {"assert": [rule.block()]})
